// What imported figures must be like, and which of several sources counts. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/numbers/exact.h"

namespace thidua::scoring::figures {

// A whole number 0..999,999,999 as it stands in a cell: digits without leading zeros.
std::optional<int64_t> ReadWhole(std::string_view text);

// R-SCO-57 An index in percent: a decimal 0..100.
std::optional<numbers::Rational> ReadPercent(std::string_view text);

// R-SCO-58 Which of several sources about a unit and year counts: the round's own organiser's, else
// the only one there is. Position in `organisers`; none when there is none, or several others.
std::optional<size_t> PickSource(const std::vector<std::string>& organisers,
                                 const std::string& of_round);

}  // namespace thidua::scoring::figures
