// Whether a plan document has the form it must have; nothing is looked up.
#pragma once

#include "campaign/requests/fields.h"
#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::plans {

// Paths in refusals begin with "plan.". Impossible days in date fields are refused
// (DATE_IMPOSSIBLE); phrases are not judged here.
void ValidatePlan(const v1::Plan& plan, Fields* fields);

}  // namespace thidua::campaign::plans
