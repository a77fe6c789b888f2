// gRPC's own log lines, as JSON lines of ours.
#pragma once

#include "platform/log.h"

namespace thidua::platform {

// While one lives, what gRPC reports (by default errors only, see GRPC_VERBOSITY) goes to `log`;
// of several the newest. Afterwards gRPC writes to standard error again.
class GrpcLogScope {
 public:
  explicit GrpcLogScope(const Logger& log);
  ~GrpcLogScope();
  GrpcLogScope(const GrpcLogScope&) = delete;
  GrpcLogScope& operator=(const GrpcLogScope&) = delete;

 private:
  const Logger& log_;
};

}  // namespace thidua::platform
