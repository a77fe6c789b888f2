// What the gateway reads out of request headers, and which of them go on to a service. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http_message.h"

namespace thidua::gateway {

struct TimeLimits {
  absl::Duration unary_default = absl::Seconds(30);
  absl::Duration unary_most = absl::Seconds(60);
  absl::Duration stream_default = absl::Hours(1);
  absl::Duration stream_most = absl::Hours(1);
};

// From `grpc-timeout` (gRPC's own notation, "500m") or `x-timeout-ms`; the former wins. Clamped.
absl::StatusOr<absl::Duration> CallTimeout(const RequestHead& head, bool streams,
                                           const TimeLimits& limits);

// Identity of one request across processes.
struct Trace {
  std::string request_id;   // the client's x-request-id, or made here
  std::string trace_id;     // 32 hexadecimal digits
  std::string traceparent;  // what goes on to the service
};
Trace ReadTrace(const RequestHead& head);

// The allow-list: authorization, accept-language, traceparent. Everything else stays here.
absl::StatusOr<HeaderList> UpstreamMetadata(const RequestHead& head, const Trace& trace);

struct MediaType {
  std::string type;     // "application/json", lower case
  std::string charset;  // lower case; "" when absent
};
MediaType ParseMediaType(std::string_view header);
// OK when the body may be read as JSON: application/json in UTF-8, or no type at all.
absl::Status CheckJsonContentType(const RequestHead& head);
// Refuses encodings of content and transfer that the gateway does not take.
absl::Status CheckEncodings(const RequestHead& head);

enum class StreamFormat { kLines, kEvents };  // NDJSON; text/event-stream
StreamFormat ChooseStreamFormat(const RequestHead& head);
// Whether a browser is asking for a page.
bool PrefersHtml(const RequestHead& head);

}  // namespace thidua::gateway
