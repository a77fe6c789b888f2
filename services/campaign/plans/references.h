// Units and plans that a plan names, looked up.
#pragma once

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::plans {

// Fills unit, code and display_name of every unit reference, as of the day of issue when it is
// known, else today; and the plan of parent_plan. UNKNOWN_UNIT, UNIT_NOT_VALID, UNIT_CODE_MISMATCH,
// UNKNOWN_PLAN, TEMPLATE_UNKNOWN by field. What names nothing (a holder in words) stays as it is.
absl::Status ResolveReferences(db::Session& session, absl::CivilDay today, v1::Plan* plan);

}  // namespace thidua::campaign::plans
