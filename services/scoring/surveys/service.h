// SurveyService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/survey_service.grpc.pb.h"

namespace thidua::scoring::surveys {

class Service final : public v1::SurveyService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::SurveyService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* CreateSurvey(Ctx* context, const v1::CreateSurveyRequest* request,
                        v1::Survey* response) override;
  Reactor* ImportSurveyResults(Ctx* context, const v1::ImportSurveyResultsRequest* request,
                               v1::FiguresImportReport* response) override;
  Reactor* PublishSurvey(Ctx* context, const v1::PublishSurveyRequest* request,
                         v1::Survey* response) override;
  Reactor* GetSurvey(Ctx* context, const v1::GetSurveyRequest* request,
                     v1::Survey* response) override;
  Reactor* ListSurveys(Ctx* context, const v1::ListSurveysRequest* request,
                       v1::ListSurveysResponse* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::scoring::surveys
