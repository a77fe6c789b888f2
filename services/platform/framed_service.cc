#include "platform/framed_service.h"

#include <utility>

#include "grpc/byte_buffer.h"
#include "grpcpp/impl/rpc_service_method.h"
#include "platform/frame_errors.h"

namespace thidua::platform {
namespace {

using grpc::internal::MethodHandler;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

// Set while a method is called whose request cannot be read; gRPC calls it on the same thread.
thread_local const grpc::Status* t_fault = nullptr;

// How Deserialize tells RunHandler that the message is too long; what does not parse is INTERNAL.
const grpc::Status& TooLarge() { return grpc::Status::CANCELLED; }

class FrameHandler final : public MethodHandler {
 public:
  explicit FrameHandler(MethodHandler* generated) : generated_(generated) {}

  void RunHandler(const HandlerParameter& call) override {
    if (call.status.ok()) return generated_->RunHandler(call);
    t_fault = &call.status;
    generated_->RunHandler(HandlerParameter(call.call, call.server_context, call.request,
                                            grpc::Status::OK, call.internal_data,
                                            call.call_requester));
    t_fault = nullptr;
  }

  void* Deserialize(grpc_call* call, grpc_byte_buffer* bytes, grpc::Status* status,
                    void** handler_data) override {
    const size_t size = bytes == nullptr ? 0 : grpc_byte_buffer_length(bytes);
    void* const request = generated_->Deserialize(call, bytes, status, handler_data);
    if (size > kLargestMessage) *status = TooLarge();
    return request;
  }

 private:
  MethodHandler* const generated_;  // owned by the service
};

RpcMethod::RpcType TypeOf(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) {
    return method.server_streaming() ? RpcMethod::BIDI_STREAMING : RpcMethod::CLIENT_STREAMING;
  }
  return method.server_streaming() ? RpcMethod::SERVER_STREAMING : RpcMethod::NORMAL_RPC;
}

}  // namespace

FramedService::FramedService(std::unique_ptr<grpc::Service> service,
                             const google::protobuf::ServiceDescriptor& descriptor)
    : service_(std::move(service)) {
  // Protected in grpc::Service, for classes derived from it.
  MethodHandler* (grpc::Service::*const handler_of)(int) = &FramedService::GetHandler;
  for (int i = 0; i < descriptor.method_count(); ++i) {
    const auto& method = *descriptor.method(i);
    names_.push_back("/" + descriptor.full_name() + "/" + method.name());
    // The generated code numbers methods as the descriptor does.
    auto framed = std::make_unique<RpcServiceMethod>(
        names_.back().c_str(), TypeOf(method), new FrameHandler((service_.get()->*handler_of)(i)));
    framed->SetServerApiType(RpcServiceMethod::ApiType::CALL_BACK);
    AddMethod(framed.release());
  }
}

absl::Status FrameFault() {
  if (t_fault == nullptr) return absl::OkStatus();
  return t_fault->error_code() == TooLarge().error_code() ? FrameTooLarge() : FrameMalformed();
}

}  // namespace thidua::platform
