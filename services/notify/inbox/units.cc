#include "notify/inbox/units.h"

#include "notify/inbox/store_contacts.h"
#include "notify/origin.h"
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

absl::StatusOr<std::set<std::string>> LockUnits(db::Tx& tx, const std::set<std::string>& unit_ids) {
  std::set<std::string> unknown;
  for (const std::string& unit_id : unit_ids) {
    ASSIGN_OR_RETURN(const bool known, units::Projection::Lock(tx, unit_id));
    if (!known) unknown.insert(unit_id);
  }
  return unknown;
}

absl::StatusOr<bool> IsUnitGone(db::Tx& tx, const common::v1::Event& event,
                                const std::string& unit_id) {
  if (!IsSnapshotItem(event)) return false;
  ASSIGN_OR_RETURN(const bool known, units::Projection::Lock(tx, unit_id));
  if (known) return false;
  return KnowsUnits(tx);
}

}  // namespace thidua::notify::inbox
