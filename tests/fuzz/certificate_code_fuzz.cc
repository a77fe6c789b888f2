// Codes of certificates and their check character. Input: random bytes of a code, then a typed
// text.
#include <string>
#include <utility>

#include "awards/certificates/rules_code.h"
#include "fuzz/fuzz.h"

using thidua::fuzz::TextOf;
namespace certificates = thidua::awards::certificates;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// R-AWD-70: one wrong character, two exchanged ones.
void CheckDamaged(const std::string& code) {
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '-') continue;
    std::string damaged = code;
    for (const char c : kAlphabet) {
      if (c == code[i]) continue;
      damaged[i] = c;
      FUZZ_CHECK(!certificates::ReadCode(damaged).has_value());
    }
    for (size_t j = i + 1; j < code.size(); ++j) {
      if (code[j] == '-' || code[j] == code[i]) continue;
      std::string exchanged = code;
      std::swap(exchanged[i], exchanged[j]);
      FUZZ_CHECK(!certificates::ReadCode(exchanged).has_value());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = TextOf(data, size);
  if (const auto read = certificates::ReadCode(text); read.has_value()) {
    FUZZ_CHECK(read->size() == 24 && certificates::ReadCode(*read) == read);
  }
  if (size < certificates::kCodeEntropyBytes) return 0;
  const std::string code = certificates::MakeCode(text.substr(0, certificates::kCodeEntropyBytes));
  FUZZ_CHECK(certificates::ReadCode(code) == code);
  // R-AWD-71: as people type it.
  std::string typed;
  for (const char c : code) {
    if (c != '-') typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
  }
  FUZZ_CHECK(certificates::ReadCode(typed) == code);
  CheckDamaged(code);
  const auto read = certificates::ReadCode(text.substr(certificates::kCodeEntropyBytes));
  if (read.has_value()) CheckDamaged(*read);
  return 0;
}
