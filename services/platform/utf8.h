// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace thidua::platform {

inline constexpr uint32_t kNoCodePoint = 0xFFFFFFFF;

// Reads one code point at `at` and moves past it; kNoCodePoint, with `at` unmoved, when the bytes
// there are not UTF-8.
uint32_t NextCodePoint(std::string_view text, size_t* at);

// The byte where text stops being UTF-8; nullopt when all of it is.
std::optional<size_t> FirstNonUtf8(std::string_view text);

}  // namespace thidua::platform
