#include "platform/status.h"

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace thidua::platform {
namespace {

constexpr char kErrorInfo[] = "type.googleapis.com/google.rpc.ErrorInfo";
constexpr char kBadRequest[] = "type.googleapis.com/google.rpc.BadRequest";
constexpr char kTextVi[] = "type.googleapis.com/google.rpc.LocalizedMessage#vi";
constexpr char kTextEn[] = "type.googleapis.com/google.rpc.LocalizedMessage#en";
constexpr char kRetryInfo[] = "type.googleapis.com/google.rpc.RetryInfo";
constexpr size_t kLongestMessage = 1024;  // messages travel in HTTP/2 headers
constexpr size_t kMostFields = 20;        // details travel in a trailer of at most 8 KiB

void Set(absl::Status& status, const char* url, const google::protobuf::Message& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

template <class Detail>
std::optional<Detail> Get(const absl::Status& status, const char* url) {
  std::optional<absl::Cord> payload;
  if (auto found = status.GetPayload(url); found.has_value()) payload = *found;
  if (!payload.has_value()) return std::nullopt;
  Detail detail;
  if (!detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

// Cuts at a character border, so that what is left is still UTF-8.
std::string Cut(std::string text, size_t longest) {
  if (text.size() <= longest) return text;
  size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

google::rpc::LocalizedMessage Localized(const char* locale, const std::string& text) {
  google::rpc::LocalizedMessage message;
  message.set_locale(locale);
  message.set_message(Cut(text, kLongestMessage));
  return message;
}

}  // namespace

absl::Status MakeError(const ErrorSpec& spec) {
  absl::Status status(spec.code, Cut(spec.text.en, kLongestMessage));
  google::rpc::ErrorInfo info;
  info.set_reason(spec.reason);
  for (const auto& [key, value] : spec.metadata) (*info.mutable_metadata())[key] = value;
  if (spec.fields.size() > kMostFields) {
    (*info.mutable_metadata())["more_fields"] = std::to_string(spec.fields.size() - kMostFields);
  }
  Set(status, kErrorInfo, info);
  Set(status, kTextVi, Localized("vi", spec.text.vi));
  Set(status, kTextEn, Localized("en", spec.text.en));
  if (!spec.fields.empty()) {
    google::rpc::BadRequest bad;
    for (size_t i = 0; i < std::min(spec.fields.size(), kMostFields); ++i) {
      auto* violation = bad.add_field_violations();
      violation->set_field(spec.fields[i].field);
      violation->set_description(Cut(
          spec.fields[i].reason + ": " + spec.fields[i].text.vi + " / " + spec.fields[i].text.en,
          300));
    }
    Set(status, kBadRequest, bad);
  }
  if (spec.retry_after.has_value()) {
    google::rpc::RetryInfo retry;
    const int64_t nanos = absl::ToInt64Nanoseconds(*spec.retry_after);
    retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
    Set(status, kRetryInfo, retry);
  }
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view reason, Text text) {
  return InvalidFields({{std::string(field), std::string(reason), std::move(text)}});
}

absl::Status InvalidFields(std::vector<FieldViolation> violations) {
  if (violations.empty()) return absl::OkStatus();
  ErrorSpec spec;
  spec.code = absl::StatusCode::kInvalidArgument;
  if (violations.size() == 1) {
    const FieldViolation& only = violations.front();
    spec.reason = only.reason;
    spec.text = {only.field + ": " + only.text.vi, only.field + ": " + only.text.en};
    spec.metadata["field"] = only.field;
  } else {
    spec.reason = "FIELDS_INVALID";
    const std::string count = std::to_string(violations.size());
    spec.text = {count + " trường không hợp lệ", count + " fields are invalid"};
    spec.metadata["count"] = count;
  }
  spec.fields = std::move(violations);
  return MakeError(spec);
}

namespace {
absl::Status Plain(absl::StatusCode code, std::string_view reason, Text text,
                   std::map<std::string, std::string> metadata) {
  ErrorSpec spec;
  spec.code = code;
  spec.reason = std::string(reason);
  spec.text = std::move(text);
  spec.metadata = std::move(metadata);
  return MakeError(spec);
}
}  // namespace

absl::Status NotFound(std::string_view reason, Text text,
                      std::map<std::string, std::string> metadata) {
  return Plain(absl::StatusCode::kNotFound, reason, std::move(text), std::move(metadata));
}

absl::Status AlreadyExists(std::string_view reason, Text text,
                           std::map<std::string, std::string> metadata) {
  return Plain(absl::StatusCode::kAlreadyExists, reason, std::move(text), std::move(metadata));
}

absl::Status FailedPrecondition(std::string_view reason, Text text,
                                std::map<std::string, std::string> metadata) {
  return Plain(absl::StatusCode::kFailedPrecondition, reason, std::move(text), std::move(metadata));
}

absl::Status PermissionDenied(std::string_view reason, Text text,
                              std::map<std::string, std::string> metadata) {
  return Plain(absl::StatusCode::kPermissionDenied, reason, std::move(text), std::move(metadata));
}

absl::Status Unavailable(std::string_view reason, Text text, absl::Duration retry_after) {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kUnavailable;
  spec.reason = std::string(reason);
  spec.text = std::move(text);
  spec.retry_after = retry_after;
  return MakeError(spec);
}

absl::Status Internal(std::string_view detail) { return absl::InternalError(std::string(detail)); }

absl::Status EtagMismatch(std::string_view expected, std::string_view current) {
  ErrorSpec spec;
  spec.code = absl::StatusCode::kAborted;
  spec.reason = "ETAG_MISMATCH";
  spec.text = {"Dữ liệu đã được người khác thay đổi; hãy tải lại rồi thử lại",
               "The resource has changed since it was read; read it again and retry"};
  spec.metadata = {{"expected", std::string(expected)}, {"current", std::string(current)}};
  return MakeError(spec);
}

std::string ReasonOf(const absl::Status& status) {
  auto info = Get<google::rpc::ErrorInfo>(status, kErrorInfo);
  return info.has_value() ? info->reason() : "";
}

std::string MetadataOf(const absl::Status& status, const std::string& key) {
  auto info = Get<google::rpc::ErrorInfo>(status, kErrorInfo);
  if (!info.has_value()) return "";
  const auto found = info->metadata().find(key);
  return found == info->metadata().end() ? "" : found->second;
}

std::vector<FieldViolation> FieldsOf(const absl::Status& status) {
  std::vector<FieldViolation> fields;
  auto bad = Get<google::rpc::BadRequest>(status, kBadRequest);
  if (!bad.has_value()) return fields;
  for (const auto& violation : bad->field_violations()) {
    const std::string& description = violation.description();
    const size_t colon = description.find(": ");
    const size_t slash = description.rfind(" / ");
    FieldViolation field{violation.field(), description.substr(0, colon), {}};
    if (colon != std::string::npos && slash != std::string::npos && slash > colon) {
      field.text = {description.substr(colon + 2, slash - colon - 2),
                    description.substr(slash + 3)};
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::string TextOf(const absl::Status& status, std::string_view language) {
  auto text = Get<google::rpc::LocalizedMessage>(status, language == "vi" ? kTextVi : kTextEn);
  return text.has_value() ? text->message() : std::string(status.message());
}

grpc::Status ToGrpc(const absl::Status& status, std::string_view domain) {
  if (status.ok()) return grpc::Status::OK;
  absl::Status out = status;
  if (ReasonOf(out).empty()) {
    // What has no reason was not meant for a caller. Cancellation and time-out come from the frame
    // itself.
    ErrorSpec spec;
    spec.code = absl::StatusCode::kInternal;
    spec.reason = "INTERNAL";
    spec.text = {"Lỗi nội bộ; hãy báo mã yêu cầu cho quản trị viên",
                 "Internal error; report the request id to the operator"};
    if (status.code() == absl::StatusCode::kDeadlineExceeded) {
      spec.code = status.code();
      spec.reason = "DEADLINE_EXCEEDED";
      spec.text = {"Hết thời gian xử lý", "The deadline has passed"};
    } else if (status.code() == absl::StatusCode::kCancelled) {
      spec.code = status.code();
      spec.reason = "CANCELLED";
      spec.text = {"Yêu cầu đã bị hủy", "The call was cancelled"};
    }
    out = MakeError(spec);
  }
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(out.code()));
  wire.set_message(std::string(out.message()));
  if (auto info = Get<google::rpc::ErrorInfo>(out, kErrorInfo); info.has_value()) {
    if (info->domain().empty()) info->set_domain(std::string(domain));
    wire.add_details()->PackFrom(*info);
  }
  if (auto bad = Get<google::rpc::BadRequest>(out, kBadRequest); bad.has_value()) {
    wire.add_details()->PackFrom(*bad);
  }
  for (const char* url : {kTextVi, kTextEn}) {
    if (auto text = Get<google::rpc::LocalizedMessage>(out, url); text.has_value()) {
      wire.add_details()->PackFrom(*text);
    }
  }
  if (auto retry = Get<google::rpc::RetryInfo>(out, kRetryInfo); retry.has_value()) {
    wire.add_details()->PackFrom(*retry);
  }
  return {static_cast<grpc::StatusCode>(out.code()), wire.message(), wire.SerializeAsString()};
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status wire;
  if (wire.ParseFromString(status.error_details())) {
    for (const auto& any : wire.details()) {
      google::rpc::ErrorInfo info;
      google::rpc::BadRequest bad;
      google::rpc::LocalizedMessage text;
      google::rpc::RetryInfo retry;
      if (any.UnpackTo(&info)) Set(out, kErrorInfo, info);
      if (any.UnpackTo(&bad)) Set(out, kBadRequest, bad);
      if (any.UnpackTo(&text)) Set(out, text.locale() == "vi" ? kTextVi : kTextEn, text);
      if (any.UnpackTo(&retry)) Set(out, kRetryInfo, retry);
    }
  }
  if (ReasonOf(out).empty()) {
    google::rpc::ErrorInfo info;
    const bool away = status.error_code() == grpc::StatusCode::UNAVAILABLE;
    info.set_reason(away ? "PEER_UNAVAILABLE" : "PEER_ERROR");
    Set(out, kErrorInfo, info);
    Set(out, kTextVi,
        Localized("vi", away ? "Dịch vụ liên quan chưa sẵn sàng" : "Dịch vụ liên quan báo lỗi"));
    Set(out, kTextEn,
        Localized("en", away ? "A peer service is not available" : status.error_message()));
  }
  return out;
}

}  // namespace thidua::platform
