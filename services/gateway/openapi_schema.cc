#include "gateway/openapi_schema.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/proto_comments.h"
#include "gateway/well_known.h"
#include "google/api/field_behavior.pb.h"

namespace thidua::gateway {
namespace {

namespace pb = google::protobuf;
using Json = OpenApiSchemas::Json;
using pb::FieldDescriptor;

bool HasBehavior(const FieldDescriptor* field, google::api::FieldBehavior wanted) {
  for (int i = 0; i < field->options().ExtensionSize(google::api::field_behavior); ++i) {
    if (field->options().GetExtension(google::api::field_behavior, i) == wanted) return true;
  }
  return false;
}

// Scalars as JSON writes them: 64-bit integers are strings.
Json ScalarSchema(const FieldDescriptor* field) {
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return {{"type", "integer"}, {"format", "int32"}};
    case FieldDescriptor::CPPTYPE_UINT32:
      return {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}};
    case FieldDescriptor::CPPTYPE_INT64:
      return {{"type", "string"}, {"format", "int64"}};
    case FieldDescriptor::CPPTYPE_UINT64:
      return {{"type", "string"}, {"format", "uint64"}};
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return {{"type", "number"}, {"format", "double"}};
    case FieldDescriptor::CPPTYPE_FLOAT:
      return {{"type", "number"}, {"format", "float"}};
    case FieldDescriptor::CPPTYPE_BOOL:
      return {{"type", "boolean"}};
    case FieldDescriptor::CPPTYPE_STRING:
      if (field->type() == FieldDescriptor::TYPE_BYTES) {
        return {{"type", "string"}, {"format", "byte"}};
      }
      return {{"type", "string"}};
    default:
      return Json::object();
  }
}

// Types with a JSON form of their own; null for all others.
Json WellKnownSchema(const pb::Descriptor* type) {
  const std::string& name = type->full_name();
  if (name == "google.protobuf.Timestamp") return {{"type", "string"}, {"format", "date-time"}};
  if (name == "google.protobuf.Duration") {
    return {{"type", "string"}, {"pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$"}};
  }
  if (name == "google.protobuf.FieldMask") {
    return {{"type", "string"}, {"description", "Field names separated by commas."}};
  }
  if (name == "google.protobuf.Empty") return {{"type", "object"}};
  if (name == "google.protobuf.Struct") return {{"type", "object"}, {"additionalProperties", true}};
  if (name == "google.protobuf.ListValue") return {{"type", "array"}, {"items", Json::object()}};
  if (name == "google.protobuf.Value") return {{"description", "Any JSON value."}};
  if (name == "google.protobuf.Any") {
    return {{"type", "object"},
            {"properties", {{"@type", {{"type", "string"}}}}},
            {"required", {"@type"}},
            {"additionalProperties", true}};
  }
  if (const FieldDescriptor* wrapped = WrappedField(type)) {
    Json schema = ScalarSchema(wrapped);
    schema["nullable"] = true;
    return schema;
  }
  return nullptr;
}

// A $ref may have no siblings in OpenAPI 3.0.
Json WithText(Json schema, const std::string& text, bool read_only) {
  if (text.empty() && !read_only) return schema;
  if (schema.contains("$ref")) schema = Json{{"allOf", Json::array({std::move(schema)})}};
  if (!text.empty()) schema["description"] = text;
  if (read_only) schema["readOnly"] = true;
  return schema;
}

Json Reference(const std::string& full_name) {
  return {{"$ref", absl::StrCat("#/components/schemas/", full_name)}};
}

std::string OneofText(const pb::Descriptor* type) {
  std::string text;
  for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
    const pb::OneofDescriptor* oneof = type->oneof_decl(i);
    std::string names;
    for (int f = 0; f < oneof->field_count(); ++f) {
      absl::StrAppend(&names, f == 0 ? "" : ", ", oneof->field(f)->name());
    }
    absl::StrAppend(&text, "\n\nAt most one of: ", names, ".");
  }
  return text;
}

}  // namespace

bool IsRequired(const FieldDescriptor* field) { return HasBehavior(field, google::api::REQUIRED); }

Json OpenApiSchemas::ForEnum(const pb::EnumDescriptor* type) {
  if (components_.find(type->full_name()) == components_.end()) {
    Json schema = {{"type", "string"}};
    std::string text = CommentOf(type);
    Json values = Json::array();
    for (int i = 0; i < type->value_count(); ++i) {
      values.push_back(type->value(i)->name());
      const std::string comment = CommentOf(type->value(i));
      if (!comment.empty()) absl::StrAppend(&text, "\n- ", type->value(i)->name(), ": ", comment);
    }
    schema["enum"] = std::move(values);
    if (!text.empty()) schema["description"] = text;
    components_[type->full_name()] = std::move(schema);
  }
  return Reference(type->full_name());
}

Json OpenApiSchemas::ForMessage(const pb::Descriptor* type) {
  if (Json known = WellKnownSchema(type); !known.is_null()) return known;
  if (components_.find(type->full_name()) == components_.end()) {
    components_[type->full_name()] = Json::object();  // a message may lead back to itself
    Json schema = ObjectWithout(type, {});
    components_[type->full_name()] = std::move(schema);
  }
  return Reference(type->full_name());
}

Json OpenApiSchemas::ObjectWithout(const pb::Descriptor* type,
                                   const std::set<const FieldDescriptor*>& left_out) {
  Json schema = {{"type", "object"}};
  if (std::string text = CommentOf(type) + OneofText(type); !text.empty()) {
    schema["description"] = text;
  }
  Json properties = Json::object();
  Json required = Json::array();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (left_out.count(field) > 0) continue;
    properties[field->name()] = ForField(field);
    if (IsRequired(field)) required.push_back(field->name());
  }
  if (!properties.empty()) schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = false;  // unknown fields are refused
  return schema;
}

Json OpenApiSchemas::ForValue(const FieldDescriptor* field) {
  if (field->enum_type() != nullptr) return ForEnum(field->enum_type());
  if (field->message_type() != nullptr) return ForMessage(field->message_type());
  return ScalarSchema(field);
}

Json OpenApiSchemas::ForField(const FieldDescriptor* field) {
  Json schema;
  if (field->is_map()) {
    schema = {{"type", "object"},
              {"additionalProperties", ForValue(field->message_type()->map_value())}};
  } else if (field->is_repeated()) {
    schema = {{"type", "array"}, {"items", ForValue(field)}};
  } else {
    schema = ForValue(field);
  }
  return WithText(std::move(schema), CommentOf(field),
                  HasBehavior(field, google::api::OUTPUT_ONLY));
}

Json OpenApiSchemas::Components() const {
  Json out = Json::object();
  for (const auto& [name, schema] : components_) out[name] = schema;
  return out;
}

}  // namespace thidua::gateway
