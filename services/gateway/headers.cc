#include "gateway/headers.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "absl/random/random.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gateway/refusals.h"

namespace thidua::gateway {
namespace {

constexpr size_t kLongestRequestId = 128;
constexpr size_t kLongestLanguage = 256;

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
}

std::string Trim(std::string_view text) {
  return std::string(absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
}

// What gRPC takes as an ASCII metadata value.
bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool IsHex(std::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::optional<int64_t> Digits(std::string_view text, size_t most) {
  if (text.empty() || text.size() > most) return std::nullopt;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// 1–8 digits and a unit: H, M, S, m, u, n.
std::optional<absl::Duration> GrpcTimeout(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::optional<int64_t> amount = Digits(text.substr(0, text.size() - 1), 8);
  if (!amount.has_value()) return std::nullopt;
  switch (text.back()) {
    case 'H':
      return absl::Hours(*amount);
    case 'M':
      return absl::Minutes(*amount);
    case 'S':
      return absl::Seconds(*amount);
    case 'm':
      return absl::Milliseconds(*amount);
    case 'u':
      return absl::Microseconds(*amount);
    case 'n':
      return absl::Nanoseconds(*amount);
    default:
      return std::nullopt;
  }
}

std::string RandomHex(int words) {
  thread_local absl::BitGen random;
  std::string out;
  for (int i = 0; i < words; ++i) {
    absl::StrAppendFormat(&out, "%016x", absl::Uniform<uint64_t>(random) | 1);
  }
  return out;
}

// "00-<32 hex>-<16 hex>-<2 hex>"; neither id all zero.
bool IsTraceparent(std::string_view text) {
  return text.size() == 55 && text.substr(0, 3) == "00-" && IsHex(text.substr(3, 32), 32) &&
         text[35] == '-' && IsHex(text.substr(36, 16), 16) && text[52] == '-' &&
         IsHex(text.substr(53, 2), 2) &&
         text.substr(3, 32).find_first_not_of('0') != std::string_view::npos &&
         text.substr(36, 16).find_first_not_of('0') != std::string_view::npos;
}

// The q of a media range in an Accept header, or -1 when it is not named.
double Quality(std::string_view accept, std::string_view wanted) {
  for (size_t begin = 0; begin <= accept.size();) {
    const size_t end = std::min(accept.find(',', begin), accept.size());
    const std::string_view item = accept.substr(begin, end - begin);
    begin = end + 1;
    const size_t semicolon = std::min(item.find(';'), item.size());
    if (Lower(Trim(item.substr(0, semicolon))) != wanted) continue;
    const size_t q = item.find("q=", semicolon);
    if (q == std::string_view::npos) return 1;
    const std::string number = Trim(item.substr(q + 2));
    double value = 1;
    std::from_chars(number.data(), number.data() + number.size(), value);
    return value;
  }
  return -1;
}

}  // namespace

absl::StatusOr<absl::Duration> CallTimeout(const RequestHead& head, bool streams,
                                           const TimeLimits& limits) {
  const absl::Duration most = streams ? limits.stream_most : limits.unary_most;
  absl::Duration timeout = streams ? limits.stream_default : limits.unary_default;
  if (const std::string_view text = head.Header("grpc-timeout"); !text.empty()) {
    const std::optional<absl::Duration> wanted = GrpcTimeout(text);
    if (!wanted.has_value()) {
      return HeaderMalformed("grpc-timeout", "1–8 chữ số và đơn vị, ví dụ 500m",
                             "1-8 digits and a unit, for example 500m");
    }
    timeout = *wanted;
  } else if (const std::string_view millis = head.Header("x-timeout-ms"); !millis.empty()) {
    const std::optional<int64_t> wanted = Digits(millis, 12);
    if (!wanted.has_value()) {
      return HeaderMalformed("x-timeout-ms", "số mili giây", "a number of milliseconds");
    }
    timeout = absl::Milliseconds(*wanted);
  }
  return std::clamp(timeout, absl::Milliseconds(1), most);
}

Trace ReadTrace(const RequestHead& head) {
  Trace trace;
  const std::string_view parent = head.Header("traceparent");
  if (IsTraceparent(parent)) {
    trace.trace_id = std::string(parent.substr(3, 32));
    trace.traceparent = std::string(parent);
  } else {
    trace.trace_id = RandomHex(2);
    trace.traceparent = absl::StrCat("00-", trace.trace_id, "-", RandomHex(1), "-00");
  }
  const std::string_view id = head.Header("x-request-id");
  trace.request_id = !id.empty() && id.size() <= kLongestRequestId && IsPrintable(id)
                         ? std::string(id)
                         : trace.trace_id;
  return trace;
}

absl::StatusOr<HeaderList> UpstreamMetadata(const RequestHead& head, const Trace& trace) {
  HeaderList metadata;
  if (head.Count("authorization") > 1) return HeaderRepeated("authorization");
  if (const std::string_view bearer = head.Header("authorization"); !bearer.empty()) {
    if (!IsPrintable(bearer)) {
      return HeaderMalformed("authorization", "ký tự ASCII in được", "printable ASCII");
    }
    metadata.emplace_back("authorization", bearer);
  }
  const std::string_view language = head.Header("accept-language");
  if (!language.empty() && language.size() <= kLongestLanguage && IsPrintable(language)) {
    metadata.emplace_back("accept-language", language);
  }
  metadata.emplace_back("traceparent", trace.traceparent);
  return metadata;
}

MediaType ParseMediaType(std::string_view header) {
  MediaType media;
  const size_t semicolon = std::min(header.find(';'), header.size());
  media.type = Lower(Trim(header.substr(0, semicolon)));
  const std::string rest = Lower(header.substr(semicolon));
  if (const size_t at = rest.find("charset="); at != std::string::npos) {
    std::string charset = rest.substr(at + 8);
    charset = charset.substr(0, charset.find(';'));
    charset = Trim(charset);
    charset.erase(std::remove(charset.begin(), charset.end(), '"'), charset.end());
    media.charset = charset;
  }
  return media;
}

absl::Status CheckJsonContentType(const RequestHead& head) {
  const std::string_view header = head.Header("content-type");
  if (header.empty()) return absl::OkStatus();
  const MediaType media = ParseMediaType(header);
  if (media.type == "application/json" && (media.charset.empty() || media.charset == "utf-8")) {
    return absl::OkStatus();
  }
  return ContentTypeUnsupported(header, "application/json; charset=utf-8");
}

absl::Status CheckEncodings(const RequestHead& head) {
  // Anything but plain "chunked" could be read differently by a proxy: a way to smuggle requests.
  const std::string transfer = Lower(Trim(head.Header("transfer-encoding")));
  if (head.Count("transfer-encoding") > 1 || (!transfer.empty() && transfer != "chunked")) {
    return TransferEncodingUnsupported();
  }
  const std::string content = Lower(Trim(head.Header("content-encoding")));
  if (!content.empty() && content != "identity") return ContentEncodingUnsupported(content);
  return absl::OkStatus();
}

StreamFormat ChooseStreamFormat(const RequestHead& head) {
  const std::string_view accept = head.Header("accept");
  const double events = Quality(accept, "text/event-stream");
  return events > 0 && events >= Quality(accept, "application/x-ndjson") ? StreamFormat::kEvents
                                                                         : StreamFormat::kLines;
}

bool PrefersHtml(const RequestHead& head) {
  const std::string_view accept = head.Header("accept");
  const double html = Quality(accept, "text/html");
  return html > 0 && html > Quality(accept, "application/json");
}

}  // namespace thidua::gateway
