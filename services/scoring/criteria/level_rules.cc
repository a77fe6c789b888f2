#include "scoring/criteria/level_rules.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::Rational;

// The part before the next `separator`; the rest stays in `text`.
std::string_view Next(std::string_view& text, char separator) {
  const size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return part;
}

// One level and the direction of its bound.
struct Parsed {
  Level level;
  bool from_below = true;
};

std::optional<Parsed> ParseLevel(std::string_view text) {
  Parsed parsed;
  if (text.empty() || (text[0] != '>' && text[0] != '<')) return std::nullopt;
  parsed.from_below = text[0] == '>';
  text.remove_prefix(1);
  parsed.level.includes_bound = !text.empty() && text[0] == '=';
  if (parsed.level.includes_bound) text.remove_prefix(1);
  const std::optional<Rational> bound = numbers::ParseDecimal(Next(text, ':'));
  if (!bound.has_value() || *bound < 0) return std::nullopt;
  parsed.level.bound = *bound;
  if (text == "linear") return parsed;
  parsed.level.points = numbers::ParseDecimal(text);
  if (!parsed.level.points.has_value() || *parsed.level.points < 0) return std::nullopt;
  return parsed;
}

// The least that a value in the level can find; below it nothing may be worth more.
Rational Least(const LevelTable& table, size_t at) {
  const Level& level = table.levels[at];
  if (level.points.has_value()) return *level.points;
  const Level& above = table.levels[at - 1];
  return level.bound / above.bound * *above.points;
}

// Whether the last level may stand below the one before it.
bool Follows(const LevelTable& table) {
  const size_t at = table.levels.size() - 1;
  const Level& level = table.levels[at];
  if (at == 0) return level.points.has_value();
  const Level& above = table.levels[at - 1];
  const bool further = table.from_below ? level.bound < above.bound : level.bound > above.bound;
  // ">0:2;>=0:1": the bound itself is all that is left to the second level.
  const bool widened = level.bound == above.bound && level.includes_bound && !above.includes_bound;
  if (!further && !widened) return false;
  if (!level.points.has_value()) {
    return table.from_below && above.points.has_value() && above.bound > 0;
  }
  return *level.points <= Least(table, at - 1);
}

bool Reaches(const LevelTable& table, const Level& level, const Rational& value) {
  if (value == level.bound) return level.includes_bound;
  return table.from_below ? value > level.bound : value < level.bound;
}

}  // namespace

std::optional<LevelTable> ParseLevels(std::string_view text) {
  if (text.empty() || text.back() == ';') return std::nullopt;
  LevelTable table;
  while (!text.empty()) {
    const std::optional<Parsed> parsed = ParseLevel(Next(text, ';'));
    if (!parsed.has_value()) return std::nullopt;
    if (table.levels.empty()) table.from_below = parsed->from_below;
    if (parsed->from_below != table.from_below) return std::nullopt;
    table.levels.push_back(parsed->level);
    if (!Follows(table)) return std::nullopt;
  }
  return table;
}

LevelFound FindLevel(const LevelTable& table, const Rational& value) {
  for (size_t i = 0; i < table.levels.size(); ++i) {
    const Level& level = table.levels[i];
    if (!Reaches(table, level, value)) continue;
    if (level.points.has_value()) return {*level.points, static_cast<int>(i)};
    const Level& above = table.levels[i - 1];
    return {value / above.bound * *above.points, static_cast<int>(i)};
  }
  return {};
}

std::string LevelText(const LevelTable& table, int level) {
  const Level& shown = table.levels.at(static_cast<size_t>(level));
  const char* sign = table.from_below ? (shown.includes_bound ? "≥ " : "> ")
                                      : (shown.includes_bound ? "≤ " : "< ");
  return sign + numbers::Vietnamese(numbers::ToExact(shown.bound));
}

}  // namespace thidua::scoring::criteria
