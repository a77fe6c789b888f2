#include "scoring/assessments/task_rules.h"

#include "gtest/gtest.h"
#include "scoring/criteria/testing.h"

namespace thidua::scoring::assessments {
namespace {

using absl::CivilDay;
using criteria::Leaf;
using criteria::Scheme;
using criteria::ScoreStatus;

// R-SCO-45
TEST(TaskRulesTest, EveryTaskHasItsLastDay) {
  Windows windows = {CivilDay(2024, 2, 1), CivilDay(2024, 2, 20), CivilDay(2024, 2, 10),
                     CivilDay(2024, 2, 28)};
  EXPECT_EQ(DueDay(TaskKind::kSelfScore, windows, false), CivilDay(2024, 2, 20));
  EXPECT_EQ(DueDay(TaskKind::kSelfScore, windows, true), CivilDay(2024, 2, 28));
  EXPECT_EQ(DueDay(TaskKind::kAppraise, windows, false), CivilDay(2024, 2, 28));
  EXPECT_EQ(DueDay(TaskKind::kExplain, windows, false), std::nullopt);
  windows.explanation = Days{CivilDay(2024, 2, 12), CivilDay(2024, 3, 5)};
  EXPECT_EQ(DueDay(TaskKind::kExplain, windows, false), CivilDay(2024, 3, 5));
  EXPECT_EQ(DueDay(TaskKind::kAnswer, windows, false), std::nullopt);
  EXPECT_EQ(DueDay(TaskKind::kFinalise, windows, false), std::nullopt);
}

// A task is done by the move that its state allows, on the side of that move.
TEST(TaskRulesTest, TasksFollowTheStates) {
  const std::pair<TaskKind, Action> pairs[] = {
      {TaskKind::kSelfScore, Action::kSubmit},
      {TaskKind::kAppraise, Action::kCompleteAppraisal},
      {TaskKind::kExplain, Action::kSubmitExplanation},
      {TaskKind::kAnswer, Action::kCompleteSecondAppraisal},
      {TaskKind::kFinalise, Action::kFinalise}};
  for (const auto& [kind, action] : pairs) {
    EXPECT_EQ(SideOf(kind), SideOf(action));
    EXPECT_FALSE(PermissionOf(kind).empty());
    for (const State state : StatesOf(kind)) EXPECT_TRUE(After(state, action).has_value());
  }
}

class WaitingTest : public ::testing::Test {
 protected:
  void Give(const std::string& criterion, Layer layer, int points,
            ScoreStatus status = ScoreStatus::kScored) {
    Score& score = scores_.emplace_back();
    score.entry = static_cast<int>(scores_.size());
    score.criterion = criterion;
    score.layer = layer;
    score.status = status;
    score.points = points;
  }
  int Waiting(TaskKind kind, const std::string& field = "") const {
    return WaitingLeaves(kind, scheme_, scores_, explained_, [&](const Leaf& leaf) {
      return field.empty() || leaf.field_code == field;
    });
  }

  const Scheme scheme_ = *Scheme::Compile(criteria::testing::CommuneSet());
  std::vector<Score> scores_;
  std::vector<Explained> explained_;
};

// R-SCO-46
TEST_F(WaitingTest, LeavesWaitUntilTheyAreScoredAppraisedExplainedAnswered) {
  EXPECT_EQ(Waiting(TaskKind::kSelfScore), 1);  // II.1; the others are computed
  Give("II.1", Layer::kSelf, 18);
  EXPECT_EQ(Waiting(TaskKind::kSelfScore), 0);
  EXPECT_EQ(Waiting(TaskKind::kAppraise), 3);
  Give("I.1", Layer::kComputed, 50);
  Give("I.2", Layer::kComputed, 0, ScoreStatus::kNotYetScored);
  EXPECT_EQ(Waiting(TaskKind::kAppraise), 2);
  EXPECT_EQ(Waiting(TaskKind::kAppraise, "I"), 1);
  EXPECT_EQ(Waiting(TaskKind::kAppraise, "II"), 1);
  Give("I.2", Layer::kAppraised, 20);
  Give("II.1", Layer::kAppraised, 17);
  EXPECT_EQ(Waiting(TaskKind::kAppraise), 0);
  EXPECT_EQ(Waiting(TaskKind::kExplain), 2);  // I.2 against what was computed, II.1
  explained_ = {{1, "II.1", 5}};
  EXPECT_EQ(Waiting(TaskKind::kExplain), 1);
  EXPECT_EQ(Waiting(TaskKind::kAnswer), 1);
  Give("II.1", Layer::kReappraised, 17);
  EXPECT_EQ(Waiting(TaskKind::kAnswer), 0);
  EXPECT_EQ(Waiting(TaskKind::kFinalise), 0);
}

}  // namespace
}  // namespace thidua::scoring::assessments
