// Issues as contract messages.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "campaign/issues/store.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/campaign/v1/issue_service.pb.h"

namespace thidua::campaign::issues {

v1::PlanIssue ToProto(const Issue& issue, absl::CivilDay today);
// The issue needs its steps.
v1::PlanIssueRecorded ToEvent(const Issue& issue);
// The unit whose turn it is; "" at the end.
std::string WaitsFor(const Issue& issue);
std::string UnitOf(const Issue& issue, Party party);

}  // namespace thidua::campaign::issues
