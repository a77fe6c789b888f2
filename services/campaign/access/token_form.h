// The form of the token endpoint (RFC 6749 appendix B).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace thidua::campaign::access {

// application/x-www-form-urlencoded; nullopt when it is malformed or names a field twice.
std::optional<std::map<std::string, std::string>> ParseForm(std::string_view body);

// A refusal of the token endpoint: INVALID_ARGUMENT with reason OAUTH_<CODE> and metadata "error".
absl::Status OAuthError(std::string_view code, std::string_view vi, std::string_view en);

}  // namespace thidua::campaign::access
