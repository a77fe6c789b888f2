#include "campaign/plans/rules_lifecycle.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;

constexpr Move kAll[] = {Move::kUpdate, Move::kResolveFinding, Move::kIssue,      Move::kSetTheme,
                         Move::kLaunch, Move::kClose,          Move::kImportTasks};

TEST(Lifecycle, R_PLN_01_LegalMovesOfEachState) {
  EXPECT_THAT(LegalMoves(State::kDraft), ElementsAre("UpdatePlan", "ResolveFinding", "IssuePlan",
                                                     "SetPlanTheme", "ImportPlanTasks"));
  EXPECT_THAT(LegalMoves(State::kIssued),
              ElementsAre("SetPlanTheme", "LaunchPlan", "ImportPlanTasks"));
  EXPECT_THAT(LegalMoves(State::kLaunched),
              ElementsAre("SetPlanTheme", "ClosePlan", "ImportPlanTasks"));
  EXPECT_THAT(LegalMoves(State::kClosed), ElementsAre());
}

TEST(Lifecycle, R_PLN_01_NoWayBackAndNoStepLeftOut) {
  EXPECT_TRUE(rc::check("any sequence of moves", [] {
    State state = State::kDraft;
    for (const int choice : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7))) {
      const Move move = kAll[choice];
      if (!MayMove(state, move)) continue;
      const State next = After(state, move);
      RC_ASSERT(static_cast<int>(next) - static_cast<int>(state) >= 0);
      RC_ASSERT(static_cast<int>(next) - static_cast<int>(state) <= 1);
      state = next;
    }
  }));
}

TEST(Lifecycle, TextsComeBack) {
  for (const State state : {State::kDraft, State::kIssued, State::kLaunched, State::kClosed}) {
    EXPECT_EQ(StateFrom(TextOf(state)), state);
    EXPECT_NE(StateNameVi(state), "");
  }
  EXPECT_EQ(StateFrom("x"), std::nullopt);
}

}  // namespace
}  // namespace thidua::campaign::plans
