// The errors that the gateway itself makes, each with its reason code and the HTTP status it has.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "platform/status.h"

namespace thidua::gateway {

// ErrorInfo.domain of errors made here.
inline constexpr char kErrorDomain[] = "gateway.thidua";

// Routing.
absl::Status RouteNotFound(std::string_view path);
absl::Status MethodNotAllowed(std::string_view method, const std::vector<std::string>& allowed);
absl::Status PathMalformed();

// Request head.
absl::Status HttpMalformed(std::string_view detail);
absl::Status HeadersTooLarge(uint64_t limit);
absl::Status HeaderMalformed(std::string_view header, std::string_view want_vi,
                             std::string_view want_en);
absl::Status HeaderRepeated(std::string_view header);
absl::Status ContentTypeUnsupported(std::string_view got, std::string_view want);
absl::Status ContentEncodingUnsupported(std::string_view got);
absl::Status TransferEncodingUnsupported();

// Body.
absl::Status BodyTooLarge(uint64_t limit);
absl::Status BodyNotAllowed();
absl::Status BodyTimeout();
absl::Status JsonMalformed(uint64_t byte, std::string_view detail);
absl::Status JsonTooDeep(int limit);
absl::Status NotUtf8(std::string_view where, uint64_t byte);

// Fields and parameters.
platform::FieldViolation UnknownField(std::string_view path);
platform::FieldViolation UnknownParameter(std::string_view name, std::string_view why_vi,
                                          std::string_view why_en);
platform::FieldViolation DuplicateParameter(std::string_view name);
platform::FieldViolation DuplicateField(std::string_view path);
platform::FieldViolation OneofConflict(std::string_view path, std::string_view other);
platform::FieldViolation FieldConflict(std::string_view path);
platform::FieldViolation ValueInvalid(std::string_view path, std::string_view want_vi,
                                      std::string_view want_en);
platform::FieldViolation ValueNotUtf8(std::string_view path);
absl::Status QueryMalformed();

// The way to the services.
absl::Status UpstreamUnavailable(std::string_view service);
absl::Status UpstreamTimeout(std::string_view service);
absl::Status UpstreamFailed(std::string_view service);
absl::Status ResponseTooLarge(std::string_view service);
absl::Status RpcNotServed(std::string_view rpc);
absl::Status TooManyConnections();

// The HTTP status of an error made here (by its reason, else by its code).
int HttpStatusOfRefusal(const absl::Status& refusal);

}  // namespace thidua::gateway
