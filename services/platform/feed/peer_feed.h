// Calls to the FeedService of another process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/client.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// The whole state of a producer, for an empty projection.
struct FeedSnapshot {
  std::string epoch;
  int64_t position = 0;
  std::vector<common::v1::Event> events;
};

class FeedReader {
 public:
  virtual ~FeedReader() = default;
  virtual absl::StatusOr<common::v1::ReadEventsResponse> ReadEvents(
      const common::v1::ReadEventsRequest& request) = 0;
  // DATA_LOSS when the stream ended before its last item.
  virtual absl::StatusOr<FeedSnapshot> ExportSnapshot() = 0;
  // Ends the call in flight and refuses further ones. From any thread.
  virtual void Cancel() = 0;
};

// thidua.<producer>.v1.FeedService over the channel.
std::unique_ptr<FeedReader> NewPeerFeed(const std::string& producer, platform::PeerChannel channel);

}  // namespace thidua::feed
