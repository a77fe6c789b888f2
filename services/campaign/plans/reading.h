// Plans read for somebody, with the right asked for.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "campaign/plans/record.h"
#include "platform/call.h"
#include "platform/db/pool.h"

namespace thidua::campaign::plans {

// The plan "plans/<id>" in `field`, when the caller may read it: at its issuer or, once launched,
// at a unit that takes part.
absl::StatusOr<Record> ReadForReader(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field);
// The plan, when the caller has the policy's right at its issuer or at its coordinator.
absl::StatusOr<Record> ReadForKeeper(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field);

// A plan and whether the unit is on its roster.
struct PlanOfUnit {
  Record record;
  bool takes_part = false;
};
// The plan, locked, for what the unit does about it. When the unit takes no part in it and the
// caller may not read it, it is UNKNOWN_PLAN, as if there were none: the right at one's own unit
// must not open what other bodies plan.
absl::StatusOr<PlanOfUnit> LockForUnit(db::Tx& tx, const platform::Call& call,
                                       const std::string& plan_id, const std::string& unit_id);

}  // namespace thidua::campaign::plans
