#include "scoring/criteria/scheme.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::ParseDecimal;
using numbers::Rational;
using numbers::RoundingMode;
using numbers::ToExact;

LeafInput Given(Rational points) {
  LeafInput input;
  input.kind = LeafInput::Kind::kGiven;
  input.given = std::move(points);
  return input;
}
LeafInput Counted(int64_t n, int64_t d) {
  LeafInput input;
  input.kind = LeafInput::Kind::kInputs;
  input.inputs = {{"numerator", n}, {"denominator", d}};
  return input;
}
LeafInput NotApplicable() {
  LeafInput input;
  input.kind = LeafInput::Kind::kNotApplicable;
  return input;
}

UnitScore ScoreUnit(const Scheme& scheme, const std::vector<LeafInput>& inputs) {
  std::vector<LeafScore> scores;
  for (size_t i = 0; i < scheme.leaves().size(); ++i) {
    scores.push_back(scheme.ScoreLeaf(scheme.leaves()[i], inputs.at(i)));
  }
  return scheme.Total(scores);
}

// R-SCO-06 A real published index: Ban Dân tộc of Thanh Hóa, 2023, 68.32 of 84 applicable points
// = 81.33 %. shows: S0-19
TEST(SchemeTest, NotApplicableLowersTheMaximumAsThanhHoaPublished) {
  Definition set;
  set.fields = {testing::OneField("I", "100",
                                  {testing::Leaf("I.1", "84", testing::Manual()),
                                   testing::Leaf("I.2", "16", testing::Manual(), true)})};
  set.rounding = {{Stage::kIndex, RoundingMode::kHalfUp, 2}};
  set.bands = testing::Bands();
  const Scheme scheme = *Scheme::Compile(set);
  const UnitScore unit = ScoreUnit(scheme, {Given(*ParseDecimal("68.32")), NotApplicable()});
  EXPECT_EQ(ToExact(unit.points), "68.32");
  EXPECT_EQ(ToExact(unit.applicable_max), "84");
  EXPECT_EQ(scheme.IndexText(*unit.index), "81.33");
  EXPECT_EQ(scheme.BandOf(*unit.index), "Tốt");
  EXPECT_EQ(unit.not_applicable, 1);
}

// R-SCO-06 The three states side by side.
TEST(SchemeTest, ZeroNotApplicableAndNotYetScoredDiffer) {
  const Scheme scheme = *Scheme::Compile(testing::CommuneSet());
  const UnitScore zero = ScoreUnit(scheme, {Counted(1, 1), Counted(1, 1), Given(0)});
  const UnitScore na = ScoreUnit(scheme, {Counted(1, 1), Counted(1, 1), NotApplicable()});
  const UnitScore open = ScoreUnit(scheme, {Counted(1, 1), Counted(1, 1), LeafInput{}});
  EXPECT_EQ(scheme.IndexText(*zero.index), "80.00");
  EXPECT_EQ(scheme.IndexText(*na.index), "100.00");
  EXPECT_EQ(scheme.IndexText(*open.index), "80.00");
  EXPECT_EQ(zero.not_yet_scored, 0);
  EXPECT_EQ(na.not_applicable, 1);
  EXPECT_EQ(open.not_yet_scored, 1);
}

TEST(SchemeTest, NotApplicableOnlyWhereTheCriterionAllowsIt) {
  const Scheme scheme = *Scheme::Compile(testing::CommuneSet());
  EXPECT_EQ(scheme.ScoreLeaf(*scheme.Find("I.1"), NotApplicable()).status,
            ScoreStatus::kNotYetScored);
  EXPECT_EQ(scheme.ScoreLeaf(*scheme.Find("I.2"), NotApplicable()).status,
            ScoreStatus::kNotApplicable);
}

TEST(SchemeTest, NothingApplicableHasNoIndex) {
  Definition set;
  set.fields = {
      testing::OneField("I", "100", {testing::Leaf("I.1", "100", testing::Manual(), true)})};
  set.rounding = {{Stage::kIndex, RoundingMode::kHalfUp, 2}};
  const Scheme scheme = *Scheme::Compile(set);
  EXPECT_EQ(ScoreUnit(scheme, {NotApplicable()}).index, std::nullopt);
}

TEST(SchemeTest, MissingInputsAreNotYetScored) {
  const Scheme scheme = *Scheme::Compile(testing::CommuneSet());
  LeafInput half;
  half.kind = LeafInput::Kind::kInputs;
  half.inputs = {{"numerator", 3}};
  EXPECT_EQ(scheme.ScoreLeaf(*scheme.Find("I.1"), half).status, ScoreStatus::kNotYetScored);
}

// R-SCO-07 A real program had exactly 15 of 18 fall into the worst band; here a bound belongs to
// its band.
TEST(SchemeTest, LowerBoundsAreInclusive) {
  const Scheme scheme = *Scheme::Compile(testing::CommuneSet());
  EXPECT_EQ(scheme.BandOf(*ParseDecimal("90")), "Xuất sắc");
  EXPECT_EQ(scheme.BandOf(*ParseDecimal("89.99")), "Tốt");
  EXPECT_EQ(scheme.BandOf(*ParseDecimal("80")), "Tốt");
  EXPECT_EQ(scheme.BandOf(*ParseDecimal("50")), "Trung bình");
  EXPECT_EQ(scheme.BandOf(*ParseDecimal("49.99")), "Yếu");
  EXPECT_EQ(scheme.BandOf(0), "Yếu");

  Definition one_stop =
      testing::CommuneSet();  // bounds of the 18-point one-stop set, as points of 18
  one_stop.bands = {
      {"Xuất sắc", "15"}, {"Tốt", "12"}, {"Khá", "9"}, {"Trung bình", "6"}, {"Yếu", "0"}};
  EXPECT_EQ(Scheme::Compile(one_stop)->BandOf(15), "Xuất sắc");
}

// Rounded where declared, once a stage: the sum of rounded leaves, or the rounded sum.
TEST(SchemeTest, RoundsAtTheDeclaredStage) {
  Definition set;
  const auto leaf = [](const char* code) { return testing::Leaf(code, "10", testing::OnTime()); };
  set.fields = {testing::OneField("I", "30", {leaf("a"), leaf("b"), leaf("c")})};
  set.rounding = {{Stage::kLeaf, RoundingMode::kHalfUp, 2},
                  {Stage::kIndex, RoundingMode::kHalfUp, 2}};
  const std::vector<LeafInput> thirds = {Counted(1, 3), Counted(1, 3), Counted(1, 3)};
  EXPECT_EQ(ToExact(ScoreUnit(*Scheme::Compile(set), thirds).points), "9.99");
  set.rounding[0].stage = Stage::kTotal;
  EXPECT_EQ(ToExact(ScoreUnit(*Scheme::Compile(set), thirds).points), "10");
  set.rounding[0].stage = Stage::kLeaf;
  set.rounding[0].mode = RoundingMode::kDown;
  EXPECT_EQ(
      ToExact(
          ScoreUnit(*Scheme::Compile(set), {Counted(2, 3), Counted(2, 3), Counted(2, 3)}).points),
      "19.98");
}

// One leaf of a random unit, and what the oracle needs to know of it.
struct AnyLeaf {
  int64_t max;
  LeafInput input;
  int64_t n = 0;  // points = max × n ÷ d
  int64_t d = 1;
  ScoreStatus status = ScoreStatus::kScored;
};

AnyLeaf GenerateLeaf() {
  AnyLeaf leaf;
  leaf.max = *rc::gen::inRange<int64_t>(1, 40);
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      leaf.input = NotApplicable();
      leaf.status = ScoreStatus::kNotApplicable;
      break;
    case 1:
      leaf.status = ScoreStatus::kNotYetScored;
      break;
    default:
      leaf.d = *rc::gen::inRange<int64_t>(1, 3000);
      leaf.n = *rc::gen::inRange<int64_t>(0, leaf.d + 1);
      leaf.input = Counted(leaf.n, leaf.d);
  }
  return leaf;
}

// R-SCO-05, R-SCO-06 against an oracle in 128-bit integers: leaves in hundredths, half up; index in
// hundredths of a percent, half up. And the laws: the parts add up to the total, more on time never
// lowers the index.
TEST(SchemeTest, AgreesWithTheIntegerOracle) {
  EXPECT_TRUE(rc::check("scheme = oracle", [] {
    const int count = *rc::gen::inRange(1, 8);
    std::vector<AnyLeaf> any;
    Definition set;
    set.fields = {testing::OneField("I", "1", {})};
    for (int i = 0; i < count; ++i) {
      any.push_back(GenerateLeaf());
      set.fields[0].criteria.push_back(testing::Leaf(
          "c" + std::to_string(i), std::to_string(any.back().max), testing::OnTime(), true));
    }
    set.rounding = {{Stage::kLeaf, RoundingMode::kHalfUp, 2},
                    {Stage::kIndex, RoundingMode::kHalfUp, 2}};
    const Scheme scheme = *Scheme::Compile(set);
    std::vector<LeafInput> inputs;
    __int128 hundredths = 0;
    __int128 max = 0;
    for (const AnyLeaf& leaf : any) {
      inputs.push_back(leaf.input);
      if (leaf.status != ScoreStatus::kNotApplicable) max += leaf.max;
      if (leaf.status == ScoreStatus::kScored)
        hundredths += (200 * leaf.max * leaf.n + leaf.d) / (2 * leaf.d);
    }
    const UnitScore unit = ScoreUnit(scheme, inputs);
    RC_ASSERT(unit.points == Rational(static_cast<int64_t>(hundredths), 100));
    RC_ASSERT(unit.applicable_max == Rational(static_cast<int64_t>(max)));
    RC_ASSERT(unit.index.has_value() == (max > 0));
    if (max == 0) return;
    const __int128 index = (2 * hundredths * 100 + max) / (2 * max);
    RC_ASSERT(*unit.index == Rational(static_cast<int64_t>(index), 100));
    RC_ASSERT(*unit.index >= 0);
    RC_ASSERT(*unit.index <= 100);
    for (size_t i = 0; i < any.size(); ++i) {
      if (any[i].status != ScoreStatus::kScored || any[i].n == any[i].d) continue;
      std::vector<LeafInput> better = inputs;
      better[i] = Counted(any[i].n + 1, any[i].d);
      RC_ASSERT(*ScoreUnit(scheme, better).index >= *unit.index);
    }
  }));
}

LeafInput Times(int64_t count) {
  LeafInput input;
  input.kind = LeafInput::Kind::kInputs;
  input.inputs = {{"count", count}};
  return input;
}

// R-SCO-54 Leaves I.1, I.2, II.1, then bonus III.1 (2 each), III.2, then deduction IV.1 (0.5 each).
TEST(ExtraPointsTest, StandOutsideTheMaximumAndAreCut) {
  const auto score = [](const Definition& set, const std::vector<LeafInput>& inputs) {
    return ScoreUnit(*Scheme::Compile(set), inputs);
  };
  const Definition set = testing::SetWithExtraPoints();
  const UnitScore plain =
      score(set, {Counted(1, 1), Counted(1, 1), Given(10), Times(0), Given(0), Times(0)});
  EXPECT_EQ(plain.applicable_max, Rational(100));
  EXPECT_EQ(ToExact(plain.points), "90");
  EXPECT_EQ(*plain.index, Rational(90));
  // 2 + 1 of bonus, 1.5 of deduction.
  const UnitScore some =
      score(set, {Counted(1, 1), Counted(1, 1), Given(10), Times(1), Given(1), Times(3)});
  EXPECT_EQ(some.applicable_max, Rational(100));
  EXPECT_EQ(ToExact(some.bonus), "3");
  EXPECT_EQ(ToExact(some.deduction), "1.5");
  EXPECT_EQ(ToExact(some.points), "91.5");
  // 8 + 3 of bonus: the field is cut at 10, all bonus at 4; 20 of deduction at 5.
  const UnitScore capped =
      score(set, {Counted(1, 1), Counted(1, 1), Given(10), Times(4), Given(3), Times(40)});
  EXPECT_EQ(ToExact(capped.bonus), "4");
  EXPECT_EQ(ToExact(capped.deduction), "5");
  EXPECT_EQ(ToExact(capped.points), "89");
  // The index stops at 100, and at 0.
  EXPECT_EQ(
      *score(set, {Counted(1, 1), Counted(1, 1), Given(20), Times(4), Given(0), Times(0)}).index,
      Rational(100));
  const UnitScore nothing =
      score(set, {Counted(0, 1), Counted(0, 1), Given(0), Times(0), Given(0), Times(9)});
  EXPECT_EQ(nothing.points, Rational(0));
  EXPECT_EQ(*nothing.index, Rational(0));
  Definition open = set;
  open.extra_points->index_max.clear();
  EXPECT_EQ(
      *score(open, {Counted(1, 1), Counted(1, 1), Given(20), Times(4), Given(0), Times(0)}).index,
      Rational(104));
}

// R-SCO-54 Where 20 of 100 do not apply, 4 points are 5 percentage points, and 4 percentage points
// are 4.
TEST(ExtraPointsTest, AreAddedWhereTheSetSays) {
  const std::vector<LeafInput> inputs = {Counted(1, 2), Counted(1, 1), NotApplicable(),
                                         Times(2),      Given(0),      Times(0)};
  const UnitScore points =
      ScoreUnit(*Scheme::Compile(testing::SetWithExtraPoints(ExtraScale::kPoints)), inputs);
  EXPECT_EQ(points.applicable_max, Rational(80));
  EXPECT_EQ(points.points, Rational(54));
  EXPECT_EQ(*points.index, Rational(675, 10));
  const UnitScore index =
      ScoreUnit(*Scheme::Compile(testing::SetWithExtraPoints(ExtraScale::kIndex)), inputs);
  EXPECT_EQ(index.applicable_max, Rational(80));
  EXPECT_EQ(index.points, Rational(50));
  EXPECT_EQ(*index.index, Rational(665, 10));
}

// R-SCO-54 What nobody has scored is not zero: the unit has no rank before it is; what does not
// apply adds nothing and takes nothing from the maximum.
TEST(ExtraPointsTest, ZeroNotApplicableAndNotYetScoredDiffer) {
  const Scheme scheme = *Scheme::Compile(testing::SetWithExtraPoints());
  const std::vector<LeafInput> core = {Counted(1, 1), Counted(1, 1), Given(10)};
  const auto with = [&](LeafInput bonus) {
    std::vector<LeafInput> inputs = core;
    inputs.insert(inputs.end(), {Times(1), std::move(bonus), Times(0)});
    return ScoreUnit(scheme, inputs);
  };
  EXPECT_EQ(with(Given(0)).not_yet_scored, 0);
  EXPECT_EQ(with(NotApplicable()).not_applicable, 1);
  EXPECT_EQ(with(NotApplicable()).applicable_max, Rational(100));
  EXPECT_EQ(*with(NotApplicable()).index, *with(Given(0)).index);
  EXPECT_EQ(with(LeafInput{}).not_yet_scored, 1);
}

// R-SCO-54 against whole numbers: tenths of points, no rounding needed.
TEST(ExtraPointsTest, AgreesWithTheIntegerOracle) {
  EXPECT_TRUE(rc::check("extra points = oracle", [] {
    Definition set = testing::SetWithExtraPoints(*rc::gen::arbitrary<bool>() ? ExtraScale::kPoints
                                                                             : ExtraScale::kIndex);
    const int64_t bonus_cap = *rc::gen::inRange<int64_t>(1, 12);
    set.extra_points->bonus_cap = std::to_string(bonus_cap);
    if (*rc::gen::arbitrary<bool>()) set.extra_points->index_max.clear();
    const int64_t given = *rc::gen::inRange<int64_t>(0, 21);
    const int64_t bonus_count = *rc::gen::inRange<int64_t>(0, 8);
    const int64_t bonus_given = *rc::gen::inRange<int64_t>(0, 4);
    const int64_t late = *rc::gen::inRange<int64_t>(0, 30);
    const bool all = *rc::gen::arbitrary<bool>();  // 80 points of the first two leaves, or none
    const UnitScore unit = ScoreUnit(
        *Scheme::Compile(set), {Counted(all ? 1 : 0, 1), Counted(all ? 1 : 0, 1), Given(given),
                                Times(bonus_count), Given(bonus_given), Times(late)});
    const int64_t field =
        std::min<int64_t>(10, std::min<int64_t>(10, 2 * bonus_count) + bonus_given);
    const int64_t bonus = 10 * std::min(bonus_cap, field);
    const int64_t deduction = std::min<int64_t>(50, 5 * late);
    RC_ASSERT(unit.bonus == Rational(bonus, 10));
    RC_ASSERT(unit.deduction == Rational(deduction, 10));
    int64_t index = (all ? 800 : 0) + 10 * given + bonus - deduction;  // out of 100 points
    if (index < 0) index = 0;
    if (!set.extra_points->index_max.empty() && index > 1000) index = 1000;
    RC_ASSERT(*unit.index == Rational(index, 10));
  }));
}

}  // namespace
}  // namespace thidua::scoring::criteria
