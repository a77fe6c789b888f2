// Identities made by the server.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace thidua::platform {

// A UUIDv7 as 26 characters of lower-case Crockford base32: sorts by time of making, safe in a
// path.
std::string NewId(absl::Time now);

// Whether the text has the form that NewId makes.
bool IsId(std::string_view text);

// "plans/<id>" -> "<id>". Anything else is refused with NAME_MALFORMED on the named field.
absl::StatusOr<std::string> IdFromName(std::string_view name, std::string_view collection,
                                       std::string_view field);
// "plans" and id -> "plans/<id>".
std::string NameOf(std::string_view collection, std::string_view id);

}  // namespace thidua::platform
