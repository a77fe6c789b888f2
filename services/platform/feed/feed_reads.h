// What FeedService answers, whatever its generated class is called.
#pragma once

#include <functional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "platform/admission.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// Writes the present state of one area as events (see ExportSnapshotRequest); called in one
// consistent read transaction.
using SnapshotSource = std::function<absl::Status(
    db::Session&, absl::FunctionRef<absl::Status(const common::v1::Event&)> emit)>;

// One page of the feed as `visible` may see it. Looks at a bounded stretch of positions, so that a
// rare type does not make one call long: next_position says how far it looked.
absl::StatusOr<common::v1::ReadEventsResponse> ReadEventPage(
    db::Session& session, const common::v1::ReadEventsRequest& request,
    const platform::VisibleUnits& visible);

class FeedReads {
 public:
  FeedReads(platform::Admission& admission, db::Pool& pool, std::vector<SnapshotSource> snapshot)
      : admission_(admission), pool_(pool), snapshot_(std::move(snapshot)) {}

  absl::Status ReadEvents(const platform::Call& call, const common::v1::ReadEventsRequest& request,
                          common::v1::ReadEventsResponse& response) const;
  absl::Status WatchEvents(const platform::Call& call,
                           const common::v1::WatchEventsRequest& request,
                           platform::StreamWriter<common::v1::ReadEventsResponse>& writer) const;
  absl::Status ExportSnapshot(const platform::Call& call,
                              const common::v1::ExportSnapshotRequest& request,
                              platform::StreamWriter<common::v1::SnapshotItem>& writer) const;
  absl::Status ListConsumers(const platform::Call& call,
                             const common::v1::ListConsumersRequest& request,
                             common::v1::ListConsumersResponse& response) const;

 private:
  // Gives places to all that is committed now.
  absl::Status NumberWaiting(const platform::Call& call) const;
  absl::Status WriteSnapshot(db::Session& session, const platform::VisibleUnits& visible,
                             platform::StreamWriter<common::v1::SnapshotItem>& writer,
                             bool* busy) const;

  platform::Admission& admission_;
  db::Pool& pool_;
  const std::vector<SnapshotSource> snapshot_;
};

}  // namespace thidua::feed
