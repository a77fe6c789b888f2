// JSON → message, guided by the descriptor: strict RFC 8259, every error names its field with proto
// names. Stricter than protobuf's own parser, which takes unquoted keys and repeated fields and
// does not say where it stopped.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace thidua::gateway {

inline constexpr int kJsonDepthLimit = 64;

// Reads a JSON object into an empty message. Keys are proto names or JSON names; null means not
// given; refused: unknown keys, a field twice, two members of a oneof, null inside an array.
absl::Status ReadJsonMessage(std::string_view json, google::protobuf::Message* message);
// Reads one JSON value into a field of any kind (object, array, map or scalar).
absl::Status ReadJsonField(std::string_view json, google::protobuf::Message* message,
                           const google::protobuf::FieldDescriptor* field);

}  // namespace thidua::gateway
