// RegisterService: one method per rpc.
#pragma once

#include "platform/admission.h"
#include "platform/db/pool.h"
#include "platform/runner.h"
#include "thidua/scoring/v1/register_service.grpc.pb.h"

namespace thidua::scoring::registers {

class Service final : public v1::RegisterService::CallbackService {
 public:
  Service(platform::Admission& admission, db::Pool& pool)
      : runner_(admission, v1::RegisterService::service_full_name()), pool_(pool) {}

  using Ctx = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;
  Reactor* ImportRegister(Ctx* context, const v1::ImportRegisterRequest* request,
                          v1::FiguresImportReport* response) override;
  Reactor* GetRegister(Ctx* context, const v1::GetRegisterRequest* request,
                       v1::Register* response) override;
  Reactor* ListRegisters(Ctx* context, const v1::ListRegistersRequest* request,
                         v1::ListRegistersResponse* response) override;

 private:
  platform::Runner runner_;
  db::Pool& pool_;
};

}  // namespace thidua::scoring::registers
