#include "scoring/rankings/rules.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::rankings {
namespace {

using criteria::Definition;
using criteria::LeafInput;
using criteria::Scheme;
using criteria::Stage;
using numbers::ParseDecimal;
using numbers::Rational;
using numbers::RoundingMode;

LeafInput Given(const std::string& points) {
  LeafInput input;
  input.kind = LeafInput::Kind::kGiven;
  input.given = *ParseDecimal(points);
  return input;
}
LeafInput NotApplicable() {
  LeafInput input;
  input.kind = LeafInput::Kind::kNotApplicable;
  return input;
}

// Two manual leaves, 60 and 40 points.
Definition TwoLeaves(std::vector<std::string> tie_break = {}) {
  Definition set;
  set.fields = {criteria::testing::OneField(
      "I", "100",
      {criteria::testing::Leaf("a", "60", criteria::testing::Manual(), true),
       criteria::testing::Leaf("b", "40", criteria::testing::Manual(), true)})};
  set.rounding = {{Stage::kIndex, RoundingMode::kHalfUp, 2}};
  set.bands = criteria::testing::Bands();
  set.tie_break_criteria = std::move(tie_break);
  return set;
}

Candidate Unit(std::string id, LeafInput a, LeafInput b, bool finalised = true) {
  return {std::move(id), finalised, {std::move(a), std::move(b)}};
}

using Order = std::vector<std::pair<std::string, int>>;
Order Ranks(const std::vector<Standing>& standings) {
  Order order;
  for (const Standing& standing : standings) order.emplace_back(standing.unit_id, standing.rank);
  return order;
}

// R-SCO-30
// shows: S4-20
TEST(RankTest, EqualIndicesShareARankAndTheNextIsLeftOut) {
  const Scheme scheme = *Scheme::Compile(TwoLeaves());
  const std::vector<Standing> standings =
      Rank(scheme, {Unit("d", Given("10"), Given("10")), Unit("c", Given("50"), Given("35.42")),
                    Unit("a", Given("50"), Given("40")), Unit("b", Given("60"), Given("25.42"))});
  EXPECT_EQ(Ranks(standings), (Order{{"a", 1}, {"b", 2}, {"c", 2}, {"d", 4}}));
  EXPECT_EQ(standings[0].band, "Xuất sắc");
  EXPECT_EQ(standings[1].band, "Tốt");
  EXPECT_EQ(standings[3].band, "Yếu");
}

// R-SCO-30 Indices are compared as published: 90.004 and 90.00 are both 90.00.
TEST(RankTest, ComparesTheRoundedIndex) {
  const Scheme scheme = *Scheme::Compile(TwoLeaves());
  EXPECT_EQ(Ranks(Rank(scheme, {Unit("a", Given("50"), Given("40")),
                                Unit("b", Given("50.004"), Given("40")),
                                Unit("c", Given("50.005"), Given("40"))})),
            (Order{{"c", 1}, {"a", 2}, {"b", 2}}));
}

// R-SCO-30 Cần Thơ decides ties by an ordered chain of criteria.
TEST(RankTest, TheTieBreakChainDecides) {
  const Scheme scheme = *Scheme::Compile(TwoLeaves({"b", "a"}));
  EXPECT_EQ(Ranks(Rank(scheme,
                       {Unit("a", Given("60"), Given("20")), Unit("b", Given("50"), Given("30")),
                        Unit("c", Given("50"), Given("30")), Unit("d", Given("45"), Given("35"))})),
            (Order{{"d", 1}, {"b", 2}, {"c", 2}, {"a", 4}}));
}

TEST(RankTest, ACriterionThatDoesNotApplyComesAfterZeroInTheChain) {
  const Scheme scheme = *Scheme::Compile(TwoLeaves({"b"}));
  EXPECT_EQ(Ranks(Rank(scheme, {Unit("na", Given("0"), NotApplicable()),
                                Unit("zero", Given("0"), Given("0"))})),
            (Order{{"zero", 1}, {"na", 2}}));
}

// R-SCO-31
TEST(RankTest, UnitsWithoutDataAreListedAndNotRanked) {
  const Scheme scheme = *Scheme::Compile(TwoLeaves());
  const std::vector<Standing> standings = Rank(
      scheme, {Unit("draft", Given("60"), Given("40"), false), Unit("zero", Given("0"), Given("0")),
               Unit("exempt", NotApplicable(), NotApplicable()),
               Unit("half", Given("30"), LeafInput{}), Unit("best", Given("60"), Given("40"))});
  EXPECT_EQ(Ranks(standings),
            (Order{{"best", 1}, {"zero", 2}, {"draft", 0}, {"exempt", 0}, {"half", 0}}));
  EXPECT_EQ(standings[2].not_ranked_reason, "ASSESSMENT_NOT_FINALISED");
  EXPECT_EQ(standings[3].not_ranked_reason, "NOTHING_APPLICABLE");
  EXPECT_EQ(standings[4].not_ranked_reason, "NOT_YET_SCORED");
  EXPECT_EQ(standings[1].band, "Yếu");
  EXPECT_EQ(standings[2].band, "");
}

// R-SCO-32
// shows: S4-20
TEST(RankTest, ChangeIsAgainstTheYearBefore) {
  EXPECT_EQ(RankChange(5, 2), 3);
  EXPECT_EQ(RankChange(2, 5), -3);
  EXPECT_EQ(RankChange(0, 5), 0);
  EXPECT_EQ(RankChange(5, 0), 0);
}

std::vector<Candidate> AnyCandidates() {
  std::vector<Candidate> candidates;
  const int count = *rc::gen::inRange(0, 25);
  for (int i = 0; i < count; ++i) {
    const auto leaf = [](int max) {
      // Few distinct values, so that ties are frequent.
      return *rc::gen::inRange(0, 8) == 0
                 ? NotApplicable()
                 : Given(std::to_string(*rc::gen::inRange(0, 5) * max / 4));
    };
    candidates.push_back(
        Unit("u" + std::to_string(i), leaf(60), leaf(40), *rc::gen::inRange(0, 10) != 0));
  }
  return candidates;
}

// R-SCO-30 The oracle: a unit's rank is one more than the number of units that are strictly better,
// each pair compared by cross multiplication of integers. Order of the candidates does not matter.
TEST(RankTest, AgreesWithCountingBetterUnitsInAnyOrder) {
  EXPECT_TRUE(rc::check("rank = 1 + number of better units", [] {
    const bool chain = *rc::gen::arbitrary<bool>();
    const Scheme scheme = *Scheme::Compile(
        TwoLeaves(chain ? std::vector<std::string>{"a"} : std::vector<std::string>{}));
    const std::vector<Candidate> candidates = AnyCandidates();
    const std::vector<Standing> standings = Rank(scheme, candidates);

    using Score =
        std::tuple<int64_t, int64_t>;  // index in hundredths of a percent, points of "a" (−1: n/a)
    std::map<std::string, Score> scores;
    for (const Candidate& c : candidates) {
      const bool a = c.inputs[0].kind == LeafInput::Kind::kGiven;
      const bool b = c.inputs[1].kind == LeafInput::Kind::kGiven;
      const int64_t max = (a ? 60 : 0) + (b ? 40 : 0);
      if (!c.finalised || max == 0) continue;
      const int64_t pa = a ? numerator(c.inputs[0].given).convert_to<int64_t>() : 0;
      const int64_t pb = b ? numerator(c.inputs[1].given).convert_to<int64_t>() : 0;
      scores[c.unit_id] = {(2 * (pa + pb) * 10000 + max) / (2 * max), !chain ? 0 : a ? pa : -1};
    }
    RC_ASSERT(standings.size() == candidates.size());
    for (const Standing& standing : standings) {
      const auto mine = scores.find(standing.unit_id);
      if (mine == scores.end()) {
        RC_ASSERT(standing.rank == 0);
        continue;
      }
      const auto better = std::count_if(scores.begin(), scores.end(), [&](const auto& other) {
        return other.second > mine->second;
      });
      RC_ASSERT(standing.rank == 1 + static_cast<int>(better));
    }
    std::vector<Candidate> shuffled = candidates;
    for (size_t i = shuffled.size(); i > 1; --i) {
      std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<size_t>(0, i)]);
    }
    RC_ASSERT(Ranks(Rank(scheme, shuffled)) == Ranks(standings));
  }));
}

}  // namespace
}  // namespace thidua::scoring::rankings
