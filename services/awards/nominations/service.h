// NominationService: choosing and inviting (service.cc), people put up (service_individuals.cc),
// answers and reopening (service_answers.cc), award dossiers (service_dossiers.cc), standards
// (service_standards.cc), what waits (service_work.cc), places (service_quota.cc).
#pragma once

#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "platform/units/projection.h"
#include "thidua/awards/v1/nomination_service.grpc.pb.h"

namespace thidua::awards::nominations {

class Service final : public v1::NominationService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool, units::Projection& units);

  grpc::ServerUnaryReactor* ShortlistUnits(grpc::CallbackServerContext* context,
                                           const v1::ShortlistUnitsRequest* request,
                                           v1::ShortlistUnitsResponse* response) override;
  grpc::ServerUnaryReactor* InviteUnits(grpc::CallbackServerContext* context,
                                        const v1::InviteUnitsRequest* request,
                                        v1::InviteUnitsResponse* response) override;
  grpc::ServerUnaryReactor* AcceptInvitation(grpc::CallbackServerContext* context,
                                             const v1::AcceptInvitationRequest* request,
                                             v1::Nomination* response) override;
  grpc::ServerUnaryReactor* DeclineInvitation(grpc::CallbackServerContext* context,
                                              const v1::DeclineInvitationRequest* request,
                                              v1::Nomination* response) override;
  grpc::ServerUnaryReactor* ReopenNomination(grpc::CallbackServerContext* context,
                                             const v1::ReopenNominationRequest* request,
                                             v1::Nomination* response) override;
  grpc::ServerUnaryReactor* FileAwardDossier(grpc::CallbackServerContext* context,
                                             const v1::FileAwardDossierRequest* request,
                                             v1::Nomination* response) override;
  grpc::ServerUnaryReactor* ReturnAwardDossier(grpc::CallbackServerContext* context,
                                               const v1::ReturnAwardDossierRequest* request,
                                               v1::Nomination* response) override;
  grpc::ServerUnaryReactor* RejectAwardDossier(grpc::CallbackServerContext* context,
                                               const v1::RejectAwardDossierRequest* request,
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
  grpc::ServerUnaryReactor* ListPendingWork(grpc::CallbackServerContext* context,
                                            const v1::ListPendingWorkRequest* request,
                                            v1::ListPendingWorkResponse* response) override;
  grpc::ServerUnaryReactor* NominateIndividuals(grpc::CallbackServerContext* context,
                                                const v1::NominateIndividualsRequest* request,
                                                v1::NominateIndividualsResponse* response) override;
  grpc::ServerUnaryReactor* SelectIndividuals(grpc::CallbackServerContext* context,
                                              const v1::SelectIndividualsRequest* request,
                                              v1::SelectIndividualsResponse* response) override;
  grpc::ServerUnaryReactor* GetQuotaUse(grpc::CallbackServerContext* context,
                                        const v1::GetQuotaUseRequest* request,
                                        v1::GetQuotaUseResponse* response) override;

 private:
  db::Pool& pool_;
  units::Projection& units_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::nominations
