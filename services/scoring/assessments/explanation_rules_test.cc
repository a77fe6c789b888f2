#include "scoring/assessments/explanation_rules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scoring/assessments/lead_rules.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using criteria::Scheme;
using criteria::ScoreStatus;
using numbers::Rational;
using ::testing::ElementsAre;

Score At(const std::string& criterion, int entry, Layer layer, ScoreStatus status,
         Rational points = 0) {
  Score score;
  score.entry = entry;
  score.criterion = criterion;
  score.layer = layer;
  score.status = status;
  score.points = std::move(points);
  return score;
}

class ExplanationRulesTest : public ::testing::Test {
 protected:
  void Give(int entry, Layer layer, Rational points) {
    scores_.push_back(At("II.1", entry, layer, ScoreStatus::kScored, std::move(points)));
  }
  bool MayExplainNow() const { return Explainable(manual_, NewestOf("II.1", scores_)); }
  Outcome Of(int item) const {
    for (const Explained& one : explained_) {
      if (one.item == item) {
        return OutcomeOf(manual_, NewestOf("II.1", scores_), explained_, one);
      }
    }
    ADD_FAILURE() << "no explanation " << item;
    return Outcome::kOpen;
  }

  const Scheme scheme_ = *Scheme::Compile(criteria::testing::CommuneSet());
  const criteria::Leaf& automatic_ = *scheme_.Find("I.1");
  const criteria::Leaf& manual_ = *scheme_.Find("II.1");
  std::vector<Score> scores_;
  std::vector<Explained> explained_;
};

// R-SCO-40
TEST_F(ExplanationRulesTest, WhatDiffersFromTheSelfScoreMayBeExplained) {
  EXPECT_FALSE(MayExplainNow());
  Give(1, Layer::kSelf, 20);
  EXPECT_FALSE(MayExplainNow());  // nothing counts yet
  Give(2, Layer::kAppraised, 20);
  EXPECT_FALSE(MayExplainNow());
  Give(3, Layer::kAppraised, 17);
  EXPECT_TRUE(MayExplainNow());
  // The answer does not close what it answers.
  Give(4, Layer::kReappraised, 20);
  EXPECT_TRUE(MayExplainNow());
}

// R-SCO-40
TEST_F(ExplanationRulesTest, AComputationMayBeExplainedOnlyAgainstWhatTheUnitGaveItself) {
  scores_ = {At("I.1", 1, Layer::kComputed, ScoreStatus::kScored, 54)};
  EXPECT_FALSE(Explainable(automatic_, NewestOf("I.1", scores_)));
  scores_.push_back(At("I.1", 2, Layer::kAppraised, ScoreStatus::kScored, 50));
  EXPECT_TRUE(Explainable(automatic_, NewestOf("I.1", scores_)));
  scores_ = {At("I.1", 1, Layer::kSelf, ScoreStatus::kScored, 60),
             At("I.1", 2, Layer::kComputed, ScoreStatus::kScored, 54)};
  EXPECT_TRUE(Explainable(automatic_, NewestOf("I.1", scores_)));
  scores_ = {At("I.1", 1, Layer::kSelf, ScoreStatus::kNotApplicable),
             At("I.1", 2, Layer::kComputed, ScoreStatus::kNotApplicable)};
  EXPECT_FALSE(Explainable(automatic_, NewestOf("I.1", scores_)));
}

// R-SCO-41
TEST_F(ExplanationRulesTest, WhatBecameOfAnExplanation) {
  Give(1, Layer::kSelf, 20);
  Give(2, Layer::kAppraised, 17);
  explained_ = {{1, "II.1", 2}, {2, "I.1", 9}};
  EXPECT_EQ(Of(1), Outcome::kOpen);
  explained_.push_back({3, "II.1", 2});
  EXPECT_EQ(Of(1), Outcome::kSuperseded);
  EXPECT_EQ(Of(3), Outcome::kOpen);
  Give(3, Layer::kReappraised, 17);
  EXPECT_EQ(Of(3), Outcome::kKept);
  Give(4, Layer::kReappraised, 19);
  EXPECT_EQ(Of(3), Outcome::kAccepted);
  EXPECT_EQ(Of(1), Outcome::kSuperseded);
}

// R-SCO-41
TEST_F(ExplanationRulesTest, ALaterAppraisalIsNotTheOneThatWasExplained) {
  Give(1, Layer::kSelf, 20);
  Give(2, Layer::kAppraised, 17);
  explained_ = {{1, "II.1", 2}};
  Give(3, Layer::kAppraised, 18);
  EXPECT_EQ(Of(1), Outcome::kSuperseded);
  EXPECT_EQ(Standing(manual_, NewestOf("II.1", scores_), explained_), nullptr);
}

// R-SCO-21 The answer counts, and one that keeps the appraisal keeps it.
TEST_F(ExplanationRulesTest, TheAnswerCountsWhileItIsTheNewest) {
  Give(1, Layer::kSelf, 20);
  Give(2, Layer::kAppraised, 17);
  Give(3, Layer::kReappraised, 19);
  EXPECT_EQ(Counting(manual_, NewestOf("II.1", scores_))->entry, 3);
  Give(4, Layer::kAppraised, 16);
  EXPECT_EQ(Counting(manual_, NewestOf("II.1", scores_))->entry, 4);
}

// R-SCO-42
TEST_F(ExplanationRulesTest, WhoAppraisedDoesNotAnswer) {
  EXPECT_FALSE(MayAnswer({"person:a", "person:b"}, "person:b"));
  EXPECT_TRUE(MayAnswer({"person:a", "person:b"}, "person:c"));
  EXPECT_TRUE(MayAnswer({}, "person:c"));
}

// R-SCO-43
TEST_F(ExplanationRulesTest, TheFinalWordWaitsForTheExplanation) {
  Windows windows;
  const CivilDay last(2024, 3, 5);
  EXPECT_FALSE(WaitsForExplanation(windows, 3, CivilDay(2024, 3, 1)));  // no such round
  windows.explanation = Days{CivilDay(2024, 2, 20), last};
  EXPECT_TRUE(WaitsForExplanation(windows, 1, CivilDay(2024, 2, 10)));  // not yet begun
  EXPECT_TRUE(WaitsForExplanation(windows, 1, last));
  EXPECT_FALSE(WaitsForExplanation(windows, 1, last + 1));
  EXPECT_FALSE(WaitsForExplanation(windows, 0, last));
}

// R-SCO-24
TEST_F(ExplanationRulesTest, BothEndsBelongToTheWindow) {
  Windows windows;
  EXPECT_FALSE(MayExplain(windows, CivilDay()));
  windows.explanation = Days{CivilDay(2024, 2, 20), CivilDay(2024, 3, 5)};
  EXPECT_FALSE(MayExplain(windows, CivilDay(2024, 2, 19)));
  EXPECT_TRUE(MayExplain(windows, CivilDay(2024, 2, 20)));
  EXPECT_TRUE(MayExplain(windows, CivilDay(2024, 3, 5)));
  EXPECT_FALSE(MayExplain(windows, CivilDay(2024, 3, 6)));
}

// R-SCO-44
TEST(LeadRulesTest, AFieldIsJudgedByItsLeadsAndNobodyLeadsTheirOwnAssessment) {
  const std::vector<FieldLead> leads = {{"I", {"finance", "justice"}}, {"II", {"justice"}}};
  EXPECT_THAT(JudgingUnits(leads, "I", "commune", "district"), ElementsAre("finance", "justice"));
  EXPECT_THAT(JudgingUnits(leads, "III", "commune", "district"), ElementsAre("commune"));
  EXPECT_THAT(JudgingUnits({}, "I", "commune", "district"), ElementsAre("commune"));
  EXPECT_THAT(JudgingUnits(leads, "I", "justice", "district"), ElementsAre("finance"));
  EXPECT_THAT(JudgingUnits(leads, "II", "justice", "district"), ElementsAre("district"));
}

}  // namespace
}  // namespace thidua::scoring::assessments
