#include "platform/ascii_text.h"

#include <algorithm>

#include "platform/status.h"

namespace thidua::platform {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

absl::Status RequireAscii(std::string_view text, std::string_view field) {
  if (IsAscii(text)) return absl::OkStatus();
  return InvalidField(field, "TEXT_NOT_ASCII",
                      {"Chỗ này chỉ gồm chữ không dấu, chữ số và dấu câu.",
                       "Only letters without marks, digits and punctuation stand here."});
}

}  // namespace thidua::platform
