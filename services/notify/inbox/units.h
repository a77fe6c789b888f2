// Names of units in notices.
#pragma once

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

}  // namespace thidua::notify::inbox
