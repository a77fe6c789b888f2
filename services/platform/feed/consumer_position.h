// How far a feed has been read: the rows of consumer_positions.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::feed {

struct FeedPlace {
  std::string epoch;  // empty before the first reading
  int64_t position = 0;
  bool operator==(const FeedPlace&) const = default;
};

struct StoredPlace {
  FeedPlace place;
  std::string last_error;
};

// A feed that was never read stands at position 0 of no epoch.
absl::StatusOr<StoredPlace> ReadPlace(db::Session& session, const std::string& producer);
// Makes the row when there is none, and locks it for this transaction.
absl::StatusOr<FeedPlace> LockPlace(db::Tx& tx, const std::string& producer, absl::Time now);
// Moves the place and forgets the last error. The row must be locked.
absl::Status MovePlace(db::Tx& tx, const std::string& producer, const FeedPlace& place,
                       absl::Time now);
absl::Status StoreError(db::Tx& tx, const std::string& producer, const std::string& error,
                        absl::Time now);

}  // namespace thidua::feed
