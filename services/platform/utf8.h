// UTF-8, byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace thidua::platform {

inline constexpr uint32_t kNoCodePoint = 0xFFFFFFFF;

// Reads one code point at `at` and moves past it; kNoCodePoint, with `at` unmoved, when the bytes
// there are not UTF-8.
uint32_t NextCodePoint(std::string_view text, size_t* at);

// Whether every byte belongs to well-formed UTF-8; `bad_offset` gets the first that does not.
bool IsUtf8(std::string_view text, size_t* bad_offset);

}  // namespace thidua::platform
