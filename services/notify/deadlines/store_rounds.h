// The table round_units: how far the units of a round of assessment are.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"

namespace thidua::notify::deadlines {

// A unit of a round; its state is left as it is when it is known already.
absl::Status AddRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id);
absl::Status SetRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id,
                          const std::string& state);
// The states of all units of the round; "" for one that nothing is known of. Locks them.
absl::StatusOr<std::vector<std::string>> LockRoundStates(db::Tx& tx, const std::string& round_id);

}  // namespace thidua::notify::deadlines
