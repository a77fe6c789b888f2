// One HTTP request → the bytes of one gRPC message, and back. Pure: no network.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/contract.h"
#include "gateway/route_table.h"
#include "grpcpp/support/byte_buffer.h"

namespace thidua::gateway {

struct HttpInput {
  std::string_view query;         // after "?", still encoded
  std::string_view content_type;  // "" when the request has none
  std::string_view body;
  std::string_view if_match;  // "" when absent; fills an empty `etag` of the request
};

// Body first, then path, then query, then If-Match. Errors name fields with proto names.
absl::StatusOr<std::string> BuildRequest(const Contract& contract, const RouteMatch& match,
                                         const HttpInput& input);

struct HttpOutput {
  std::string content_type;
  std::string body;
  std::string etag;  // as an ETag header; "" when the message has none
};

// One message of the answer. JSON has original field names, prints fields at their default, and
// writes 64-bit integers as strings. HttpBody comes out as it is.
absl::StatusOr<HttpOutput> BuildResponse(const Contract& contract, const Route& route,
                                         grpc::ByteBuffer message);

}  // namespace thidua::gateway
