// SHA-256 and its text forms.
#pragma once

#include <string>
#include <string_view>

namespace thidua::platform {

// 32 raw bytes.
std::string Sha256(std::string_view bytes);
// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);
std::string ToHex(std::string_view bytes);
// "" when the text is not hexadecimal.
std::string FromHex(std::string_view hex);

}  // namespace thidua::platform
