// Names of units in notices.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"

namespace thidua::notify::inbox {

// The unit's name on the day. A unit that does not exist on the day (merged since, or not founded
// yet) is told by the name of its nearest day. UNKNOWN_UNIT when nothing is known of it yet: its
// event is still to be read.
absl::StatusOr<std::string> UnitName(db::Session& session, const std::string& unit_id,
                                     absl::CivilDay day);

// Locks the units, one after the other in the order of their ids, so that two who make notices for
// several units do not wait for each other. Unknown ones are passed over.
absl::Status LockUnits(db::Tx& tx, const std::set<std::string>& unit_ids);

}  // namespace thidua::notify::inbox
