#include "notify/inbox/units.h"

#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"

namespace thidua::notify::inbox {

absl::StatusOr<std::string> UnitName(db::Session& session, const std::string& unit_id,
                                     absl::CivilDay day) {
  absl::StatusOr<units::Unit> unit = units::Projection::Get(session, unit_id, day);
  if (!unit.ok() && platform::ReasonOf(unit.status()) == "UNIT_NOT_VALID") {
    const std::string from = platform::MetadataOf(unit.status(), "valid_from");
    const std::string to = platform::MetadataOf(unit.status(), "valid_to");
    absl::CivilDay nearest = day;
    if (!from.empty()) {
      ASSIGN_OR_RETURN(nearest, platform::ParseDate(from, "valid_from"));
    }
    if (!to.empty() && day > nearest) {
      ASSIGN_OR_RETURN(nearest, platform::ParseDate(to, "valid_to"));
    }
    unit = units::Projection::Get(session, unit_id, nearest);
  }
  if (!unit.ok()) return unit.status();
  return unit->name;
}

absl::Status LockUnits(db::Tx& tx, const std::set<std::string>& unit_ids) {
  for (const std::string& unit_id : unit_ids) {
    RETURN_IF_ERROR(units::Projection::Lock(tx, unit_id).status());
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify::inbox
