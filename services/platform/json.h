// Canonical JSON and the JSON form of protobuf messages.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "nlohmann/json.hpp"

namespace thidua::platform {

// RFC 8785 for the values we hash: objects with keys sorted by UTF-16 code units, strings,
// booleans, null, arrays and integers within ±2^53. A floating-point number is refused (points
// travel as strings).
absl::StatusOr<std::string> CanonicalJson(const nlohmann::json& value);

// proto3 JSON with original field names; default values are left out; map keys in canonical order.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);
// The reverse. Unknown fields are ignored: a newer producer may send more.
absl::Status FromJson(std::string_view json, google::protobuf::Message* message);

}  // namespace thidua::platform
