#include "gateway/transcoder.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/json_reader.h"
#include "gateway/query_binding.h"
#include "gateway/refusals.h"
#include "gateway/value_setter.h"
#include "google/api/httpbody.pb.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/protobuf/util/json_util.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "nlohmann/json.hpp"
#include "platform/status_macros.h"
#include "platform/utf8.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;

pb::Message* OpenPath(const FieldPath& path, pb::Message* message) {
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, path[i]);
  }
  return message;
}

// "" when the field is at its default.
std::string FieldText(const pb::Message& message, const pb::FieldDescriptor* field) {
  if (!message.GetReflection()->HasField(message, field)) return "";
  std::string text;
  pb::TextFormat::PrintFieldValueToString(message, field, -1, &text);
  return text;
}

// A header that becomes a string of a message, which no service takes unless it is UTF-8.
absl::Status CheckText(std::string_view header, std::string_view value) {
  if (!platform::FirstNonUtf8(value).has_value()) return absl::OkStatus();
  return HeaderMalformed(header, "văn bản UTF-8", "UTF-8 text");
}

absl::Status ReadBody(const Route& route, const HttpInput& input, pb::Message* request) {
  if (route.body == BodyKind::kNone) {
    return input.body.empty() ? absl::OkStatus() : BodyNotAllowed();
  }
  if (route.raw_request()) {
    if (input.body.empty() && input.content_type.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(CheckText("content-type", input.content_type));
    pb::Message* target = route.body == BodyKind::kWhole
                              ? request
                              : request->GetReflection()->MutableMessage(request, route.body_field);
    const pb::Descriptor* type = target->GetDescriptor();
    target->GetReflection()->SetString(target, type->FindFieldByName("content_type"),
                                       std::string(input.content_type));
    target->GetReflection()->SetString(target, type->FindFieldByName("data"),
                                       std::string(input.body));
    return absl::OkStatus();
  }
  // A verb without arguments may be posted without a body.
  if (input.body.empty()) return absl::OkStatus();
  return route.body == BodyKind::kWhole ? ReadJsonMessage(input.body, request)
                                        : ReadJsonField(input.body, request, route.body_field);
}

// The path wins, but a body that says otherwise is a mistake of the client and not silently lost.
Refusal BindPathValue(const FieldPath& path, const std::string& value, pb::Message* request) {
  const std::string name = FieldPathText(path);
  pb::Message* message = OpenPath(path, request);
  const std::string before = FieldText(*message, path.back());
  if (Refusal refusal = SetFromUrlText({message, path.back()}, value, name)) return refusal;
  if (!before.empty() && before != FieldText(*message, path.back())) return FieldConflict(name);
  return std::nullopt;
}

// Fills the request's own `etag`, else that of the body's message.
void ApplyIfMatch(const Route& route, std::string_view if_match, pb::Message* request) {
  if (if_match.empty() || if_match == "*") return;
  const auto fill = [&](pb::Message* message) {
    const pb::FieldDescriptor* etag = message->GetDescriptor()->FindFieldByName("etag");
    if (etag == nullptr || etag->is_repeated() ||
        etag->type() != pb::FieldDescriptor::TYPE_STRING) {
      return false;
    }
    if (!message->GetReflection()->HasField(*message, etag)) {
      message->GetReflection()->SetString(message, etag, std::string(if_match));
    }
    return true;
  };
  if (fill(request)) return;
  if (route.body == BodyKind::kField && route.body_type() != nullptr && !route.raw_request()) {
    fill(request->GetReflection()->MutableMessage(request, route.body_field));
  }
}

absl::StatusOr<std::string> PrintJson(const Contract& contract, const pb::Descriptor* type,
                                      pb::io::ZeroCopyInputStream* wire) {
  pb::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  pb::io::StringOutputStream out(&json);
  const auto status =
      pb::util::BinaryToJsonStream(contract.types(), TypeUrl(type), wire, &out, options);
  if (!status.ok()) return UpstreamFailed(type->file()->package());
  return json;
}

// The top-level `etag` of a message on the wire; quoted as HTTP wants it.
std::string FindEtag(const pb::Descriptor* type, grpc::ByteBuffer* message) {
  const pb::FieldDescriptor* field = type->FindFieldByName("etag");
  if (field == nullptr || field->is_repeated() ||
      field->type() != pb::FieldDescriptor::TYPE_STRING) {
    return "";
  }
  grpc::ProtoBufferReader reader(message);
  pb::UnknownFieldSet fields;
  if (!fields.ParseFromZeroCopyStream(&reader)) return "";
  std::string etag;
  for (int i = 0; i < fields.field_count(); ++i) {
    const pb::UnknownField& found = fields.field(i);
    if (found.number() == field->number() &&
        found.type() == pb::UnknownField::TYPE_LENGTH_DELIMITED) {
      etag = found.length_delimited();
    }
  }
  if (etag.empty() || etag.front() == '"' || etag.rfind("W/\"", 0) == 0) return etag;
  return absl::StrCat("\"", etag, "\"");
}

absl::StatusOr<HttpOutput> RawOutput(const Route& route, const Contract& contract,
                                     grpc::ByteBuffer* message) {
  google::api::HttpBody body;
  grpc::ProtoBufferReader reader(message);
  if (route.response_field == nullptr) {
    if (!body.ParseFromZeroCopyStream(&reader)) return UpstreamFailed(route.rpc);
  } else {
    pb::Arena arena;
    pb::Message* whole = contract.NewMessage(route.method->output_type(), &arena);
    if (!whole->ParseFromZeroCopyStream(&reader)) return UpstreamFailed(route.rpc);
    const pb::Message& part = whole->GetReflection()->GetMessage(*whole, route.response_field);
    if (!body.ParseFromString(part.SerializeAsString())) return UpstreamFailed(route.rpc);
  }
  HttpOutput output;
  output.content_type =
      body.content_type().empty() ? "application/octet-stream" : body.content_type();
  output.body = std::move(*body.mutable_data());
  return output;
}

}  // namespace

absl::StatusOr<std::string> BuildRequest(const Contract& contract, const RouteMatch& match,
                                         const HttpInput& input) {
  const Route& route = *match.route;
  pb::Arena arena;
  pb::Message* request = contract.NewMessage(route.method->input_type(), &arena);
  RETURN_IF_ERROR(ReadBody(route, input, request));

  std::vector<platform::FieldViolation> violations;
  for (const auto& [path, value] : match.values) {
    if (Refusal refusal = BindPathValue(*path, value, request)) {
      violations.push_back(*std::move(refusal));
    }
  }
  const std::optional<std::vector<QueryParameter>> parameters = ParseQuery(input.query);
  if (!parameters.has_value()) return QueryMalformed();
  for (platform::FieldViolation& violation : BindQuery(route, *parameters, request)) {
    violations.push_back(std::move(violation));
  }
  RETURN_IF_ERROR(platform::InvalidFields(std::move(violations)));

  RETURN_IF_ERROR(CheckText("if-match", input.if_match));
  ApplyIfMatch(route, input.if_match, request);
  return request->SerializeAsString();
}

absl::StatusOr<HttpOutput> BuildResponse(const Contract& contract, const Route& route,
                                         grpc::ByteBuffer message) {
  if (route.raw_response()) return RawOutput(route, contract, &message);
  const pb::Descriptor* type = route.method->output_type();
  HttpOutput output;
  output.content_type = "application/json";
  {
    grpc::ProtoBufferReader reader(&message);
    ASSIGN_OR_RETURN(output.body, PrintJson(contract, type, &reader));
  }
  if (route.response_field != nullptr) {
    // Cut out of the whole, so that every kind of field is printed by the same code.
    const auto whole = nlohmann::ordered_json::parse(output.body, nullptr, false);
    if (whole.is_discarded()) return UpstreamFailed(route.rpc);
    const auto part = whole.find(route.response_field->name());
    output.body = part != whole.end() ? part->dump() : "{}";
    return output;
  }
  output.etag = FindEtag(type, &message);
  return output;
}

}  // namespace thidua::gateway
