// NominationService: choosing and inviting (service.cc), award dossiers (service_dossiers.cc),
// standards (service_standards.cc).
#pragma once

#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/awards/v1/nomination_service.grpc.pb.h"

namespace thidua::awards::nominations {

class Service final : public v1::NominationService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* ShortlistUnits(grpc::CallbackServerContext* context,
                                           const v1::ShortlistUnitsRequest* request,
                                           v1::ShortlistUnitsResponse* response) override;
  grpc::ServerUnaryReactor* InviteUnits(grpc::CallbackServerContext* context,
                                        const v1::InviteUnitsRequest* request,
                                        v1::InviteUnitsResponse* response) override;
  grpc::ServerUnaryReactor* FileAwardDossier(grpc::CallbackServerContext* context,
                                             const v1::FileAwardDossierRequest* request,
                                             v1::Nomination* response) override;
  grpc::ServerUnaryReactor* ReturnAwardDossier(grpc::CallbackServerContext* context,
                                               const v1::ReturnAwardDossierRequest* request,
                                               v1::Nomination* response) override;
  grpc::ServerUnaryReactor* ConfirmStandard(grpc::CallbackServerContext* context,
                                            const v1::ConfirmStandardRequest* request,
                                            v1::StandardConfirmation* response) override;
  grpc::ServerUnaryReactor* CheckStandards(grpc::CallbackServerContext* context,
                                           const v1::CheckStandardsRequest* request,
                                           v1::StandardsCheck* response) override;
  grpc::ServerUnaryReactor* AppraiseAwardDossier(grpc::CallbackServerContext* context,
                                                 const v1::AppraiseAwardDossierRequest* request,
                                                 v1::Nomination* response) override;
  grpc::ServerUnaryReactor* GetNomination(grpc::CallbackServerContext* context,
                                          const v1::GetNominationRequest* request,
                                          v1::Nomination* response) override;
  grpc::ServerUnaryReactor* ListNominations(grpc::CallbackServerContext* context,
                                            const v1::ListNominationsRequest* request,
                                            v1::ListNominationsResponse* response) override;
  grpc::ServerUnaryReactor* ListStandardConfirmations(
      grpc::CallbackServerContext* context, const v1::ListStandardConfirmationsRequest* request,
      v1::ListStandardConfirmationsResponse* response) override;
  grpc::ServerUnaryReactor* ListStandardsChecks(grpc::CallbackServerContext* context,
                                                const v1::ListStandardsChecksRequest* request,
                                                v1::ListStandardsChecksResponse* response) override;

 private:
  db::Pool& pool_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::nominations
