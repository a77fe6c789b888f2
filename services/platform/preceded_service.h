// A gRPC service before each of whose rpcs something is done that may block.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "platform/executor.h"

namespace thidua::platform {

// Must be done by `deadline`: the call's own, far in the future when it has none.
using BeforeCall = std::function<absl::Status(absl::Time deadline)>;

// Stands before a service that goes through the frame (Runner). Each rpc waits for one of
// `workers`, which does `before` and then calls the method, so that admission already sees what
// `before` did. Its error, or that no worker is free, refuses the call where admission would have
// taken it. Once for each call: messages of a stream are not preceded again.
class PrecededService final : public grpc::Service {
 public:
  // `service` is the service that `descriptor` describes; `workers` must outlive the server.
  PrecededService(std::unique_ptr<grpc::Service> service,
                  const google::protobuf::ServiceDescriptor& descriptor, Executor& workers,
                  BeforeCall before);

 private:
  const std::unique_ptr<grpc::Service> service_;
  const BeforeCall before_;
  std::deque<std::string> names_;  // gRPC keeps pointers into it
};

// Why the call that this thread is being given must not be begun; OK outside of such a call.
absl::Status PrecedingFault();

}  // namespace thidua::platform
