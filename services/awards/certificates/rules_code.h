// The public code of a certificate: who has it can check the certificate, nobody can guess it.
//
// R-AWD-70  19 characters carry 95 random bits, the 20th is a check character over them: any one
//           wrong character and any two exchanged ones are found without asking the service.
// R-AWD-71  Written in five groups of four from 0-9 A-Z without I, L, O and U, so that it can be
// read
//           out and typed; capitals, hyphens and blanks do not matter, O is read as 0, I and L
//           as 1.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::awards::certificates {

// Random bytes that MakeCode needs.
inline constexpr size_t kCodeEntropyBytes = 12;

// "7KQ4-2M9X-…" from kCodeEntropyBytes random bytes.
std::string MakeCode(std::string_view random_bytes);

// The written form of a typed code, or nothing when it cannot be right.
std::optional<std::string> ReadCode(std::string_view typed);

}  // namespace thidua::awards::certificates
