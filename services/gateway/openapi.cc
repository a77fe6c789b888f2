#include "gateway/openapi.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/openapi_path.h"
#include "gateway/openapi_schema.h"
#include "gateway/proto_comments.h"
#include "gateway/query_binding.h"
#include "gateway/value_setter.h"
#include "gateway/well_known.h"
#include "nlohmann/json.hpp"
#include "thidua/common/v1/policy.pb.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;
using Json = nlohmann::ordered_json;

constexpr char kConventions[] =
    "JSON over HTTP/1.1, made from the gRPC contract. Field names are those of the contract "
    "(snake_case; lowerCamelCase is accepted too), fields at their default are written, 64-bit "
    "integers are strings, dates are YYYY-MM-DD, points and money are decimal strings. Unknown "
    "fields and parameters are refused by name. Streams are NDJSON, one message a line, or "
    "server-sent events with `Accept: text/event-stream`; an error inside a stream is its last "
    "record, `{\"error\": …}`. `x-timeout-ms` or `grpc-timeout` sets the deadline of a call. An "
    "`ETag` can be sent back in `If-Match` in place of the `etag` field.";

class Builder {
 public:
  Builder(const RouteTable& routes, const ApiInfo& info) : routes_(routes), info_(info) {}

  std::string Build() {
    Json paths = Json::object();
    for (const auto& route : routes_.routes()) AddRoute(*route, &paths);
    Json document;
    document["openapi"] = "3.0.3";
    document["info"] = {
        {"title", info_.title}, {"version", info_.version}, {"description", kConventions}};
    document["servers"] = Json::array({{{"url", "/"}}});
    document["security"] = Json::array({{{"bearer", Json::array()}}});
    document["tags"] = Tags();
    document["paths"] = std::move(paths);
    document["components"] = Components();
    return document.dump();
  }

 private:
  void AddRoute(const Route& route, Json* paths) {
    // Routes of one shape share one path, so parameters take the names of the first.
    const auto [found, fresh] = paths_.try_emplace(route.path.Shape());
    if (fresh) found->second = ToOpenApiPath(route.path).path;
    OpenApiPath path = ToOpenApiPath(route.path);
    path.path = found->second;
    RenameAfter(found->second, &path);

    Json operation;
    const std::string comment = CommentOf(route.method);
    operation["operationId"] = OperationId(route);
    operation["summary"] = comment.empty() ? route.method->name() : FirstSentence(comment);
    if (!comment.empty()) operation["description"] = comment;
    operation["tags"] = Json::array({route.method->service()->full_name()});
    Json parameters = PathParameters(route, path);
    AddQueryParameters(route, route.method->input_type(), {}, &parameters);
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (route.body != BodyKind::kNone) operation["requestBody"] = RequestBody(route);
    operation["responses"] = {{"200", Success(route)},
                              {"4XX", {{"$ref", "#/components/responses/Error"}}},
                              {"5XX", {{"$ref", "#/components/responses/Error"}}}};
    AddPolicy(*route.method, &operation);
    if (route.streams()) operation["x-streaming"] = "server";
    operation["x-rpc"] = route.rpc.substr(1);
    if (route.method->options().deprecated()) operation["deprecated"] = true;

    std::string http_method = route.http_method;
    std::transform(http_method.begin(), http_method.end(), http_method.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    (*paths)[path.path][http_method] = std::move(operation);
  }

  // Takes the parameter names, in order, out of "/v1/plans/{plan}".
  static void RenameAfter(const std::string& written, OpenApiPath* path) {
    size_t at = 0;
    for (OpenApiPath::Parameter& parameter : path->parameters) {
      const size_t open = written.find('{', at);
      at = written.find('}', open);
      const std::string name = written.substr(open + 1, at - open - 1);
      for (OpenApiPath::Parameter& other : path->parameters) {
        const std::string mine = absl::StrCat("{", parameter.name, "}");
        if (const size_t in = other.form.find(mine); in != std::string::npos) {
          other.form.replace(in, mine.size(), absl::StrCat("{", name, "}"));
        }
      }
      parameter.name = name;
    }
  }

  static std::string OperationId(const Route& route) {
    std::string id = absl::StrCat(route.method->service()->full_name(), ".", route.method->name());
    std::replace(id.begin(), id.end(), '.', '_');
    if (route.binding > 0) absl::StrAppend(&id, "_", route.binding + 1);
    return id;
  }

  Json PathParameters(const Route& route, const OpenApiPath& path) {
    Json parameters = Json::array();
    for (const OpenApiPath::Parameter& parameter : path.parameters) {
      Json schema = {{"type", "string"}};
      std::string text;
      for (size_t i = 0; i < route.variables.size(); ++i) {
        if (route.path.variables[i].field != parameter.variable) continue;
        const pb::FieldDescriptor* field = route.variables[i].back();
        text = CommentOf(field);
        if (parameter.form.empty()) {
          schema = schemas_.ForField(field);
        } else {
          text =
              absl::StrCat("Part of `", parameter.variable, "` = `", parameter.form, "`. ", text);
        }
      }
      if (parameter.rest) absl::StrAppend(&text, text.empty() ? "" : " ", "May hold slashes.");
      Json out = {{"name", parameter.name}, {"in", "path"}, {"required", true}};
      if (!text.empty()) out["description"] = text;
      out["schema"] = std::move(schema);
      parameters.push_back(std::move(out));
    }
    return parameters;
  }

  // Every leaf that BindQuery would take; a message that leads back to itself is followed once.
  void AddQueryParameters(const Route& route, const pb::Descriptor* type, const FieldPath& prefix,
                          Json* parameters) {
    for (int i = 0; i < type->field_count(); ++i) {
      FieldPath path = prefix;
      path.push_back(type->field(i));
      const pb::FieldDescriptor* field = path.back();
      if (!IsQueryField(route, path)) continue;
      if (TakesText(field)) {
        parameters->push_back(QueryParameterJson(path));
      } else if (!field->is_repeated() && !TakesAnyJson(field->message_type()) && !Repeats(path)) {
        AddQueryParameters(route, field->message_type(), path, parameters);
      }
    }
  }

  static bool Repeats(const FieldPath& path) {
    return std::any_of(path.begin(), path.end(), [&](const pb::FieldDescriptor* field) {
      return field->containing_type() == path.back()->message_type();
    });
  }

  Json QueryParameterJson(const FieldPath& path) {
    const pb::FieldDescriptor* field = path.back();
    Json out = {{"name", FieldPathText(path)}, {"in", "query"}};
    if (IsRequired(field) && path.size() == 1) out["required"] = true;
    if (const std::string text = CommentOf(field); !text.empty()) out["description"] = text;
    if (field->is_repeated()) out["explode"] = true;
    out["schema"] = schemas_.ForField(field);
    return out;
  }

  Json RequestBody(const Route& route) {
    if (route.raw_request()) {
      return {{"content", {{"*/*", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}}}};
    }
    Json schema;
    if (route.body == BodyKind::kField) {
      schema = schemas_.ForField(route.body_field);
    } else {
      std::set<const pb::FieldDescriptor*> in_path;
      for (const FieldPath& variable : route.variables) {
        if (variable.size() == 1) in_path.insert(variable.front());
      }
      schema = in_path.empty() ? schemas_.ForMessage(route.method->input_type())
                               : schemas_.ObjectWithout(route.method->input_type(), in_path);
    }
    return {{"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
  }

  Json Success(const Route& route) {
    const std::string text = FirstSentence(CommentOf(route.method->output_type()));
    Json out = {{"description", text.empty() ? "OK" : text}};
    if (route.raw_response()) {
      out["content"] = {{"*/*", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}};
      return out;
    }
    const Json schema = {{"schema", route.response_field == nullptr
                                        ? schemas_.ForMessage(route.method->output_type())
                                        : schemas_.ForField(route.response_field)}};
    if (route.streams()) {
      out["content"] = {{"application/x-ndjson", schema}, {"text/event-stream", schema}};
    } else {
      out["content"] = {{"application/json", schema}};
    }
    return out;
  }

  static void AddPolicy(const pb::MethodDescriptor& method, Json* operation) {
    if (!method.options().HasExtension(common::v1::policy)) return;
    const common::v1::Policy& policy = method.options().GetExtension(common::v1::policy);
    Json out = {{"scope", common::v1::Scope_Name(policy.scope())}};
    if (!policy.permission().empty()) out["permission"] = policy.permission();
    if (!policy.unit_from().empty()) out["unit_from"] = policy.unit_from();
    (*operation)["x-policy"] = std::move(out);
    if (policy.scope() == common::v1::SCOPE_PUBLIC) (*operation)["security"] = Json::array();
  }

  Json Tags() const {
    std::map<std::string, const pb::ServiceDescriptor*> services;
    for (const auto& route : routes_.routes()) {
      services[route->method->service()->full_name()] = route->method->service();
    }
    Json tags = Json::array();
    for (const auto& [name, service] : services) {
      Json tag = {{"name", name}};
      if (const std::string text = CommentOf(service); !text.empty()) tag["description"] = text;
      tags.push_back(std::move(tag));
    }
    return tags;
  }

  Json Components() const {
    Json schemas = schemas_.Components();
    schemas["Error"] = Json::parse(R"({
      "type": "object", "required": ["error"],
      "properties": {"error": {
        "type": "object", "required": ["code", "status", "message", "details"],
        "properties": {
          "code": {"type": "integer", "format": "int32", "description": "The HTTP status."},
          "status": {"type": "string", "description": "The gRPC code, for example NOT_FOUND."},
          "message": {"type": "string", "description": "For developers, in English."},
          "details": {"type": "array",
            "description": "google.rpc.ErrorInfo with the reason code, google.rpc.BadRequest with the fields, google.rpc.LocalizedMessage in Vietnamese (vi) and English (en), google.rpc.RetryInfo.",
            "items": {"type": "object", "required": ["@type"], "additionalProperties": true,
              "properties": {"@type": {"type": "string"}, "reason": {"type": "string"}}}}}}}})");
    return {
        {"schemas", std::move(schemas)},
        {"responses",
         {{"Error",
           {{"description", "Refused or failed."},
            {"content",
             {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}}}}},
        {"securitySchemes",
         {{"bearer", {{"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}}}}}};
  }

  const RouteTable& routes_;
  const ApiInfo& info_;
  OpenApiSchemas schemas_;
  std::map<std::string, std::string> paths_;  // by shape
};

}  // namespace

std::string MakeOpenApi(const RouteTable& routes, const ApiInfo& info) {
  return Builder(routes, info).Build();
}

}  // namespace thidua::gateway
