#include "platform/ascii_text.h"

#include <algorithm>

#include "platform/status.h"

namespace thidua::platform {

absl::Status RequireAscii(std::string_view text, std::string_view field) {
  const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), ascii)) return absl::OkStatus();
  return InvalidField(field, "TEXT_NOT_ASCII",
                      {"Chỗ này chỉ gồm chữ không dấu, chữ số và dấu câu.",
                       "Only letters without marks, digits and punctuation stand here."});
}

}  // namespace thidua::platform
