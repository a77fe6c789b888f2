#include "scoring/criteria/level_rules.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "scoring/criteria/rules.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::ParseDecimal;
using numbers::Rational;
using numbers::ToExact;

std::string At(const char* table, const char* value) {
  const LevelFound found = FindLevel(*ParseLevels(table), *ParseDecimal(value));
  return ToExact(found.points) + " @" + std::to_string(found.level);
}

// R-SCO-50 Bounds belong to their level or do not, as it is written.
TEST(LevelRulesTest, TheBestLevelReachedCounts) {
  const char* const steps = ">=100:3;>=50:2;>0:1";
  EXPECT_EQ(At(steps, "100.000001"), "3 @0");
  EXPECT_EQ(At(steps, "100"), "3 @0");
  EXPECT_EQ(At(steps, "99.999999"), "2 @1");
  EXPECT_EQ(At(steps, "50"), "2 @1");
  EXPECT_EQ(At(steps, "49"), "1 @2");
  EXPECT_EQ(At(steps, "0"), "0 @-1");
  EXPECT_EQ(At(">90:5;>=90:4", "90"), "4 @1");
  EXPECT_EQ(At(">90:5;>=90:4", "90.1"), "5 @0");
}

// R-SCO-50 Quy định 11-QĐ/TU: "≥ 85 %: 10; 60 – < 85 %: tỷ lệ ÷ 85 % × 10; < 60 %: 0".
TEST(LevelRulesTest, ALinearPartRisesToTheLevelAbove) {
  const char* const table = ">=85:10;>=60:linear";
  EXPECT_EQ(At(table, "85"), "10 @0");
  EXPECT_EQ(At(table, "84"), "168/17 @1");
  EXPECT_EQ(At(table, "68"), "8 @1");
  EXPECT_EQ(At(table, "60"), "120/17 @1");
  EXPECT_EQ(At(table, "59.999999"), "0 @-1");
}

// R-SCO-50 Less is better: days (30 and 60 in the same document), late dossiers with no tolerance.
// shows: S4-11
TEST(LevelRulesTest, UpperBoundsWorkTheOtherWayRound) {
  EXPECT_EQ(At("<=30:3;<=60:1.5", "30"), "3 @0");
  EXPECT_EQ(At("<=30:3;<=60:1.5", "31"), "1.5 @1");
  EXPECT_EQ(At("<=30:3;<=60:1.5", "61"), "0 @-1");
  EXPECT_EQ(At("<30:3;<=30:2", "30"), "2 @1");
  EXPECT_EQ(At("<=0:5;<=3:2", "0"), "5 @0");
  EXPECT_EQ(At("<=0:5;<=3:2", "1"), "2 @1");
}

TEST(LevelRulesTest, WhatCannotBeMeantIsNoTable) {
  for (const char* bad : {"",
                          ";",
                          ">=85",
                          ">=85:",
                          ":10",
                          "85:10",
                          "=85:10",
                          ">=85:10;",
                          ">=85:10;;>=60:5",
                          ">=85:10,>=60:5",
                          ">= 85:10",
                          ">=-1:10",
                          ">=85:-1",
                          ">=85:mười",
                          ">=85:linear",
                          ">=60:5;>=85:10",             // the wrong way round
                          ">=85:10;>=85:5",             // the second is never reached
                          ">=85:10;>85:5",              // neither
                          ">=85:5;>=60:10",             // less gives more
                          ">=85:10;>=60:linear;>=0:9",  // 60 ÷ 85 × 10 is less than 9
                          ">=85:10;<=60:5",             // two directions
                          "<=30:3;<=60:linear",         // nothing to rise to
                          ">=85:10;>=60:linear;>=50:linear",
                          ">0:2;>=0:linear"}) {
    EXPECT_FALSE(ParseLevels(bad).has_value()) << bad;
  }
  EXPECT_TRUE(ParseLevels(">=85:10;>=60:linear;>=0:7").has_value());
  EXPECT_EQ(LevelText(*ParseLevels(">=62.5:3;>0:1"), 0), "≥ 62,5");
  EXPECT_EQ(LevelText(*ParseLevels("<=0:3;<4:1"), 1), "< 4");
}

TEST(LevelTableTest, RatiosAreComparedInPercentAndExactly) {
  const auto of = [](int n, int d) {
    return LevelsOfRatio(10, {{"levels", ">=85:10;>=60:linear"}, {"when_none", "ZERO"}},
                         {{"numerator", n}, {"denominator", d}});
  };
  EXPECT_EQ(of(17, 20).points, Rational(10));
  EXPECT_EQ(of(17, 20).calculation_vi, "17/20 (mức ≥ 85 %)");
  EXPECT_EQ(ToExact(of(68, 100).points), "8");
  EXPECT_EQ(of(68, 100).calculation_vi, "10 × 68/100 ÷ 85 % (mức ≥ 60 %)");
  EXPECT_EQ(of(1, 2).points, Rational(0));
  EXPECT_EQ(of(1, 2).calculation_vi, "1/2 (không đạt mức nào)");
  EXPECT_EQ(of(0, 0).status, ScoreStatus::kScored);
  const Outcome thirds = LevelsOfRatio(1, {{"levels", ">=33.333333:1"}, {"when_none", "ZERO"}},
                                       {{"numerator", 1}, {"denominator", 3}});
  EXPECT_EQ(thirds.points, Rational(1));
}

TEST(LevelTableTest, CountsAreComparedAsTheyAre) {
  const Outcome found = LevelsOfCount(5, {{"levels", "<=0:5;<=3:2"}}, {{"count", 2}});
  EXPECT_EQ(found.points, Rational(2));
  EXPECT_EQ(found.calculation_vi, "2 (mức ≤ 3)");
}

// R-SCO-50 against an oracle in whole numbers, which walks the levels from the worst to the best
// and lets each better one that is reached replace the one before.
TEST(LevelTableTest, AgreesWithTheIntegerOracle) {
  EXPECT_TRUE(rc::check("levels = oracle", [] {
    struct Step {
      int64_t bound, points;
      bool included;
    };
    std::vector<Step> worst_first;
    std::string table;
    int64_t bound = *rc::gen::inRange<int64_t>(0, 20);
    int64_t points = *rc::gen::inRange<int64_t>(0, 3);
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
      const bool included = *rc::gen::arbitrary<bool>();
      worst_first.push_back({bound, points, included});
      const std::string level = absl::StrCat(included ? ">=" : ">", bound, ":", points);
      table = table.empty() ? level : absl::StrCat(level, ";", table);
      bound += *rc::gen::inRange<int64_t>(1, 20);
      points += *rc::gen::inRange<int64_t>(0, 4);
    }
    const int64_t value = *rc::gen::inRange<int64_t>(0, 120);
    int64_t expected = 0;
    for (const Step& step : worst_first) {
      if (value > step.bound || (step.included && value == step.bound)) expected = step.points;
    }
    const Parameters parameters = {{"levels", table}};
    RC_ASSERT(LevelsOfCount(1000, parameters, {{"count", value}}).points == Rational(expected));
    RC_ASSERT(LevelsOfCount(1000, parameters, {{"count", value + 1}}).points >= expected);
  }));
}

}  // namespace
}  // namespace thidua::scoring::criteria
