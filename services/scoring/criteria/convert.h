// Criteria sets → messages.
#pragma once

#include "absl/status/status.h"
#include "scoring/criteria/definition.h"
#include "scoring/criteria/rule_types.h"
#include "scoring/criteria/store.h"
#include "thidua/scoring/v1/criteria_service.pb.h"

namespace thidua::scoring::criteria {

// The whole set with what the checker finds in it.
absl::Status ToProto(const SetRow& row, v1::CriteriaSet& out);
void ToProto(const RuleType& type, v1::RuleType& out);

}  // namespace thidua::scoring::criteria
