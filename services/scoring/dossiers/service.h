// DossierService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/feed/consumer.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/dossier_service.grpc.pb.h"

namespace thidua::scoring::dossiers {

class Service final : public v1::DossierService::CallbackService {
 public:
  // PushDossiers is set up here; the other rpcs are methods below. `campaign` reads campaign's
  // feed, where units come from; null: nobody does.
  Service(platform::Admission& admission, db::Pool& pool, feed::Consumer* campaign);

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* BatchPushDossiers(Ctx* context, const v1::BatchPushDossiersRequest* request,
                             v1::BatchPushDossiersResponse* response) override;
  Reactor* PushDossiersCsv(Ctx* context, const v1::PushDossiersCsvRequest* request,
                           v1::BatchPushDossiersResponse* response) override;
  Reactor* GetDossierImport(Ctx* context, const v1::GetDossierImportRequest* request,
                            v1::DossierImport* response) override;
  Reactor* GetDossier(Ctx* context, const v1::GetDossierRequest* request,
                      v1::Dossier* response) override;
  Reactor* ListDossiers(Ctx* context, const v1::ListDossiersRequest* request,
                        v1::ListDossiersResponse* response) override;
  Reactor* GetTimeliness(Ctx* context, const v1::GetTimelinessRequest* request,
                         v1::TimelinessSummary* response) override;

 private:
  // One chunk outside a stream.
  absl::Status PushOnce(const platform::Call& call, const google::protobuf::Message& request,
                        const google::protobuf::RepeatedPtrField<v1::DossierRow>& rows,
                        const std::string& request_id, v1::BatchPushDossiersResponse& response);

  platform::Runner runner_;
  db::Pool& pool_;
  feed::Consumer* const campaign_;
};

}  // namespace thidua::scoring::dossiers
