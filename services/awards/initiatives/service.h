// InitiativeService: the register of initiatives and of their recognition.
#pragma once

#include "grpcpp/grpcpp.h"
#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/awards/v1/initiative_service.grpc.pb.h"

namespace thidua::awards::initiatives {

class Service final : public v1::InitiativeService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool);

  grpc::ServerUnaryReactor* CreateInitiative(grpc::CallbackServerContext* context,
                                             const v1::CreateInitiativeRequest* request,
                                             v1::Initiative* response) override;
  grpc::ServerUnaryReactor* RecogniseInitiative(grpc::CallbackServerContext* context,
                                                const v1::RecogniseInitiativeRequest* request,
                                                v1::Initiative* response) override;
  grpc::ServerUnaryReactor* GetInitiative(grpc::CallbackServerContext* context,
                                          const v1::GetInitiativeRequest* request,
                                          v1::Initiative* response) override;
  grpc::ServerUnaryReactor* ListInitiatives(grpc::CallbackServerContext* context,
                                            const v1::ListInitiativesRequest* request,
                                            v1::ListInitiativesResponse* response) override;

 private:
  db::Pool& pool_;
  const platform::Runner runner_;
};

}  // namespace thidua::awards::initiatives
