// Tables of levels as criteria sets write them: ">=85:10;>=60:linear" gives 10 points from 85 up,
// value ÷ 85 × 10 from 60 up, and 0 below. "<=30:3;<=60:1.5" is a table in which less is better.
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/numbers/exact.h"

namespace thidua::scoring::criteria {

struct Level {
  numbers::Rational bound;
  bool includes_bound = true;               // ">=" and "<=", as against ">" and "<"
  std::optional<numbers::Rational> points;  // none: linear
};

struct LevelTable {
  bool from_below = true;     // bounds are lower ones (">=", ">")
  std::vector<Level> levels;  // best first
};

// R-SCO-50 None unless bounds go from the best level to the worst, each level is reached by some
// value, no level gives more than the one above it, and a linear level stands below one with points
// and a bound above 0.
std::optional<LevelTable> ParseLevels(std::string_view text);

// What a value finds.
struct LevelFound {
  numbers::Rational points;
  int level = -1;  // position in the table; -1: none reached
};
// R-SCO-50 The best level that the value reaches.
LevelFound FindLevel(const LevelTable& table, const numbers::Rational& value);

// "≥ 85"
std::string LevelText(const LevelTable& table, int level);

}  // namespace thidua::scoring::criteria
