// In which capacity a signer signs: shared by decisions, which check it, and certificates, which
// print it.
#pragma once

#include <string>

namespace thidua::awards {

enum class SigningMode {
  kDirect,
  kOnBehalf,      // TM.
  kDeputy,        // KT.
  kByOrder,       // TL.
  kByDelegation,  // TUQ.
};

struct Signature {
  std::string signer_name;
  std::string signer_position;
  SigningMode mode = SigningMode::kDirect;
  std::string signs_for;  // "" with kDirect
};

}  // namespace thidua::awards
