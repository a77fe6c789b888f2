// A gRPC service whose requests may be no messages at all.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/codegen/service_type.h"

namespace thidua::platform {

// Stands before a generated callback service. gRPC itself answers bytes that do not parse with
// UNIMPLEMENTED and no text, and no code of ours is asked; here the service's method is called all
// the same, and Runner sees with FrameFault() that there is nothing to work on. Methods of unary
// rpcs and of server streams must therefore hand their request on to Runner unread, as they do.
class FramedService final : public grpc::Service {
 public:
  // `service` is the service that `descriptor` describes.
  FramedService(std::unique_ptr<grpc::Service> service,
                const google::protobuf::ServiceDescriptor& descriptor);

 private:
  const std::unique_ptr<grpc::Service> service_;
  std::deque<std::string> names_;  // gRPC keeps pointers into it
};

// Why the request that this thread is being given cannot be read; OK outside of such a call.
absl::Status FrameFault();

}  // namespace thidua::platform
