#include "gateway/utf8.h"

namespace thidua::gateway {

std::optional<size_t> FirstNonUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const unsigned char lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const int length = lead >= 0xC2 && lead <= 0xDF   ? 2
                       : lead >= 0xE0 && lead <= 0xEF ? 3
                       : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                      : 0;
    if (length == 0 || i + length > text.size()) return i;
    // The first continuation byte has narrower bounds where overlong forms, surrogates and code
    // points beyond U+10FFFF would lie.
    unsigned char low = 0x80, high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    for (int k = 1; k < length; ++k) {
      const unsigned char c = static_cast<unsigned char>(text[i + k]);
      if (c < low || c > high) return i;
      low = 0x80, high = 0xBF;
    }
    i += length;
  }
  return std::nullopt;
}

}  // namespace thidua::gateway
