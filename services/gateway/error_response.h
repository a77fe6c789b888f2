// Errors as HTTP answers. One form for all: those of services, of gRPC itself and of the gateway.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "gateway/contract.h"
#include "gateway/http_message.h"
#include "grpcpp/support/status.h"

namespace thidua::gateway {

struct ErrorResponse {
  int http_status = 500;
  // {"error":{"code":404,"status":"NOT_FOUND","message":…,"details":[…]}}, details with "@type" and
  // proto field names.
  std::string json;
  std::string code;    // "NOT_FOUND"
  std::string reason;  // ErrorInfo.reason
  std::string text_vi;
  HeaderList headers;  // Retry-After, WWW-Authenticate, Allow
};

class ErrorRenderer {
 public:
  explicit ErrorRenderer(const Contract& contract) : contract_(contract) {}

  // An error of refusals.h.
  ErrorResponse FromRefusal(const absl::Status& refusal) const;
  // What a service answered. Without details it did not come from a handler but from gRPC on the
  // way: then the gateway says what that means. `sent_bytes`: size of the request message.
  ErrorResponse FromUpstream(const grpc::Status& status, std::string_view rpc,
                             size_t sent_bytes) const;

 private:
  ErrorResponse Render(const grpc::Status& status, int http_status) const;
  const Contract& contract_;
};

// The error as the whole answer: JSON, or a small Vietnamese page.
Response ToResponse(const ErrorResponse& error, bool html);

}  // namespace thidua::gateway
