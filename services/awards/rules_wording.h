// How documents on awards are worded: decisions and certificates alike.
//
// R-AWD-72  Dates are written "ngày 05 tháng 02 năm 2024": days below 10 and the months January and
//           February with a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I).
// R-AWD-73  The signature block names for whom is signed (TM., KT., TL., TUQ.) above the position.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "awards/rules_signature.h"

namespace thidua::awards {

// "GIAY_KHEN" → "Giấy khen". A form we have no word for is written as it is.
inline std::string FormText(std::string_view award_form) {
  if (award_form == "GIAY_KHEN") return "Giấy khen";
  if (award_form == "BANG_KHEN") return "Bằng khen";
  if (award_form == "CO_THI_DUA") return "Cờ thi đua";
  return std::string(award_form);
}

// R-AWD-72: "ngày 05 tháng 02 năm 2024".
inline std::string LongDate(absl::CivilDay day) {
  const std::string month =
      day.month() <= 2 ? absl::StrFormat("%02d", day.month()) : absl::StrFormat("%d", day.month());
  return absl::StrFormat("ngày %02d tháng %s năm %d", day.day(), month,
                         static_cast<int>(day.year()));
}

inline std::string_view PrefixOf(SigningMode mode) {
  switch (mode) {
    case SigningMode::kOnBehalf:
      return "TM. ";
    case SigningMode::kDeputy:
      return "KT. ";
    case SigningMode::kByOrder:
      return "TL. ";
    case SigningMode::kByDelegation:
      return "TUQ. ";
    case SigningMode::kDirect:
      break;
  }
  return "";
}

// R-AWD-73: the lines above the signer's name, first one first, not yet in capitals.
inline std::vector<std::string> SignatureLines(const Signature& signature) {
  std::vector<std::string> lines;
  if (signature.mode != SigningMode::kDirect) {
    lines.push_back(absl::StrCat(std::string(PrefixOf(signature.mode)), signature.signs_for));
  }
  lines.push_back(signature.signer_position);
  return lines;
}

}  // namespace thidua::awards
