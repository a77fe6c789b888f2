// What a service keeps of the units of the province, so that rights and dates can be judged without
// a call: filled from campaign's feed, dated, with closure over parents.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/civil_time.h"
#include "platform/call.h"
#include "platform/client.h"
#include "platform/db/pool.h"
#include "platform/feed/consumer.h"
#include "platform/units/tree.h"

namespace thidua::units {

// A unit as of a date.
struct Unit {
  std::string id;
  std::string type;       // PROVINCE, DEPARTMENT, DISTRICT, COMMUNE, ROOM, VERTICAL_BRANCH
  std::string name;       // the name valid on the date
  std::string parent_id;  // "" for a root; the first one where there are two
};

// A unit that carries a code for a time.
struct CodeHolder {
  std::string unit_id;
  Period code;  // when it carries the code
  Period unit;  // when it exists
};

// Reads of the projection. Thread-safe. The tree is kept in memory and one small read tells whether
// it is still the one in the tables, also when another replica has applied a change.
class Projection final : public platform::UnitTree {
 public:
  explicit Projection(db::Pool& pool) : pool_(pool) {}

  // For rights: a unit also lies within the units that took its place (see Tree).
  absl::StatusOr<bool> IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                absl::CivilDay as_of, absl::Time deadline) override;
  // Those for which IsWithin holds: ended predecessors too. Get() says whether one exists on the
  // date.
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit_id, absl::CivilDay as_of,
                                                   absl::Time deadline) override;

  // The unit on the date. UNKNOWN_UNIT (NOT_FOUND) when there is none; UNIT_NOT_VALID
  // (FAILED_PRECONDITION, with valid_from and valid_to in the metadata) when it does not exist on
  // the date.
  static absl::StatusOr<Unit> Get(db::Session& session, const std::string& unit_id,
                                  absl::CivilDay as_of);
  // Locks the unit's row until the end of the transaction: for two that each write what the other
  // reads about a unit. False when the unit is not known; then nothing is locked.
  static absl::StatusOr<bool> Lock(db::Tx& tx, const std::string& unit_id);
  // The unit that carries a code on a date. UNKNOWN_UNIT when none does.
  static absl::StatusOr<Unit> ByCode(db::Session& session, std::string_view scheme,
                                     std::string_view code, absl::CivilDay as_of);
  // All units that ever carry a code, for callers that resolve many rows of different dates.
  static absl::StatusOr<std::vector<CodeHolder>> HoldersOf(db::Session& session,
                                                           std::string_view scheme,
                                                           std::string_view code);

 private:
  struct Versioned {
    std::shared_ptr<const Tree> tree;
    int64_t version = -1;
  };
  // At least as new as the tables when it was asked.
  absl::StatusOr<std::shared_ptr<const Tree>> Current(absl::Time deadline);
  absl::StatusOr<Versioned> Load(absl::Time deadline);

  db::Pool& pool_;
  absl::Mutex mutex_;  // never held over a read of the database
  Versioned held_ ABSL_GUARDED_BY(mutex_);
  bool loading_ ABSL_GUARDED_BY(mutex_) = false;
};

// Handlers of campaign's feed: UnitChanged, and where business time is `movable` (not in the
// production profile) BusinessTimeSet, which stores it (see db::FollowBusinessTime).
std::map<std::string, feed::Handler> ProjectionHandlers(bool movable);
// Empties the projection, for feed::ConsumerOptions::reset.
absl::Status ResetProjection(db::Tx& tx);

}  // namespace thidua::units
