// PlanService: plans from draft to close.
#pragma once

#include "campaign/directory/unit_tree.h"
#include "campaign/plans/record.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/campaign/v1/plan_service.grpc.pb.h"

namespace thidua::campaign::plans {

class PlanService final : public v1::PlanService::CallbackService {
 public:
  PlanService(platform::Admission& admission, db::Pool& pool, directory::DirectoryTree& tree)
      : runner_(admission, v1::PlanService::service_full_name()), pool_(pool), tree_(tree) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreatePlan(Ctx* ctx, const v1::CreatePlanRequest* req, v1::Plan* res) override;
  Reactor* GetPlan(Ctx* ctx, const v1::GetPlanRequest* req, v1::Plan* res) override;
  Reactor* ListPlans(Ctx* ctx, const v1::ListPlansRequest* req,
                     v1::ListPlansResponse* res) override;
  Reactor* UpdatePlan(Ctx* ctx, const v1::UpdatePlanRequest* req, v1::Plan* res) override;
  Reactor* ResolveFinding(Ctx* ctx, const v1::ResolveFindingRequest* req, v1::Plan* res) override;
  Reactor* IssuePlan(Ctx* ctx, const v1::IssuePlanRequest* req, v1::Plan* res) override;
  Reactor* LaunchPlan(Ctx* ctx, const v1::LaunchPlanRequest* req, v1::Plan* res) override;
  Reactor* ClosePlan(Ctx* ctx, const v1::ClosePlanRequest* req, v1::Plan* res) override;
  Reactor* SetPlanTheme(Ctx* ctx, const v1::SetPlanThemeRequest* req, v1::Plan* res) override;
  Reactor* ListPlanParticipants(Ctx* ctx, const v1::ListPlanParticipantsRequest* req,
                                v1::ListPlanParticipantsResponse* res) override;
  Reactor* GetPlanCoverage(Ctx* ctx, const v1::GetPlanCoverageRequest* req,
                           v1::PlanCoverage* res) override;
  Reactor* AcknowledgePlan(Ctx* ctx, const v1::AcknowledgePlanRequest* req,
                           v1::PlanAcknowledgement* res) override;
  Reactor* ListPlanAcknowledgements(Ctx* ctx, const v1::ListPlanAcknowledgementsRequest* req,
                                    v1::ListPlanAcknowledgementsResponse* res) override;
  Reactor* ListAcknowledgementStates(Ctx* ctx, const v1::ListAcknowledgementStatesRequest* req,
                                     v1::ListAcknowledgementStatesResponse* res) override;
  Reactor* ListPlanIndividuals(Ctx* ctx, const v1::ListPlanIndividualsRequest* req,
                               v1::ListPlanIndividualsResponse* res) override;
  Reactor* ImportPlanTasks(Ctx* ctx, const v1::ImportPlanTasksRequest* req,
                           v1::ImportReport* res) override;
  Reactor* ListPlanTasks(Ctx* ctx, const v1::ListPlanTasksRequest* req,
                         v1::ListPlanTasksResponse* res) override;
  Reactor* CompletePlanTask(Ctx* ctx, const v1::CompletePlanTaskRequest* req,
                            v1::PlanTask* res) override;

 private:
  // The plan, when the caller has the policy's right at its issuer.
  absl::StatusOr<Record> ReadForIssuer(const platform::Call& call, const std::string& name);
  // The plan, when the caller may read it: at its issuer or, once launched, at a unit that takes
  // part.
  absl::StatusOr<Record> ReadForReader(const platform::Call& call, const std::string& name);

  const platform::Runner runner_;
  db::Pool& pool_;
  directory::DirectoryTree& tree_;
};

// Units of the roster, all of them.
absl::StatusOr<std::vector<Participant>> AllParticipants(db::Session& session,
                                                         const std::string& plan_id);
// Whether a launched plan concerns a unit that the caller sees.
absl::StatusOr<bool> TakesPart(db::Session& session, const Record& record,
                               const platform::VisibleUnits& visible);

}  // namespace thidua::campaign::plans
