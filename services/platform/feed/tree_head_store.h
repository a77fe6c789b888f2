// Signed tree heads in the schema, and their copy in a file outside it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "platform/feed/tree_head.h"

namespace thidua::feed {

// The newest signed tree head of the present epoch, else of the one before; nullopt when nothing
// has been signed. For receipts, publications and certificates that carry one.
absl::StatusOr<std::optional<common::v1::SignedTreeHead>> LatestTreeHead(db::Session& session);

// Signed tree heads of an epoch over more than `above` leaves, smallest first.
absl::StatusOr<std::vector<common::v1::SignedTreeHead>> TreeHeadsAbove(db::Session& session,
                                                                       const std::string& epoch,
                                                                       int64_t above, int limit);

// Signs the log as it stands when it has grown since the last signature. Returns whether it did.
absl::StatusOr<bool> SignIfGrown(db::Pool& pool, const platform::SigningKey& key, absl::Time now,
                                 absl::Time deadline);

// The copy: one line a head, appended and synced. Survives being cut off in the middle of a line,
// and a second process that copies into the same file (a head may then stand there twice). Not
// thread-safe.
class TreeHeadCopy {
 public:
  explicit TreeHeadCopy(std::string file) : file_(std::move(file)) {}
  // Appends what the schema holds and the file does not.
  absl::Status CatchUp(db::Pool& pool, absl::Time deadline);

 private:
  absl::Status Append(const std::vector<common::v1::SignedTreeHead>& heads);
  absl::Status ReadEnd();

  const std::string file_;
  bool end_read_ = false;
  std::string epoch_;      // of the last head in the file
  int64_t tree_size_ = 0;  // its size
};

}  // namespace thidua::feed
