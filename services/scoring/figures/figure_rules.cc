#include "scoring/figures/figure_rules.h"

#include <algorithm>

namespace thidua::scoring::figures {

std::optional<int64_t> ReadWhole(std::string_view text) {
  constexpr size_t kMostDigits = 9;
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<numbers::Rational> ReadPercent(std::string_view text) {
  std::optional<numbers::Rational> value = numbers::ParseDecimal(text);
  if (!value.has_value() || *value < 0 || *value > 100) return std::nullopt;
  return value;
}

std::optional<size_t> PickSource(const std::vector<std::string>& organisers,
                                 const std::string& of_round) {
  const auto own = std::find(organisers.begin(), organisers.end(), of_round);
  if (own != organisers.end()) return static_cast<size_t>(own - organisers.begin());
  return organisers.size() == 1 ? std::optional<size_t>(0) : std::nullopt;
}

}  // namespace thidua::scoring::figures
