// AssessmentService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "scoring/assessments/rules.h"
#include "thidua/scoring/v1/assessment_service.grpc.pb.h"

namespace thidua::scoring::assessments {

class Service final : public v1::AssessmentService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::AssessmentService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* CreateAssessmentRound(Ctx*, const v1::CreateAssessmentRoundRequest*,
                                 v1::AssessmentRound*) override;
  Reactor* GetAssessmentRound(Ctx*, const v1::GetAssessmentRoundRequest*,
                              v1::AssessmentRound*) override;
  Reactor* ListAssessmentRounds(Ctx*, const v1::ListAssessmentRoundsRequest*,
                                v1::ListAssessmentRoundsResponse*) override;
  Reactor* GetAssessment(Ctx*, const v1::GetAssessmentRequest*, v1::Assessment*) override;
  Reactor* ListAssessments(Ctx*, const v1::ListAssessmentsRequest*,
                           v1::ListAssessmentsResponse*) override;
  Reactor* ListScoreEntries(Ctx*, const v1::ListScoreEntriesRequest*,
                            v1::ListScoreEntriesResponse*) override;
  Reactor* SetSelfScores(Ctx*, const v1::SetSelfScoresRequest*, v1::Assessment*) override;
  Reactor* SubmitAssessment(Ctx*, const v1::SubmitAssessmentRequest*, v1::Assessment*) override;
  Reactor* ComputeAssessment(Ctx*, const v1::ComputeAssessmentRequest*, v1::Assessment*) override;
  Reactor* AppraiseAssessment(Ctx*, const v1::AppraiseAssessmentRequest*, v1::Assessment*) override;
  Reactor* CompleteAppraisal(Ctx*, const v1::CompleteAppraisalRequest*, v1::Assessment*) override;
  Reactor* ReturnAssessment(Ctx*, const v1::ReturnAssessmentRequest*, v1::Assessment*) override;
  Reactor* ExplainAppraisal(Ctx*, const v1::ExplainAppraisalRequest*, v1::Assessment*) override;
  Reactor* SubmitExplanation(Ctx*, const v1::SubmitExplanationRequest*, v1::Assessment*) override;
  Reactor* AnswerExplanation(Ctx*, const v1::AnswerExplanationRequest*, v1::Assessment*) override;
  Reactor* CompleteSecondAppraisal(Ctx*, const v1::CompleteSecondAppraisalRequest*,
                                   v1::Assessment*) override;
  Reactor* FinaliseAssessment(Ctx*, const v1::FinaliseAssessmentRequest*, v1::Assessment*) override;
  Reactor* ListAssessmentTasks(Ctx*, const v1::ListAssessmentTasksRequest*,
                               v1::ListAssessmentTasksResponse*) override;
  Reactor* ListMissingSubmissions(Ctx*, const v1::ListMissingSubmissionsRequest*,
                                  v1::ListMissingSubmissionsResponse*) override;

 private:
  // Right, lock, state, etag; then the move (moves.h); then the answer.
  template <class Req>
  Reactor* Move(const char* rpc, Action action, Ctx* context, const Req* request,
                v1::Assessment* response);

  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::scoring::assessments
