// CriteriaService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/criteria_service.grpc.pb.h"

namespace thidua::scoring::criteria {

class Service final : public v1::CriteriaService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::CriteriaService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* CreateCriteriaSet(Ctx* context, const v1::CreateCriteriaSetRequest* request,
                             v1::CriteriaSet* response) override;
  Reactor* GetCriteriaSet(Ctx* context, const v1::GetCriteriaSetRequest* request,
                          v1::CriteriaSet* response) override;
  Reactor* ListCriteriaSets(Ctx* context, const v1::ListCriteriaSetsRequest* request,
                            v1::ListCriteriaSetsResponse* response) override;
  Reactor* UpdateCriteriaSet(Ctx* context, const v1::UpdateCriteriaSetRequest* request,
                             v1::CriteriaSet* response) override;
  Reactor* PublishCriteriaSet(Ctx* context, const v1::PublishCriteriaSetRequest* request,
                              v1::CriteriaSet* response) override;
  Reactor* ListRuleTypes(Ctx* context, const v1::ListRuleTypesRequest* request,
                         v1::ListRuleTypesResponse* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::scoring::criteria
