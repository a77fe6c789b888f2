#include "gateway/refusals.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/http_status.h"
#include "platform/utf8.h"

namespace thidua::gateway {
namespace {

using platform::ErrorSpec;
using platform::FieldViolation;
using platform::Text;

constexpr size_t kShown = 200;

// What the client sent, short enough to be sent back and surely UTF-8.
std::string Shown(std::string_view text) {
  text = text.substr(0, kShown);
  return std::string(text.substr(0, platform::FirstNonUtf8(text).value_or(text.size())));
}

absl::Status Refuse(absl::StatusCode code, std::string reason, Text text,
                    std::map<std::string, std::string> metadata = {}) {
  ErrorSpec spec;
  spec.code = code;
  spec.reason = std::move(reason);
  spec.text = std::move(text);
  spec.metadata = std::move(metadata);
  return platform::MakeError(spec);
}

absl::Status Invalid(std::string reason, Text text,
                     std::map<std::string, std::string> metadata = {}) {
  return Refuse(absl::StatusCode::kInvalidArgument, std::move(reason), std::move(text),
                std::move(metadata));
}

}  // namespace

absl::Status RouteNotFound(std::string_view path) {
  return Refuse(absl::StatusCode::kNotFound, "ROUTE_NOT_FOUND",
                {"Không có địa chỉ này. Danh sách địa chỉ ở /openapi.json.",
                 "There is no such path. The paths are listed in /openapi.json."},
                {{"path", Shown(path)}});
}

absl::Status MethodNotAllowed(std::string_view method, const std::vector<std::string>& allowed) {
  const std::string list = absl::StrJoin(allowed, ", ");
  return Refuse(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED",
                {absl::StrCat("Địa chỉ này chỉ nhận phương thức ", list, "."),
                 absl::StrCat("This path takes only ", list, ".")},
                {{"method", Shown(method)}, {"allowed", list}});
}

absl::Status PathMalformed() {
  return Invalid("PATH_MALFORMED", {"Địa chỉ có mã phần trăm sai hoặc không phải UTF-8.",
                                    "The path has a wrong percent code or is not UTF-8."});
}

absl::Status HttpMalformed(std::string_view detail) {
  return Invalid("HTTP_MALFORMED",
                 {"Yêu cầu HTTP sai cú pháp.", "The HTTP request is not well formed."},
                 {{"detail", Shown(detail)}});
}

absl::Status HeadersTooLarge(uint64_t limit) {
  return Invalid("HEADERS_TOO_LARGE",
                 {absl::StrCat("Địa chỉ và các tiêu đề vượt ", limit, " byte."),
                  absl::StrCat("The request line and headers exceed ", limit, " bytes.")},
                 {{"limit_bytes", absl::StrCat(limit)}});
}

absl::Status HeaderMalformed(std::string_view header, std::string_view want_vi,
                             std::string_view want_en) {
  const std::string name(header);
  return Invalid(
      "HEADER_MALFORMED",
      {absl::StrCat("Tiêu đề ", name, " sai: cần ", std::string(want_vi), "."),
       absl::StrCat("The header ", name, " is wrong: ", std::string(want_en), " is wanted.")},
      {{"header", name}});
}

absl::Status HeaderRepeated(std::string_view header) {
  const std::string name(header);
  return Invalid("HEADER_REPEATED",
                 {absl::StrCat("Tiêu đề ", name, " chỉ được gửi một lần."),
                  absl::StrCat("The header ", name, " may be sent only once.")},
                 {{"header", name}});
}

absl::Status ContentTypeUnsupported(std::string_view got, std::string_view want) {
  const std::string wanted(want);
  return Invalid("CONTENT_TYPE_UNSUPPORTED",
                 {absl::StrCat("Địa chỉ này nhận nội dung kiểu ", wanted, "."),
                  absl::StrCat("This path takes content of type ", wanted, ".")},
                 {{"content_type", Shown(got)}, {"supported", wanted}});
}

absl::Status ContentEncodingUnsupported(std::string_view got) {
  return Invalid("CONTENT_ENCODING_UNSUPPORTED",
                 {"Nội dung gửi lên không được nén.", "The content must be sent uncompressed."},
                 {{"content_encoding", Shown(got)}});
}

absl::Status TransferEncodingUnsupported() {
  return Invalid("TRANSFER_ENCODING_UNSUPPORTED", {"Chỉ nhận Transfer-Encoding: chunked.",
                                                   "The only Transfer-Encoding taken is chunked."});
}

absl::Status BodyTooLarge(uint64_t limit) {
  return Invalid("BODY_TOO_LARGE",
                 {absl::StrCat("Nội dung vượt ", limit, " byte."),
                  absl::StrCat("The body exceeds ", limit, " bytes.")},
                 {{"limit_bytes", absl::StrCat(limit)}});
}

absl::Status BodyNotAllowed() {
  return Invalid("BODY_NOT_ALLOWED",
                 {"Địa chỉ này không nhận nội dung (body).", "This path takes no body."});
}

absl::Status BodyTimeout() {
  return Refuse(absl::StatusCode::kDeadlineExceeded, "BODY_TIMEOUT",
                {"Nội dung gửi lên quá chậm.", "The body came too slowly."});
}

absl::Status JsonMalformed(uint64_t byte, std::string_view detail) {
  return Invalid("JSON_MALFORMED",
                 {absl::StrCat("JSON sai cú pháp ở byte ", byte, "."),
                  absl::StrCat("The JSON is not well formed at byte ", byte, ".")},
                 {{"byte", absl::StrCat(byte)}, {"detail", Shown(detail)}});
}

absl::Status JsonTooDeep(int limit) {
  return Invalid("JSON_TOO_DEEP",
                 {absl::StrCat("JSON lồng nhau quá ", limit, " cấp."),
                  absl::StrCat("The JSON is nested more than ", limit, " levels deep.")},
                 {{"limit", absl::StrCat(limit)}});
}

absl::Status NotUtf8(std::string_view where, uint64_t byte) {
  return Invalid("NOT_UTF8",
                 {absl::StrCat("Nội dung không phải UTF-8 ở byte ", byte, "."),
                  absl::StrCat("The content is not UTF-8 at byte ", byte, ".")},
                 {{"where", std::string(where)}, {"byte", absl::StrCat(byte)}});
}

FieldViolation UnknownField(std::string_view path) {
  return {Shown(path),
          "UNKNOWN_FIELD",
          {absl::StrCat("Không có trường ", Shown(path), "."),
           absl::StrCat("There is no field ", Shown(path), ".")}};
}

FieldViolation UnknownParameter(std::string_view name, std::string_view why_vi,
                                std::string_view why_en) {
  return {
      Shown(name),
      "UNKNOWN_PARAMETER",
      {absl::StrCat("Tham số ", Shown(name), " không dùng được: ", std::string(why_vi), "."),
       absl::StrCat("The parameter ", Shown(name), " cannot be used: ", std::string(why_en), ".")}};
}

FieldViolation DuplicateParameter(std::string_view name) {
  return {Shown(name),
          "DUPLICATE_PARAMETER",
          {absl::StrCat("Tham số ", Shown(name), " chỉ được có một giá trị."),
           absl::StrCat("The parameter ", Shown(name), " may have only one value.")}};
}

FieldViolation DuplicateField(std::string_view path) {
  return {Shown(path),
          "DUPLICATE_FIELD",
          {absl::StrCat("Trường ", Shown(path), " có hai lần."),
           absl::StrCat("The field ", Shown(path), " is there twice.")}};
}

FieldViolation OneofConflict(std::string_view path, std::string_view other) {
  return {Shown(path),
          "ONEOF_CONFLICT",
          {absl::StrCat("Chỉ được có một trong hai: ", Shown(path), " hoặc ", Shown(other), "."),
           absl::StrCat("Only one of ", Shown(path), " and ", Shown(other), " may be given.")}};
}

FieldViolation FieldConflict(std::string_view path) {
  return {Shown(path),
          "FIELD_CONFLICT",
          {absl::StrCat("Trường ", Shown(path), " trong nội dung khác với trong địa chỉ."),
           absl::StrCat("The field ", Shown(path), " of the body differs from the path.")}};
}

FieldViolation ValueInvalid(std::string_view path, std::string_view want_vi,
                            std::string_view want_en) {
  return {Shown(path),
          "VALUE_INVALID",
          {absl::StrCat("Giá trị không hợp lệ: cần ", std::string(want_vi), "."),
           absl::StrCat("Not a valid value: ", std::string(want_en), " is wanted.")}};
}

FieldViolation ValueNotUtf8(std::string_view path) {
  return {Shown(path), "NOT_UTF8", {"Giá trị không phải UTF-8.", "The value is not UTF-8."}};
}

absl::Status QueryMalformed() {
  return Invalid("QUERY_MALFORMED",
                 {"Phần tham số có mã phần trăm sai.", "The query has a wrong percent code."});
}

absl::Status UpstreamUnavailable(std::string_view service) {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kUnavailable;
  spec.reason = "UPSTREAM_UNAVAILABLE";
  spec.text = {"Dịch vụ tạm thời không trả lời. Xin thử lại sau ít giây.",
               "The service does not answer just now. Please try again in a few seconds."};
  spec.metadata = {{"service", std::string(service)}};
  spec.retry_after = absl::Seconds(2);
  return platform::MakeError(spec);
}

absl::Status UpstreamTimeout(std::string_view service) {
  return Refuse(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                {"Dịch vụ không trả lời kịp thời hạn của yêu cầu.",
                 "The service did not answer within the deadline of the request."},
                {{"service", std::string(service)}});
}

absl::Status UpstreamFailed(std::string_view service) {
  return Refuse(absl::StatusCode::kInternal, "UPSTREAM_FAILED",
                {"Dịch vụ trả lời sai.", "The service gave an answer that cannot be used."},
                {{"service", std::string(service)}});
}

absl::Status ResponseTooLarge(std::string_view service) {
  return Refuse(absl::StatusCode::kResourceExhausted, "RESPONSE_TOO_LARGE",
                {"Kết quả quá lớn; hãy xin ít hơn mỗi lần.",
                 "The answer is too large; ask for less at a time."},
                {{"service", std::string(service)}});
}

absl::Status RpcNotServed(std::string_view rpc) {
  return Refuse(absl::StatusCode::kUnimplemented, "RPC_NOT_SERVED",
                {"Dịch vụ đang chạy chưa có chức năng này.",
                 "The service that is running does not have this function."},
                {{"rpc", std::string(rpc)}});
}

absl::Status TooManyConnections() {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kUnavailable;
  spec.reason = "TOO_MANY_CONNECTIONS";
  spec.text = {"Đang có quá nhiều kết nối. Xin thử lại sau ít giây.",
               "There are too many connections just now. Please try again in a few seconds."};
  spec.retry_after = absl::Seconds(2);
  return platform::MakeError(spec);
}

int HttpStatusOfRefusal(const absl::Status& refusal) {
  static const auto* const kByReason = new std::map<std::string, int, std::less<>>{
      {"METHOD_NOT_ALLOWED", 405},
      {"BODY_TIMEOUT", 408},
      {"BODY_TOO_LARGE", 413},
      {"CONTENT_TYPE_UNSUPPORTED", 415},
      {"CONTENT_ENCODING_UNSUPPORTED", 415},
      {"HEADERS_TOO_LARGE", 431},
      {"TRANSFER_ENCODING_UNSUPPORTED", 501},
      {"RESPONSE_TOO_LARGE", 502},
      {"UPSTREAM_FAILED", 502},
  };
  const auto found = kByReason->find(platform::ReasonOf(refusal));
  return found != kByReason->end() ? found->second : HttpStatusOfCode(refusal.code());
}

}  // namespace thidua::gateway
