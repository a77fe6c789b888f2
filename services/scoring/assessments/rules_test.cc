#include "scoring/assessments/rules.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"
#include "scoring/assessments/report_rules.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using criteria::LeafInput;
using criteria::Scheme;
using criteria::ScoreStatus;
using numbers::Rational;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// R-SCO-20
// shows: S1-12
TEST(StateTest, OnlyTheStatesStepsAreAllowed) {
  const std::map<std::pair<State, Action>, State> allowed = {
      {{State::kDraft, Action::kSelfScore}, State::kDraft},
      {{State::kDraft, Action::kSubmit}, State::kSubmitted},
      {{State::kSubmitted, Action::kCompute}, State::kSubmitted},
      {{State::kSubmitted, Action::kAppraise}, State::kSubmitted},
      {{State::kSubmitted, Action::kCompleteAppraisal}, State::kAppraised},
      {{State::kSubmitted, Action::kReturn}, State::kDraft},
      {{State::kAppraised, Action::kReturn}, State::kSubmitted},
      {{State::kAppraised, Action::kExplain}, State::kAppraised},
      {{State::kAppraised, Action::kSubmitExplanation}, State::kExplained},
      {{State::kAppraised, Action::kFinalise}, State::kFinalised},
      {{State::kExplained, Action::kAnswer}, State::kExplained},
      {{State::kExplained, Action::kCompleteSecondAppraisal}, State::kReappraised},
      {{State::kReappraised, Action::kReturn}, State::kExplained},
      {{State::kReappraised, Action::kFinalise}, State::kFinalised},
  };
  for (State state : {State::kDraft, State::kSubmitted, State::kAppraised, State::kFinalised,
                      State::kExplained, State::kReappraised}) {
    EXPECT_EQ(StateOf(Name(state)), state);
    EXPECT_FALSE(VietnameseName(state).empty());
    for (int action = 0; action <= static_cast<int>(Action::kFinalise); ++action) {
      const auto found = allowed.find({state, static_cast<Action>(action)});
      const std::optional<State> expected =
          found == allowed.end() ? std::nullopt : std::optional<State>(found->second);
      EXPECT_EQ(After(state, static_cast<Action>(action)), expected)
          << Name(state) << " " << action;
    }
  }
  EXPECT_THAT(LegalMoves(State::kAppraised),
              ElementsAre("ReturnAssessment", "ExplainAppraisal", "SubmitExplanation",
                          "FinaliseAssessment"));
  EXPECT_THAT(LegalMoves(State::kExplained),
              ElementsAre("AnswerExplanation", "CompleteSecondAppraisal"));
  EXPECT_THAT(LegalMoves(State::kFinalised), IsEmpty());
}

// R-SCO-26
TEST(SeparationTest, NobodyActsOnBothSides) {
  for (const Action own :
       {Action::kSelfScore, Action::kSubmit, Action::kExplain, Action::kSubmitExplanation}) {
    EXPECT_EQ(SideOf(own), Side::kUnit);
  }
  for (const Action judging :
       {Action::kCompute, Action::kAppraise, Action::kCompleteAppraisal, Action::kReturn,
        Action::kAnswer, Action::kCompleteSecondAppraisal, Action::kFinalise}) {
    EXPECT_EQ(SideOf(judging), Side::kJudge);
  }
  EXPECT_TRUE(MayActOn(Side::kUnit, {}));
  EXPECT_TRUE(MayActOn(Side::kJudge, {}));
  EXPECT_TRUE(MayActOn(Side::kUnit, {.for_unit = true}));
  EXPECT_FALSE(MayActOn(Side::kJudge, {.for_unit = true}));
  EXPECT_TRUE(MayActOn(Side::kJudge, {.as_judge = true}));
  EXPECT_FALSE(MayActOn(Side::kUnit, {.as_judge = true}));
  // One who did both before this was refused goes on with neither.
  EXPECT_FALSE(MayActOn(Side::kUnit, {.for_unit = true, .as_judge = true}));
  EXPECT_FALSE(MayActOn(Side::kJudge, {.for_unit = true, .as_judge = true}));
}

Score At(int entry, Layer layer, ScoreStatus status, Rational points = 0) {
  Score score;
  score.entry = entry;
  score.criterion = "I.1";
  score.layer = layer;
  score.status = status;
  score.points = std::move(points);
  return score;
}

class LayersTest : public ::testing::Test {
 protected:
  const Scheme scheme_ = *Scheme::Compile(criteria::testing::CommuneSet());
  const criteria::Leaf& automatic_ = *scheme_.Find("I.1");
  const criteria::Leaf& manual_ = *scheme_.Find("II.1");
};

// R-SCO-21
// shows: S1-13
TEST_F(LayersTest, ASelfScoreAloneNeverCounts) {
  const std::vector<Score> scores = {At(1, Layer::kSelf, ScoreStatus::kScored, 20)};
  const LeafScores newest = NewestOf("I.1", scores);
  EXPECT_EQ(Counting(manual_, newest), nullptr);
  EXPECT_EQ(Counting(automatic_, newest), nullptr);
  EXPECT_EQ(Shown(manual_, newest), &scores[0]);
}

// R-SCO-22
TEST_F(LayersTest, FinalIsShownBeforeWhatCountsThatBeforeTheComputedAndTheSelfScoreLast) {
  std::vector<Score> scores = {At(1, Layer::kComputed, ScoreStatus::kScored, 18)};
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", {})), nullptr);
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", scores))->entry, 1);
  scores.push_back(At(2, Layer::kSelf, ScoreStatus::kScored, 20));
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", scores))->entry, 1);
  scores.push_back(At(3, Layer::kAppraised, ScoreStatus::kScored, 17));
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", scores))->entry, 3);
  scores.push_back(At(4, Layer::kFinal, ScoreStatus::kScored, 16));
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", scores))->entry, 4);
}

// R-SCO-21
TEST_F(LayersTest, TheAppraisalCountsWhileItIsTheNewest) {
  std::vector<Score> scores = {At(1, Layer::kSelf, ScoreStatus::kScored, 20),
                               At(2, Layer::kComputed, ScoreStatus::kScored, 18),
                               At(3, Layer::kAppraised, ScoreStatus::kScored, 17)};
  EXPECT_EQ(Counting(automatic_, NewestOf("I.1", scores))->entry, 3);
  scores.push_back(At(4, Layer::kComputed, ScoreStatus::kScored, 19));
  EXPECT_EQ(Counting(automatic_, NewestOf("I.1", scores))->entry, 4);
  scores.push_back(At(5, Layer::kAppraised, ScoreStatus::kScored, 17));
  EXPECT_EQ(Counting(automatic_, NewestOf("I.1", scores))->entry, 5);
  scores.push_back(At(6, Layer::kSelf, ScoreStatus::kScored, 19));
  EXPECT_EQ(Counting(manual_, NewestOf("I.1", scores)), nullptr);
  scores.push_back(At(7, Layer::kFinal, ScoreStatus::kScored, 17));
  EXPECT_EQ(Shown(manual_, NewestOf("I.1", scores))->entry, 7);
}

TEST_F(LayersTest, ScoresOfOtherLeavesAreNotMixedIn) {
  std::vector<Score> scores = {At(1, Layer::kAppraised, ScoreStatus::kScored, 20)};
  EXPECT_EQ(Counting(manual_, NewestOf("II.1", scores)), nullptr);
}

TEST_F(LayersTest, WhatCountsBecomesTheInputOfTheRule) {
  Score computed = At(1, Layer::kComputed, ScoreStatus::kScored, 54);
  computed.inputs = {{"numerator", 9}, {"denominator", 10}};
  EXPECT_EQ(InputOf(&computed).kind, LeafInput::Kind::kInputs);
  EXPECT_EQ(scheme_.ScoreLeaf(automatic_, InputOf(&computed)).points, Rational(54));
  const Score given = At(2, Layer::kAppraised, ScoreStatus::kScored, 50);
  EXPECT_EQ(scheme_.ScoreLeaf(automatic_, InputOf(&given)).points, Rational(50));
  const Score exempt = At(3, Layer::kAppraised, ScoreStatus::kNotApplicable);
  EXPECT_EQ(InputOf(&exempt).kind, LeafInput::Kind::kNotApplicable);
  EXPECT_EQ(InputOf(nullptr).kind, LeafInput::Kind::kNothing);
}

// R-SCO-23
// shows: S1-14
TEST_F(LayersTest, AnAppraisalThatDiffersNeedsAReason) {
  const std::vector<Score> scores = {At(1, Layer::kSelf, ScoreStatus::kScored, 20),
                                     At(2, Layer::kComputed, ScoreStatus::kScored, 18)};
  const LeafScores newest = NewestOf("I.1", scores);
  EXPECT_FALSE(NeedsReason(manual_, newest, ScoreStatus::kScored, 20));
  EXPECT_TRUE(NeedsReason(manual_, newest, ScoreStatus::kScored, Rational(1999, 100)));
  EXPECT_TRUE(NeedsReason(manual_, newest, ScoreStatus::kNotApplicable, 0));
  EXPECT_FALSE(NeedsReason(automatic_, newest, ScoreStatus::kScored, 18));
  EXPECT_TRUE(NeedsReason(automatic_, newest, ScoreStatus::kScored, 20));
  EXPECT_FALSE(NeedsReason(manual_, LeafScores{}, ScoreStatus::kScored, 20));
}

// R-SCO-24
TEST(WindowTest, BothEndsBelongToIt) {
  const Windows windows = {CivilDay(2024, 1, 2), CivilDay(2024, 1, 10), CivilDay(2024, 1, 11),
                           CivilDay(2024, 1, 31)};
  EXPECT_FALSE(MaySelfScore(windows, false, CivilDay(2024, 1, 1)));
  EXPECT_TRUE(MaySelfScore(windows, false, CivilDay(2024, 1, 2)));
  EXPECT_TRUE(MaySelfScore(windows, false, CivilDay(2024, 1, 10)));
  EXPECT_FALSE(MaySelfScore(windows, false, CivilDay(2024, 1, 11)));
  EXPECT_TRUE(MaySelfScore(windows, true, CivilDay(2024, 1, 31)));
  EXPECT_FALSE(MaySelfScore(windows, true, CivilDay(2024, 2, 1)));
  EXPECT_FALSE(MayAppraise(windows, CivilDay(2024, 1, 10)));
  EXPECT_TRUE(MayAppraise(windows, CivilDay(2024, 1, 11)));
  EXPECT_TRUE(MayAppraise(windows, CivilDay(2024, 1, 31)));
  EXPECT_FALSE(MayAppraise(windows, CivilDay(2024, 2, 1)));
}

TEST(PeriodTest, YearsHalvesQuartersMonths) {
  const auto days = [](const char* text) { return *PeriodDays(text); };
  EXPECT_EQ(days("2023"), std::pair(CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)));
  EXPECT_EQ(days("2023-H2"), std::pair(CivilDay(2023, 7, 1), CivilDay(2023, 12, 31)));
  EXPECT_EQ(days("2024-Q1"), std::pair(CivilDay(2024, 1, 1), CivilDay(2024, 3, 31)));
  EXPECT_EQ(days("2024-02"), std::pair(CivilDay(2024, 2, 1), CivilDay(2024, 2, 29)));
  for (const char* bad : {"", "23", "2023-", "2023-Q0", "2023-Q5", "2023-H3", "2023-13", "2023-00",
                          "2023/Q1", "2023-Q1x", "abcd", "1899"}) {
    EXPECT_EQ(PeriodDays(bad), std::nullopt) << bad;
  }
}

// R-SCO-27 A type that people score and that knows nothing of the parameters of MANUAL. What a
// person gave counts as given, whatever the type would compute.
TEST(RuleTypeTest, ASecondTypeOfPeopleNeedsNoParametersOfTheFirst) {
  criteria::RuleType type;
  type.type = "WHOLE_OR_NOTHING";
  type.evaluate = [](const Rational&, const criteria::Parameters&, const criteria::Inputs&) {
    return criteria::Outcome{ScoreStatus::kScored, 0, "không đạt"};
  };
  criteria::Leaf leaf;
  leaf.max_points = 20;
  leaf.rule = &type;
  LeafInput input;
  input.kind = LeafInput::Kind::kGiven;
  input.given = 19;
  const Scheme scheme = *Scheme::Compile(criteria::testing::CommuneSet());
  EXPECT_EQ(scheme.ScoreLeaf(leaf, input).points, Rational(19));

  Score self;
  self.points = 20;
  EXPECT_FALSE(LacksProof(leaf, self, false));  // it asks for none
  type.needs_evidence = [](const criteria::Parameters& parameters) { return parameters.empty(); };
  EXPECT_TRUE(LacksProof(leaf, self, false));
  EXPECT_FALSE(LacksProof(leaf, self, true));
  self.points = 0;
  EXPECT_FALSE(LacksProof(leaf, self, false));
}

TEST(RuleTypeTest, EveryTypeSaysWhatItNeeds) {
  for (const criteria::RuleType& type : criteria::RuleTypes()) {
    EXPECT_NE(type.evaluate, nullptr) << type.type;
    EXPECT_EQ(type.metric != nullptr, type.automatic) << type.type;
    EXPECT_FALSE(type.automatic && type.needs_evidence != nullptr) << type.type;
  }
  const criteria::RuleType& manual = *criteria::FindRuleType("MANUAL");
  EXPECT_TRUE(manual.needs_evidence(criteria::WithDefaults(manual, {})));
  EXPECT_FALSE(manual.needs_evidence({{"evidence", "OPTIONAL"}}));
}

// R-SCO-25
// shows: S4-21
TEST(ReportsTest, OnTimeLateMissingAndWhatIsNotCounted) {
  const CivilDay due(2023, 6, 20);
  const std::vector<Report> reports = {{due, due},
                                       {due, due - 3},
                                       {due, due + 1},
                                       {due, std::nullopt},
                                       {CivilDay(2023, 9, 20), std::nullopt},
                                       {std::nullopt, due + 90},
                                       {std::nullopt, std::nullopt}};
  const ReportCounts counts = CountReports(reports, CivilDay(2023, 9, 20));
  EXPECT_EQ(counts.on_time, 2);
  EXPECT_EQ(counts.late, 1);
  EXPECT_EQ(counts.missing, 1);
  EXPECT_EQ(counts.pending, 1);
  EXPECT_EQ(counts.undated, 2);  // filed or not
  EXPECT_EQ(counts.due(), 4);
  // Seen from the due date itself nothing was missing yet, and what was filed later was not filed.
  const ReportCounts earlier = CountReports(reports, due);
  EXPECT_EQ(earlier.on_time, 2);
  EXPECT_EQ(earlier.late + earlier.missing, 0);
}

// R-SCO-25 As time goes on nothing that was counted is forgotten, and every report is in one
// bucket.
TEST(ReportsTest, CountsGrowWithTimeAndAddUp) {
  EXPECT_TRUE(rc::check("report counts", [] {
    std::vector<Report> reports;
    const int count = *rc::gen::inRange(0, 12);
    const CivilDay start(2023, 1, 1);
    for (int i = 0; i < count; ++i) {
      Report report;
      if (*rc::gen::inRange(0, 5) != 0) report.due = start + *rc::gen::inRange(0, 100);
      if (*rc::gen::inRange(0, 3) != 0) report.filed = start + *rc::gen::inRange(0, 130);
      reports.push_back(report);
    }
    ReportCounts last;
    for (int day = 0; day <= 140; day += 7) {
      const ReportCounts now = CountReports(reports, start + day);
      RC_ASSERT(now.on_time + now.late + now.missing + now.pending + now.undated == count);
      RC_ASSERT(now.on_time >= last.on_time);
      RC_ASSERT(now.late + now.missing >= last.late + last.missing);
      last = now;
    }
  }));
}

}  // namespace
}  // namespace thidua::scoring::assessments
