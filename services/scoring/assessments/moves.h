// What can be done with an assessment: one function a move, inside the write's transaction. Each
// checks, adds score entries to the view, changes its state and writes both with their events.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "scoring/assessments/view.h"
#include "thidua/scoring/v1/assessment_service.pb.h"

namespace thidua::scoring::assessments {

// Locks the assessment; ASSESSMENT_WRONG_STATE with the legal moves when the action is not allowed
// now, ETAG_MISMATCH when it has changed since it was read.
absl::StatusOr<View> Begin(db::Tx& tx, const std::string& assessment_id, const std::string& etag,
                           Action action);

using platform::Call;
absl::Status Apply(db::Tx& tx, const Call& call, const v1::SetSelfScoresRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::SubmitAssessmentRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::ComputeAssessmentRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::AppraiseAssessmentRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::CompleteAppraisalRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::ReturnAssessmentRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::ExplainAppraisalRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::SubmitExplanationRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::AnswerExplanationRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::CompleteSecondAppraisalRequest& request,
                   View& view);
absl::Status Apply(db::Tx& tx, const Call& call, const v1::FinaliseAssessmentRequest& request,
                   View& view);

}  // namespace thidua::scoring::assessments
