// In which capacity a signer signs: shared by decisions, which check it, and certificates, which
// print it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::awards {

enum class SigningMode {
  kDirect,
  kOnBehalf,      // TM.
  kDeputy,        // KT.
  kByOrder,       // TL.
  kByDelegation,  // TUQ.
};

// The word by which a mode is kept and sent in events.
inline constexpr std::array<std::string_view, 5> kSigningModeNames = {
    "DIRECT", "ON_BEHALF", "DEPUTY", "BY_ORDER", "BY_DELEGATION"};
inline std::string_view NameOf(SigningMode mode) {
  return kSigningModeNames[static_cast<size_t>(mode)];
}
inline std::optional<SigningMode> SigningModeNamed(std::string_view name) {
  for (size_t i = 0; i < kSigningModeNames.size(); ++i) {
    if (kSigningModeNames[i] == name) return static_cast<SigningMode>(i);
  }
  return std::nullopt;
}

struct Signature {
  std::string signer_name;
  std::string signer_position;
  SigningMode mode = SigningMode::kDirect;
  std::string signs_for;  // "" with kDirect
};

}  // namespace thidua::awards
