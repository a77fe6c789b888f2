// Changes of units inside a transaction: judge, store, tell the feed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/directory/rules_units.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::directory {

// UNKNOWN_UNIT (NOT_FOUND) naming the field in the metadata.
absl::Status UnknownUnit(const std::string& unit_id);

// Field paths in errors begin with "unit.".
absl::StatusOr<Unit> CreateUnit(db::Tx& tx, const platform::Call& call, Unit unit);

// `change` gets the stored unit.
absl::StatusOr<Unit> ChangeUnit(db::Tx& tx, const platform::Call& call, const std::string& id,
                                const std::string& etag, const std::function<void(Unit&)>& change,
                                const std::string& reason);

struct ClosingOrder {
  std::string unit_id;
  absl::CivilDay last_day;
  Closing closing = Closing::kAbolished;
  std::vector<std::string> successor_ids;
  std::string children_to;  // "" when nowhere
  std::string reason;
  std::string etag;
};
// Ends a unit, the posts at it, and moves the units below it.
absl::StatusOr<Unit> CloseUnit(db::Tx& tx, const platform::Call& call, const ClosingOrder& order);

}  // namespace thidua::campaign::directory
