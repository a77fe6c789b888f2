#include "platform/preceded_service.h"

#include <utility>

#include "absl/time/time.h"
#include "grpcpp/impl/rpc_service_method.h"
#include "platform/frame_errors.h"
#include "platform/rpc_type.h"

namespace thidua::platform {
namespace {

using grpc::internal::MethodHandler;
using grpc::internal::RpcServiceMethod;

// Set while a method is called; Admission asks for it on the same thread.
thread_local const absl::Status* t_fault = nullptr;

class PrecedingHandler final : public MethodHandler {
 public:
  PrecedingHandler(MethodHandler* method, Executor& workers, const BeforeCall& before)
      : method_(method), workers_(workers), before_(before) {}

  void RunHandler(const HandlerParameter& call) override {
    const bool taken = workers_.TryPost(
        [this, call] { Begin(call, before_(absl::FromChrono(call.server_context->deadline()))); });
    if (!taken) Begin(call, Overloaded());
  }
  void* Deserialize(grpc_call* call, grpc_byte_buffer* bytes, grpc::Status* status,
                    void** handler_data) override {
    return method_->Deserialize(call, bytes, status, handler_data);
  }

 private:
  void Begin(const HandlerParameter& call, const absl::Status& fault) {
    t_fault = &fault;
    method_->RunHandler(call);
    t_fault = nullptr;
  }

  MethodHandler* const method_;  // owned by the service
  Executor& workers_;
  const BeforeCall& before_;
};

}  // namespace

PrecededService::PrecededService(std::unique_ptr<grpc::Service> service,
                                 const google::protobuf::ServiceDescriptor& descriptor,
                                 Executor& workers, BeforeCall before)
    : service_(std::move(service)), before_(std::move(before)) {
  // Protected in grpc::Service, for classes derived from it.
  MethodHandler* (grpc::Service::*const handler_of)(int) = &PrecededService::GetHandler;
  for (int i = 0; i < descriptor.method_count(); ++i) {
    const auto& method = *descriptor.method(i);
    names_.push_back("/" + descriptor.full_name() + "/" + method.name());
    // The service numbers its methods as the descriptor does.
    auto preceded = std::make_unique<RpcServiceMethod>(
        names_.back().c_str(), TypeOf(method),
        new PrecedingHandler((service_.get()->*handler_of)(i), workers, before_));
    preceded->SetServerApiType(RpcServiceMethod::ApiType::CALL_BACK);
    AddMethod(preceded.release());
  }
}

absl::Status PrecedingFault() { return t_fault == nullptr ? absl::OkStatus() : *t_fault; }

}  // namespace thidua::platform
