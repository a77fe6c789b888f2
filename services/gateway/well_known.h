// Protobuf's well-known types that JSON writes in a form of their own.
#pragma once

#include <optional>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace thidua::gateway {

// The `value` field of Int64Value and its like; null for every other type.
const google::protobuf::FieldDescriptor* WrappedField(const google::protobuf::Descriptor* type);

// Timestamp, Duration and FieldMask: a JSON string.
bool ReadsFromText(const google::protobuf::Descriptor* type);
// Reads one of those three; false when the text is not one.
bool ReadWellKnown(std::string_view text, google::protobuf::Message* message);

// Struct, Value, ListValue and Any: JSON of any shape, left to protobuf's own parser.
bool TakesAnyJson(const google::protobuf::Descriptor* type);

// What a well-known type wants, for error texts; nullopt for all other types.
struct WellKnownText {
  const char* vi;
  const char* en;
};
std::optional<WellKnownText> WellKnownWanted(const google::protobuf::Descriptor* type);

}  // namespace thidua::gateway
