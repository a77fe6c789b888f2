// gRPC codes as HTTP statuses (the mapping of google.rpc.Code, as Envoy and grpc-gateway have it).
#pragma once

#include "absl/status/status.h"

namespace thidua::gateway {

int HttpStatusOfCode(absl::StatusCode code);
// "INVALID_ARGUMENT".
const char* CodeName(absl::StatusCode code);
// "Bad Request".
const char* ReasonPhrase(int http_status);

}  // namespace thidua::gateway
