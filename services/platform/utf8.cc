#include "platform/utf8.h"

namespace thidua::platform {

uint32_t NextCodePoint(std::string_view text, size_t* at) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(*at);
  size_t length = 0;
  uint32_t point = 0;
  uint32_t smallest = 0;
  if (first < 0x80) {
    ++*at;
    return first;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2, point = first & 0x1F, smallest = 0x80;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3, point = first & 0x0F, smallest = 0x800;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4, point = first & 0x07, smallest = 0x10000;
  } else {
    return kNoCodePoint;
  }
  if (*at + length > text.size()) return kNoCodePoint;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(*at + i) & 0xC0) != 0x80) return kNoCodePoint;
    point = (point << 6) | (byte(*at + i) & 0x3F);
  }
  if (point < smallest || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
    return kNoCodePoint;
  }
  *at += length;
  return point;
}

std::optional<size_t> FirstNonUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (NextCodePoint(text, &at) == kNoCodePoint) return at;
  }
  return std::nullopt;
}

}  // namespace thidua::platform
