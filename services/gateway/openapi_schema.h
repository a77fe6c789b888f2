// Messages and enums as OpenAPI schemas: what the gateway's JSON really looks like.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"

namespace thidua::gateway {

// Collects every type that has been asked for, with all it leads to.
class OpenApiSchemas {
 public:
  using Json = nlohmann::ordered_json;

  // {"$ref": …}, or the inline form of a well-known type.
  Json ForMessage(const google::protobuf::Descriptor* type);
  // The field's value with its comment.
  Json ForField(const google::protobuf::FieldDescriptor* field);
  // An object like the message but without some of its fields (those that travel in the path).
  Json ObjectWithout(const google::protobuf::Descriptor* type,
                     const std::set<const google::protobuf::FieldDescriptor*>& left_out);
  // components.schemas, sorted by name.
  Json Components() const;

 private:
  Json ForValue(const google::protobuf::FieldDescriptor* field);
  Json ForEnum(const google::protobuf::EnumDescriptor* type);
  std::map<std::string, Json> components_;
};

// Whether the field carries google.api.field_behavior REQUIRED.
bool IsRequired(const google::protobuf::FieldDescriptor* field);

}  // namespace thidua::gateway
