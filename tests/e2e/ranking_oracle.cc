#include "e2e/ranking_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace thidua::e2e {
namespace {

// What people gave counts as it is: the answer to an explanation before the appraisal.
ExpectedLeaf Given(const json& trace) {
  json given = ScoreOf(trace, "REAPPRAISED");
  if (given.is_null()) given = ScoreOf(trace, "APPRAISED");
  if (given.is_null()) {
    ADD_FAILURE() << "neither computed nor appraised: " << trace.dump();
    return {};
  }
  if (given["status"] == "SCORE_STATUS_NOT_APPLICABLE") return {false, 0};
  return {true, Hundredths(given["points"])};
}

// The first of ">=70:10;>=40:linear" that value/of reaches (of percent: value is times 100).
int64_t LevelPoints(const std::string& levels, int64_t value, int64_t of) {
  std::istringstream in(levels);
  int64_t bound_above = 0;
  int64_t points_above = 0;
  for (std::string level; std::getline(in, level, ';');) {
    const bool from_below = level.rfind(">=", 0) == 0;
    EXPECT_TRUE(from_below || level.rfind("<=", 0) == 0) << levels;
    const size_t colon = level.find(':');
    const int64_t bound = Whole(level.substr(2, colon - 2));
    const std::string worth = level.substr(colon + 1);
    if (from_below ? value >= bound * of : value <= bound * of) {
      return worth == "linear" ? HalfUp(points_above * value, of * bound_above) : Hundredths(worth);
    }
    bound_above = bound;
    points_above = worth == "linear" ? 0 : Hundredths(worth);
  }
  return 0;
}

// A leaf that is worth a share: numerator ÷ denominator of the inputs.
ExpectedLeaf OfShare(const json& rule, const json& inputs, int64_t max) {
  const json& parameters = rule["parameters"];
  const int64_t numerator = Whole(inputs["numerator"]);
  const int64_t denominator = Whole(inputs["denominator"]);
  if (denominator == 0) {
    EXPECT_EQ(parameters["when_none"], "NOT_APPLICABLE") << rule.dump();
    return {false, 0};
  }
  if (rule["type"] == "LEVEL_TABLE") {
    return {true, LevelPoints(parameters["levels"], numerator * 100, denominator)};
  }
  if (numerator * 100 < Whole(parameters.value("floor_percent", "0")) * denominator) return {};
  const int64_t target = Whole(parameters.value("target_percent", "100"));
  return {true, std::min(max, HalfUp(max * numerator * 100, denominator * target))};
}

ExpectedLeaf Computed(const json& rule, const json& inputs, int64_t max) {
  const json& parameters = rule["parameters"];
  const std::string type = rule["type"];
  if (type == "LEVEL_TABLE_COUNT") {
    return {true, LevelPoints(parameters["levels"], Whole(inputs["count"]), 1)};
  }
  if (type == "BONUS" || type == "DEDUCTION") {
    return {true, std::min(max, Whole(inputs["count"]) * Hundredths(parameters["points_each"]))};
  }
  if (type == "SURVEY") {
    EXPECT_GE(Whole(inputs["respondents"]), Whole(parameters["min_respondents"])) << inputs.dump();
    return {true, std::min(max, HalfUp(max * Hundredths(inputs["index_percent"]),
                                       Whole(parameters["target_percent"]) * 100))};
  }
  EXPECT_TRUE(type == "RATIO_WITH_FLOOR" || type == "COUNT_RATIO" || type == "RATIO_WITH_TARGET" ||
              type == "LEVEL_TABLE")
      << type;
  return OfShare(rule, inputs, max);
}

// One leaf by its criterion in the file.
ExpectedLeaf ExpectLeaf(const json& criterion, const json& trace) {
  if (trace.empty()) return {};  // LeafOf() has failed the test
  const json& rule = criterion["rule"];
  const int64_t max = Hundredths(criterion["max_points"]);
  EXPECT_EQ(trace["rule_type"], rule["type"]) << trace.dump();
  json parameters = rule["parameters"];
  // What the contract takes when the set does not say.
  if (rule["type"] == "RATIO_WITH_TARGET") parameters.emplace("floor_percent", "0");
  EXPECT_EQ(trace["rule_parameters"], parameters) << trace.dump();
  EXPECT_EQ(Hundredths(trace["max_points"]), max) << trace.dump();
  const json inputs = InputsOf(trace);
  if (rule["type"] == "MANUAL") {
    EXPECT_TRUE(inputs.empty()) << trace.dump();
    return Given(trace);
  }
  if (inputs.empty()) {
    ADD_FAILURE() << "computed from nothing: " << trace.dump();
    return Given(trace);
  }
  const ExpectedLeaf computed = Computed(rule, inputs, max);
  if (trace["inputs"].empty()) {
    const ExpectedLeaf given = Given(trace);
    EXPECT_EQ(given.applies, computed.applies) << "not what was computed: " << trace.dump();
    EXPECT_EQ(given.points, computed.points) << "not what was computed: " << trace.dump();
  }
  return computed;
}

}  // namespace

int64_t Hundredths(const std::string& decimal) {
  const size_t point = decimal.find('.');
  std::string digits = point == std::string::npos ? "" : decimal.substr(point + 1);
  EXPECT_LE(digits.size(), 2u) << decimal;
  digits.resize(2, '0');
  int64_t value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(decimal.substr(0, point) + digits, &value)) << decimal;
  return value;
}

int64_t Whole(const std::string& number) {
  int64_t value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(number, &value)) << number;
  return value;
}

int64_t HalfUp(int64_t numerator, int64_t denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

json DemoCriteria(const std::string& block, int year) {
  const std::string file = absl::StrCat("deploy/demo/data/criteria/", block, "-", year, ".json");
  std::ifstream in(file);
  EXPECT_TRUE(in) << file;
  return json::parse(in, nullptr, /*allow_exceptions=*/false);
}

json CurrentPublication(Stack& stack, const std::string& block, int year) {
  const json list = stack.Get("scoring.v1.RankingService/ListPublications",
                              {{"block", block}, {"year", year}, {"current_only", true}});
  if (list.is_null() || list["publications"].empty()) return nullptr;
  return stack.Get("scoring.v1.RankingService/GetPublication",
                   {{"name", list["publications"][0]["name"]}});
}

json WhyOf(Stack& stack, const json& publication, const std::string& unit_code) {
  return stack.Get("scoring.v1.RankingService/ExplainRank",
                   {{"publication", publication["name"]}, {"unit", stack.Unit(unit_code)}});
}

json LeafOf(const json& why, const std::string& code) {
  for (const json& trace : why["trace"]) {
    if (trace["criterion"] == code) return trace;
  }
  ADD_FAILURE() << "no criterion " << code;
  return json::object();
}

json ScoreOf(const json& leaf, const std::string& layer) {
  json found;
  for (const json& entry : leaf["entries"]) {
    if (entry["layer"] == "SCORE_LAYER_" + layer) found = entry;
  }
  return found;
}

json InputsOf(const json& leaf) {
  if (!leaf["inputs"].empty()) return leaf["inputs"];
  const json computed = ScoreOf(leaf, "COMPUTED");
  return computed.is_null() ? json::object() : computed["inputs"];
}

std::map<std::string, ExpectedLeaf> ExpectLeaves(const json& criteria, const json& why) {
  std::map<std::string, ExpectedLeaf> leaves;
  for (const json& field : criteria["fields"]) {
    for (const json& criterion : field["criteria"]) {
      const std::string code = criterion["code"];
      leaves[code] = ExpectLeaf(criterion, LeafOf(why, code));
    }
  }
  EXPECT_EQ(why["trace"].size(), leaves.size()) << "leaves that are not in the set";
  return leaves;
}

ExpectedUnit ExpectUnit(const json& criteria, const std::map<std::string, ExpectedLeaf>& leaves) {
  ExpectedUnit unit;
  for (const json& field : criteria["fields"]) {
    const std::string kind = field.value("kind", "");
    int64_t sum = 0;
    for (const json& criterion : field["criteria"]) {
      const ExpectedLeaf& leaf = leaves.at(criterion["code"]);
      if (!leaf.applies) continue;
      sum += leaf.points;
      if (kind.empty()) unit.applicable_max += Hundredths(criterion["max_points"]);
    }
    const int64_t capped = std::min(sum, Hundredths(field["max_points"]));
    if (kind.empty()) unit.points += sum;
    if (kind == "CRITERIA_FIELD_KIND_BONUS") unit.bonus += capped;
    if (kind == "CRITERIA_FIELD_KIND_DEDUCTION") unit.deduction += capped;
  }
  if (!criteria.contains("extra_points")) {
    unit.index = HalfUp(unit.points * 10000, unit.applicable_max);
    return unit;
  }
  const json& extra = criteria["extra_points"];
  unit.bonus = std::min(unit.bonus, Hundredths(extra["bonus_cap"]));
  unit.deduction = std::min(unit.deduction, Hundredths(extra["deduction_cap"]));
  int64_t added_to_index = 0;
  if (extra["scale"] == "EXTRA_POINTS_SCALE_POINTS") {
    unit.points = std::max<int64_t>(0, unit.points + unit.bonus - unit.deduction);
  } else {
    added_to_index = unit.bonus - unit.deduction;
  }
  // Hundredths of a percent, rounded once.
  const int64_t numerator = unit.points * 10000 + added_to_index * unit.applicable_max;
  unit.index = std::min(Hundredths(extra["index_max"]),
                        HalfUp(std::max<int64_t>(0, numerator), unit.applicable_max));
  return unit;
}

}  // namespace thidua::e2e
