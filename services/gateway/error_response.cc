#include "gateway/error_response.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/http_status.h"
#include "gateway/refusals.h"
#include "google/protobuf/util/json_util.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "nlohmann/json.hpp"
#include "platform/html.h"
#include "platform/status.h"

namespace thidua::gateway {
namespace {

using nlohmann::ordered_json;
namespace pb = google::protobuf;

// A detail whose type is not in the contract still travels, as base64.
ordered_json DetailJson(const Contract& contract, const pb::Any& detail) {
  pb::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  ordered_json out;
  out["@type"] = detail.type_url();
  if (pb::util::BinaryToJsonString(contract.types(), detail.type_url(), detail.value(), &json,
                                   options)
          .ok()) {
    ordered_json fields = ordered_json::parse(json, nullptr, false);
    if (fields.is_object()) {
      for (auto& [key, value] : fields.items()) out[key] = std::move(value);
      return out;
    }
  }
  out["value"] = absl::Base64Escape(detail.value());
  return out;
}

struct Oversized {
  uint64_t bytes = 0;
  uint64_t limit = 0;
};

// "… larger than max (4194400 vs. 4194304)". gRPC words it so on both sides.
std::optional<Oversized> ReadOversized(const std::string& message) {
  static constexpr std::string_view kOpen = "larger than max (";
  static constexpr std::string_view kBetween = " vs. ";
  const size_t open = message.find(kOpen);
  const size_t between = message.find(kBetween, open == std::string::npos ? 0 : open);
  if (open == std::string::npos || between == std::string::npos) return std::nullopt;
  const char* const end = message.data() + message.size();
  Oversized found;
  if (std::from_chars(message.data() + open + kOpen.size(), end, found.bytes).ec != std::errc() ||
      std::from_chars(message.data() + between + kBetween.size(), end, found.limit).ec !=
          std::errc()) {
    return std::nullopt;
  }
  return found;
}

std::string ServiceOf(std::string_view rpc) {
  const size_t begin = rpc.empty() || rpc.front() != '/' ? 0 : 1;
  return std::string(rpc.substr(begin, rpc.find('/', begin) - begin));
}

}  // namespace

ErrorResponse ErrorRenderer::FromRefusal(const absl::Status& refusal) const {
  return Render(platform::ToGrpc(refusal, kErrorDomain), HttpStatusOfRefusal(refusal));
}

ErrorResponse ErrorRenderer::FromUpstream(const grpc::Status& status, std::string_view rpc,
                                          size_t sent_bytes) const {
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  if (!status.error_details().empty()) return Render(status, HttpStatusOfCode(code));
  const std::string service = ServiceOf(rpc);
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return FromRefusal(UpstreamUnavailable(service));
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return FromRefusal(UpstreamTimeout(service));
    case grpc::StatusCode::UNIMPLEMENTED:
      return FromRefusal(RpcNotServed(rpc));
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      if (const auto oversized = ReadOversized(status.error_message())) {
        return FromRefusal(oversized->bytes == sent_bytes ? BodyTooLarge(oversized->limit)
                                                          : ResponseTooLarge(service));
      }
      return FromRefusal(UpstreamFailed(service));
    default:
      return FromRefusal(UpstreamFailed(service));
  }
}

ErrorResponse ErrorRenderer::Render(const grpc::Status& status, int http_status) const {
  ErrorResponse response;
  response.http_status = http_status;
  response.code = CodeName(static_cast<absl::StatusCode>(status.error_code()));

  google::rpc::Status wire;
  if (!wire.ParseFromString(status.error_details())) wire.Clear();
  ordered_json details = ordered_json::array();
  for (const pb::Any& detail : wire.details()) {
    details.push_back(DetailJson(contract_, detail));
    google::rpc::ErrorInfo info;
    google::rpc::RetryInfo retry;
    google::rpc::LocalizedMessage text;
    if (detail.UnpackTo(&info)) {
      response.reason = info.reason();
      if (const auto allowed = info.metadata().find("allowed");
          http_status == 405 && allowed != info.metadata().end()) {
        response.headers.emplace_back("Allow", allowed->second);
      }
    } else if (detail.UnpackTo(&retry)) {
      // In whole seconds, never less than asked for.
      const int64_t seconds = retry.retry_delay().seconds() + (retry.retry_delay().nanos() > 0);
      response.headers.emplace_back("Retry-After", absl::StrCat(std::max<int64_t>(seconds, 1)));
    } else if (detail.UnpackTo(&text) && text.locale() == "vi") {
      response.text_vi = text.message();
    }
  }
  if (http_status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (response.text_vi.empty()) response.text_vi = status.error_message();

  ordered_json error;
  error["code"] = http_status;
  error["status"] = response.code;
  error["message"] = status.error_message();
  error["details"] = std::move(details);
  ordered_json body;
  body["error"] = std::move(error);
  response.json = body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  return response;
}

Response ToResponse(const ErrorResponse& error, bool html) {
  Response response;
  response.status = error.http_status;
  response.headers = error.headers;
  if (!html) {
    response.headers.emplace_back("Content-Type", "application/json");
    response.body = error.json;
    return response;
  }
  response.headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  response.body = absl::StrCat(
      "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><title>Lỗi ",
      error.http_status,
      "</title><body style=\"font:1.1rem/1.5 sans-serif;margin:3rem auto;"
      "max-width:40rem;padding:0 1rem\"><h1>Không hiển thị được trang</h1><p>",
      platform::EscapeHtml(error.text_vi),
      "</p><p><small>Mã lỗi: ", platform::EscapeHtml(error.reason), "</small></p></body></html>");
  return response;
}

}  // namespace thidua::gateway
