// Names of units in notices.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::notify::inbox {

// The unit's name on the day. A unit that does not exist on the day (merged since, or not founded
// yet) is told by the name of its nearest day. UNKNOWN_UNIT when nothing is known of it yet: its
// event is still to be read.
absl::StatusOr<std::string> UnitName(db::Session& session, const std::string& unit_id,
                                     absl::CivilDay day);

// Locks the units, one after the other in the order of their ids, so that two who make notices for
// several units do not wait for each other. Unknown ones are passed over and returned.
absl::StatusOr<std::set<std::string>> LockUnits(db::Tx& tx, const std::set<std::string>& unit_ids);

// R-NOT-53 a unit that an item of a snapshot names and that is not among the units that campaign's
// feed has told of is one that campaign, restored, does not know: waiting for it would hold the
// feed for ever. An event waits, for campaign's feed may be behind; so does an item while
// campaign's feed has told of no unit at all.
absl::StatusOr<bool> IsUnitGone(db::Tx& tx, const common::v1::Event& event,
                                const std::string& unit_id);

}  // namespace thidua::notify::inbox
