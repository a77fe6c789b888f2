// Lists of what waits: for the caller, and in a round.
#pragma once

#include "absl/status/status.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/store.h"
#include "thidua/scoring/v1/assessment_service.pb.h"

namespace thidua::scoring::assessments {

// What waits for the caller.
absl::Status ListTasks(db::Session& session, const platform::Call& call,
                       const v1::ListAssessmentTasksRequest& request,
                       v1::ListAssessmentTasksResponse& answer);

// Who has not handed in.
absl::Status ListMissing(db::Session& session, const platform::Call& call, const RoundRow& round,
                         const v1::ListMissingSubmissionsRequest& request,
                         v1::ListMissingSubmissionsResponse& answer);

}  // namespace thidua::scoring::assessments
