// Forms (application/x-www-form-urlencoded), as token requests come.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::campaign::access {

// Names and decoded values; nullopt when a name comes twice (RFC 6749 3.2) or an escape is
// malformed.
std::optional<std::map<std::string, std::string>> ReadForm(std::string_view text);

}  // namespace thidua::campaign::access
