// Why a unit has its rank, in Vietnamese for people. Pure.
#pragma once

#include <string>
#include <vector>

#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

// R-SCO-33 At most five lines: rank, index and band; change against the year before; where most
// points were lost; the distance to the next better rank; what it rests on. Empty when the unit is
// not in the ranking.
std::vector<std::string> ExplainLines(const Ranked& ranked, const std::string& unit_id);

// How the points of a leaf came about: "60 × 1187/1250 = 56,98".
std::string CalculationText(const criteria::LeafScore& score);

// Points or index for people: decimal comma, a fraction cut to two decimals.
std::string NumberText(const numbers::Rational& value);

// The block within a sentence: its title, or "khối xa" when nobody named it.
std::string BlockText(const Head& head);

// Why a unit is not ranked.
std::string NotRankedText(const std::string& reason);

}  // namespace thidua::scoring::rankings
