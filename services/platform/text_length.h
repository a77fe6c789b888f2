// Lengths of texts as people count them.
#pragma once

#include <cstddef>
#include <string_view>

namespace thidua::platform {

// Number of characters (code points) of well-formed UTF-8. A Vietnamese letter takes up to three
// bytes, so limits that people are told are never counted in bytes.
inline size_t TextLength(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

}  // namespace thidua::platform
