// Secrets of clients: 256 random bits, known to us by their SHA-256 only.
#pragma once

#include <string>
#include <string_view>

namespace thidua::campaign::access {

// 43 characters of base64url.
std::string NewSecret();
// 32 bytes.
std::string HashOf(std::string_view secret);
// In constant time.
bool Matches(std::string_view secret, std::string_view hash);

}  // namespace thidua::campaign::access
