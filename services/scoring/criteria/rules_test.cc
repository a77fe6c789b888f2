#include "scoring/criteria/rules.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "scoring/criteria/rule_types.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::ParseDecimal;
using numbers::Rational;
using numbers::RoundingMode;

Parameters RatioParameters(std::string floor, std::string when_none = "ZERO") {
  return {{"metric", "DOSSIERS_ON_TIME"},
          {"floor_percent", std::move(floor)},
          {"when_none", std::move(when_none)}};
}
Inputs Fraction(Rational n, Rational d) {
  return {{"numerator", std::move(n)}, {"denominator", std::move(d)}};
}

// R-SCO-02
// shows: S3-06
TEST(RatioWithFloorTest, Table) {
  struct Case {
    int max;
    const char* floor;
    int n, d;
    const char* points;
  };
  const Case cases[] = {
      {20, "0", 2796, 7566, "9320/1261"},  // Sở Nội vụ Phú Thọ, 7.39 when rounded
      {20, "0", 2, 4, "10"},
      {20, "0", 0, 7, "0"},
      {20, "95", 95, 100, "19"},  // equal to the floor counts
      {20, "95", 949, 1000, "0"},
      {20, "95", 1000, 1000, "20"},
      {20, "0", 11, 10, "20"},          // never more than the maximum
      {10, "33.333333", 1, 3, "10/3"},  // one third is above 33.333333 %
      {10, "33.333334", 1, 3, "0"},
  };
  for (const Case& c : cases) {
    const Outcome outcome = RatioWithFloor(c.max, RatioParameters(c.floor), Fraction(c.n, c.d));
    EXPECT_EQ(outcome.status, ScoreStatus::kScored);
    EXPECT_EQ(numbers::ToExact(outcome.points), c.points)
        << c.n << "/" << c.d << " floor " << c.floor;
    EXPECT_FALSE(outcome.calculation_vi.empty());
  }
}

// R-SCO-02, R-SCO-03: zero, not applicable and not yet scored stay three things when nothing is
// there to count. shows: S0-19
TEST(RatioWithFloorTest, NothingToDivideByIsDecidedByTheSet) {
  const auto at = [](const char* choice) {
    return RatioWithFloor(20, RatioParameters("95", choice), Fraction(0, 0));
  };
  EXPECT_EQ(at("ZERO").status, ScoreStatus::kScored);
  EXPECT_EQ(at("ZERO").points, Rational(0));
  EXPECT_EQ(at("FULL").status, ScoreStatus::kScored);
  EXPECT_EQ(at("FULL").points, Rational(20));
  EXPECT_EQ(at("NOT_APPLICABLE").status, ScoreStatus::kNotApplicable);
  EXPECT_EQ(at("NOT_YET_SCORED").status, ScoreStatus::kNotYetScored);
}

// R-SCO-03
// shows: S4-21
TEST(CountRatioTest, Table) {
  const Parameters parameters = {{"metric", "REPORTS_ON_TIME"}, {"when_none", "NOT_APPLICABLE"}};
  EXPECT_EQ(CountRatio(20, parameters, Fraction(3, 4)).points, Rational(15));
  EXPECT_EQ(CountRatio(20, parameters, Fraction(4, 4)).points, Rational(20));
  EXPECT_EQ(CountRatio(20, parameters, Fraction(0, 4)).points, Rational(0));
  EXPECT_EQ(CountRatio(20, parameters, Fraction(0, 4)).status, ScoreStatus::kScored);
  EXPECT_EQ(CountRatio(10, parameters, Fraction(1, 3)).points, Rational(10, 3));
  EXPECT_EQ(CountRatio(20, parameters, Fraction(0, 0)).status, ScoreStatus::kNotApplicable);
}

// R-SCO-03, R-SCO-25: what has no due date is in neither count, the words say so, and it never
// makes points by itself. shows: S4-32
TEST(CountRatioTest, WhatHasNoDueDateIsLeftOutAndSaidSo) {
  const Parameters parameters = {{"metric", "REPORTS_ON_TIME"}, {"when_none", "FULL"}};
  Inputs inputs = Fraction(3, 4);
  inputs["undated"] = 2;
  const Outcome outcome = CountRatio(20, parameters, inputs);
  EXPECT_EQ(outcome.points, Rational(15));
  EXPECT_EQ(outcome.calculation_vi, "20 × 3/4 (không tính 2 báo cáo không có hạn nộp)");
  inputs["numerator"] = inputs["denominator"] = 0;
  EXPECT_EQ(CountRatio(20, parameters, inputs).status, ScoreStatus::kNotYetScored);
  EXPECT_EQ(CountRatio(20, parameters, inputs).calculation_vi,
            "2 báo cáo không có hạn nộp: chưa đánh giá được");
  inputs["undated"] = 0;
  EXPECT_EQ(CountRatio(20, parameters, inputs).points, Rational(20));
}

// R-SCO-04
TEST(ManualTest, KeepsToTheMaximum) {
  EXPECT_EQ(Manual(20, {}, {{"points", Rational(37, 2)}}).points, Rational(37, 2));
  EXPECT_EQ(Manual(20, {}, {{"points", 21}}).points, Rational(20));
  EXPECT_EQ(Manual(20, {}, {{"points", -1}}).points, Rational(0));
  EXPECT_EQ(Manual(20, {}, {{"points", 0}}).status, ScoreStatus::kScored);
}

// The oracle: 20 × n ÷ d rounded half up to hundredths, in 64-bit integers.
std::string Score20(int64_t on_time, int64_t received) {
  if (received == 0) return "0.00";
  const int64_t hundredths = (4000 * on_time + received) / (2 * received);
  std::string digits = std::to_string(hundredths);
  while (digits.size() < 3) digits.insert(digits.begin(), '0');
  return digits.insert(digits.size() - 2, ".");
}

// Real figures: what the national portal showed for all 163 units of Phú Thọ.
// shows: S3-06
TEST(RatioWithFloorTest, GivesThePublishedScoresOfAll163UnitsOfPhuTho) {
  std::ifstream file("services/scoring/testdata/phutho_766_progress_2026q3.csv");
  ASSERT_TRUE(file.is_open());
  std::string line;
  int rows = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#' || line.rfind("code,", 0) == 0) continue;
    std::istringstream cells(line);
    std::string code, received, on_time, published;
    std::getline(cells, code, ',');
    std::getline(cells, received, ',');
    std::getline(cells, on_time, ',');
    std::getline(cells, published, ',');
    const Outcome outcome = RatioWithFloor(
        20, RatioParameters("0"), Fraction(*ParseDecimal(on_time), *ParseDecimal(received)));
    const Rational rounded = numbers::Round(outcome.points, RoundingMode::kHalfUp, 2);
    EXPECT_EQ(rounded, *ParseDecimal(published)) << code;
    EXPECT_EQ(numbers::ToFixed(rounded, 2), Score20(std::stoll(on_time), std::stoll(received)))
        << code;
    ++rows;
  }
  EXPECT_EQ(rows, 163);
}

// R-SCO-02: more on time never costs points, more late never earns any, and points stay within
// 0..maximum.
TEST(RatioWithFloorTest, IsMonotoneAndBounded) {
  EXPECT_TRUE(rc::check("monotone, bounded", [] {
    const int max = *rc::gen::inRange(1, 101);
    const int64_t d = *rc::gen::inRange<int64_t>(1, 100000);
    const int64_t n = *rc::gen::inRange<int64_t>(0, d);
    const Parameters parameters = RatioParameters(std::to_string(*rc::gen::inRange(0, 101)));
    const Rational points = RatioWithFloor(max, parameters, Fraction(n, d)).points;
    RC_ASSERT(points >= 0);
    RC_ASSERT(points <= max);
    RC_ASSERT(RatioWithFloor(max, parameters, Fraction(n + 1, d)).points >= points);
    RC_ASSERT(RatioWithFloor(max, parameters, Fraction(n, d + 1)).points <= points);
    RC_ASSERT(RatioWithFloor(max, parameters, Fraction(2 * n, 2 * d)).points == points);
  }));
}

Parameters TargetParameters(std::string target, std::string floor = "0") {
  return {{"metric", "DOSSIERS_ON_TIME"},
          {"target_percent", std::move(target)},
          {"floor_percent", std::move(floor)},
          {"when_none", "NOT_APPLICABLE"}};
}

// R-SCO-52
// shows: S4-09
TEST(RatioWithTargetTest, Table) {
  struct Case {
    int max;
    const char* target;
    const char* floor;
    int n, d;
    const char* points;
    const char* calculation;
  };
  const Case cases[] = {
      // The national portal's satisfaction: ratio ÷ 0.90, at most the maximum (QĐ 766).
      {10, "90", "0", 81, 100, "9", "10 × 81/100 ÷ 90 %"},
      {10, "90", "0", 95, 100, "10", "10 × 95/100 ÷ 90 %, tối đa 10"},
      {10, "90", "0", 9, 10, "10", "10 × 9/10 ÷ 90 %"},
      // 100 % of procedures at the one-stop desk: one that is not there costs its share.
      {5, "100", "0", 119, 120, "119/24", "5 × 119/120 ÷ 100 %"},
      {5, "100", "0", 120, 120, "5", "5 × 120/120 ÷ 100 %"},
      {5, "70", "50", 49, 100, "0", "49/100 dưới mức sàn 50 %: 0 điểm"},
      {5, "70", "50", 50, 100, "25/7", "5 × 50/100 ÷ 70 %"},
  };
  for (const Case& c : cases) {
    const Outcome outcome =
        RatioWithTarget(c.max, TargetParameters(c.target, c.floor), Fraction(c.n, c.d));
    EXPECT_EQ(outcome.status, ScoreStatus::kScored);
    EXPECT_EQ(numbers::ToExact(outcome.points), c.points) << c.calculation;
    EXPECT_EQ(outcome.calculation_vi, c.calculation);
  }
  EXPECT_EQ(RatioWithTarget(5, TargetParameters("100"), Fraction(0, 0)).status,
            ScoreStatus::kNotApplicable);
}

// R-SCO-52: the oracle compares by cross multiplication; a target of 100 is the plain ratio.
TEST(RatioWithTargetTest, AgreesWithTheIntegerOracle) {
  EXPECT_TRUE(rc::check("target = oracle", [] {
    const int64_t max = *rc::gen::inRange<int64_t>(1, 101);
    const int64_t target = *rc::gen::inRange<int64_t>(1, 101);
    const int64_t d = *rc::gen::inRange<int64_t>(1, 100000);
    const int64_t n = *rc::gen::inRange<int64_t>(0, d + 1);
    const Rational points =
        RatioWithTarget(max, TargetParameters(std::to_string(target)), Fraction(n, d)).points;
    const bool reached = 100 * n >= target * d;
    RC_ASSERT(points == (reached ? Rational(max) : Rational(max * 100 * n, target * d)));
    RC_ASSERT(RatioWithTarget(max, TargetParameters("100"), Fraction(n, d)).points ==
              RatioWithFloor(max, RatioParameters("0"), Fraction(n, d)).points);
  }));
}

// R-SCO-51
TEST(PointsEachTest, CountsUpToTheMaximum) {
  const Parameters half = {{"metric", "REPORTS_LATE"}, {"points_each", "0.5"}};
  const auto of = [&](int count) { return PointsEach(2, half, {{"count", count}}); };
  EXPECT_EQ(of(0).points, Rational(0));
  EXPECT_EQ(of(0).status, ScoreStatus::kScored);  // nothing is zero, not "not applicable"
  EXPECT_EQ(of(3).points, Rational(3, 2));
  EXPECT_EQ(of(3).calculation_vi, "3 × 0,5");
  EXPECT_EQ(of(4).points, Rational(2));
  EXPECT_EQ(of(5).points, Rational(2));
  EXPECT_EQ(of(5).calculation_vi, "5 × 0,5, tối đa 2");
  EXPECT_TRUE(rc::check("count × each, capped", [] {
    const int64_t max = *rc::gen::inRange<int64_t>(1, 20);
    const int64_t tenths = *rc::gen::inRange<int64_t>(1, 50);
    const int64_t count = *rc::gen::inRange<int64_t>(0, 100);
    const Parameters each = {{"metric", "REPORTS_LATE"},
                             {"points_each", numbers::ToExact(Rational(tenths, 10))}};
    const int64_t expected = std::min(10 * max, tenths * count);  // in tenths
    RC_ASSERT(PointsEach(max, each, {{"count", count}}).points == Rational(expected, 10));
  }));
}

// R-SCO-53
// shows: S4-12
TEST(SurveyTest, TheIndexCountsWhenEnoughAnswered) {
  const auto of = [](const char* target, const char* least, const char* index, int respondents) {
    return Survey(
        10, {{"survey_kind", "sipas"}, {"target_percent", target}, {"min_respondents", least}},
        {{"index_percent", *ParseDecimal(index)}, {"respondents", respondents}});
  };
  EXPECT_EQ(numbers::ToExact(of("100", "30", "86.55", 120).points), "8.655");
  EXPECT_EQ(of("100", "30", "86.55", 120).calculation_vi, "10 × 86,55 % (120 phiếu)");
  EXPECT_EQ(of("90", "30", "86.4", 120).points, Rational(96, 10));
  EXPECT_EQ(of("90", "30", "86.4", 120).calculation_vi, "10 × 86,4 % ÷ 90 % (120 phiếu)");
  EXPECT_EQ(of("90", "30", "90", 120).points, Rational(10));
  EXPECT_EQ(of("90", "30", "97", 120).points, Rational(10));
  EXPECT_EQ(of("100", "30", "0", 30).points, Rational(0));
  EXPECT_EQ(of("100", "30", "0", 30).status, ScoreStatus::kScored);
  EXPECT_EQ(of("100", "30", "99", 29).status, ScoreStatus::kNotYetScored);
  EXPECT_EQ(of("100", "30", "99", 29).calculation_vi,
            "29 phiếu trả lời, dưới mức tối thiểu 30: chưa đánh giá được");
  EXPECT_TRUE(rc::check("a better index never costs points", [&] {
    const int64_t index = *rc::gen::inRange<int64_t>(0, 100);
    const std::string target = std::to_string(*rc::gen::inRange(1, 101));
    const Outcome less = of(target.c_str(), "0", std::to_string(index).c_str(), 1);
    const Outcome more = of(target.c_str(), "0", std::to_string(index + 1).c_str(), 1);
    RC_ASSERT(less.points <= more.points);
    RC_ASSERT(more.points <= 10);
  }));
}

TEST(RuleTypesTest, TheTableIsWholeAndInOrder) {
  std::string last;
  for (const RuleType& type : RuleTypes()) {
    EXPECT_LT(last, type.type);
    last = type.type;
    EXPECT_NE(type.evaluate, nullptr);
    EXPECT_FALSE(type.vi.empty());
    EXPECT_FALSE(type.en.empty());
    EXPECT_FALSE(type.inputs.empty());
    EXPECT_EQ(FindRuleType(type.type), &type);
    // Every default is itself a valid value, and every type can be used with its defaults filled
    // in.
    Parameters parameters;
    for (const ParameterSpec& spec : type.parameters) {
      if (!spec.required) continue;
      parameters[spec.name] = spec.kind == ParameterKind::kLevels   ? ">=50:10;>=0:5"
                              : spec.kind == ParameterKind::kPoints ? "0.5"
                              : spec.kind == ParameterKind::kCode   ? "sipas"
                                                                    : spec.allowed.at(0);
    }
    EXPECT_TRUE(CheckParameters(type, parameters).empty()) << type.type;
    const Parameters all = WithDefaults(type, parameters);
    EXPECT_TRUE(CheckParameters(type, all).empty()) << type.type;
    Inputs inputs;
    for (const std::string& name : type.inputs) inputs[name] = 1;
    EXPECT_EQ(type.evaluate(10, all, inputs).status, ScoreStatus::kScored) << type.type;
  }
  EXPECT_EQ(FindRuleType("NO_SUCH_RULE"), nullptr);
}

TEST(RuleTypesTest, ParametersAreChecked) {
  const RuleType& type = *FindRuleType("RATIO_WITH_FLOOR");
  const auto reasons = [&](const Parameters& parameters) {
    std::vector<std::string> found;
    for (const ParameterProblem& problem : CheckParameters(type, parameters))
      found.push_back(problem.reason);
    return found;
  };
  using Reasons = std::vector<std::string>;
  EXPECT_EQ(reasons({{"metric", "DOSSIERS_ON_TIME"}}), Reasons{});
  EXPECT_EQ(reasons({}), Reasons{"PARAMETER_MISSING"});
  EXPECT_EQ(reasons({{"metric", "REPORTS_ON_TIME"}}), Reasons{"PARAMETER_INVALID"});
  EXPECT_EQ(reasons({{"metric", "DOSSIERS_ON_TIME"}, {"floor", "95"}}),
            Reasons{"PARAMETER_UNKNOWN"});
  for (const char* bad : {"", "-1", "100.1", "95%", "abc"}) {
    EXPECT_EQ(reasons({{"metric", "DOSSIERS_ON_TIME"}, {"floor_percent", bad}}),
              Reasons{"PARAMETER_INVALID"})
        << bad;
  }
  for (const char* good : {"0", "62.5", "100"}) {
    EXPECT_EQ(reasons({{"metric", "DOSSIERS_ON_TIME"}, {"floor_percent", good}}), Reasons{})
        << good;
  }
}

TEST(RuleTypesTest, EveryKindOfParameterIsChecked) {
  struct Case {
    const char* type;
    const char* name;
    std::vector<const char*> good;
    std::vector<const char*> bad;
  };
  const Case cases[] = {
      {"RATIO_WITH_TARGET", "target_percent", {"0.000001", "90", "100"}, {"0", "100.5", "-1", ""}},
      {"LEVEL_TABLE", "levels", {">=85:10", "<=0:5;<=3:2"}, {"", "85:10", ">=85:10;"}},
      {"SURVEY", "survey_kind", {"sipas", "a-1"}, {"", "SIPAS", "điều tra"}},
      {"SURVEY", "min_respondents", {"0", "30"}, {"-1", "1.5", "1000001"}},
      {"DEDUCTION", "points_each", {"0.5", "1000"}, {"0", "-0.5", "1000.5", "nửa điểm"}},
  };
  for (const Case& c : cases) {
    const RuleType& type = *FindRuleType(c.type);
    const auto found = [&](const char* value) {
      for (const ParameterProblem& problem : CheckParameters(type, {{c.name, value}})) {
        if (problem.name == c.name) return problem.reason;
      }
      return std::string();
    };
    for (const char* value : c.good) EXPECT_EQ(found(value), "") << c.name << " " << value;
    for (const char* value : c.bad) {
      EXPECT_EQ(found(value), "PARAMETER_INVALID") << c.name << " " << value;
    }
  }
}

}  // namespace
}  // namespace thidua::scoring::criteria
