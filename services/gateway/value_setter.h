// One value from a URL or from JSON, put into one field of a message with the checks of proto3
// JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "platform/status.h"

namespace thidua::gateway {

// Where a value goes: set, or appended when the field is repeated.
struct Slot {
  google::protobuf::Message* message = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;
};

using Number = std::variant<int64_t, uint64_t, double>;

// What is wrong with the value, or nothing. `path` names the field in the error.
using Refusal = std::optional<platform::FieldViolation>;

// Text of a path or a query parameter: any scalar, an enum by name or number, Timestamp, Duration,
// FieldMask and the wrapper types.
Refusal SetFromUrlText(Slot slot, std::string_view text, const std::string& path);
// A JSON string: as above, but a bool must be a JSON literal.
Refusal SetFromJsonString(Slot slot, std::string_view text, const std::string& path);
Refusal SetFromJsonNumber(Slot slot, Number number, const std::string& path);
Refusal SetFromJsonBool(Slot slot, bool value, const std::string& path);

// Says what the field wants, for a value of a kind that it never takes.
platform::FieldViolation RefuseType(const google::protobuf::FieldDescriptor* field,
                                    const std::string& path);

// Whether one text can fill the field: everything but messages outside the types named above.
bool TakesText(const google::protobuf::FieldDescriptor* field);

}  // namespace thidua::gateway
