// Template body of Runner::Unary (see runner.h).
#pragma once

namespace thidua::platform {

inline Runner::Runner(Admission& admission, std::string_view service)
    : admission_(admission), service_(service) {
  const absl::Status registered = admission_.RegisterService(service);
  if (!registered.ok()) {
    admission_.deps().log->Error("service refused",
                                 {{"detail", std::string(registered.message())}});
    std::abort();
  }
}

inline int Runner::IndexOf(const char* method) const {
  const auto* found =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(service_ + "." + method);
  if (found != nullptr) return found->index();
  admission_.deps().log->Error("no such rpc", {{"rpc", service_ + "/" + method}});
  std::abort();
}

template <class Req, class Res, class Body>
grpc::ServerUnaryReactor* Runner::Unary(const char* method, grpc::CallbackServerContext* context,
                                        const Req* request, Res* response, Body body) const {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto record = std::make_shared<CallRecord>();
  Admission* const admission = &admission_;
  const absl::Status admitted = Guarded([&]() -> absl::Status {
    RETURN_IF_ERROR(admission->Admit("/" + service_ + "/" + method, *context, /*streaming=*/false,
                                     record.get()));
    return FrameFault();
  });
  if (!admitted.ok()) {
    reactor->Finish(admission->Done(*record, admitted));
    return reactor;
  }
  const bool queued = admission->calls().TryPost(
      [admission, reactor, context, record, request, response, body = std::move(body)] {
        const absl::Status status = Guarded([&]() -> absl::Status {
          RETURN_IF_ERROR(admission->BeginWork(context->IsCancelled(), record.get()));
          return body(*record->call, *request, *response);
        });
        reactor->Finish(admission->Done(*record, status));
      });
  if (!queued) reactor->Finish(admission->Done(*record, Overloaded()));
  return reactor;
}

}  // namespace thidua::platform
