#include "campaign/issues/rules_issues.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::issues {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr State kStates[] = {State::kRaised, State::kForwarded, State::kReturned, State::kAnswered};
constexpr Move kMoves[] = {Move::kRaise,      Move::kForward, Move::kReturn,
                           Move::kSupplement, Move::kAnswer,  Move::kSendBack};

// shows: S4-33
TEST(Course, R_ISS_01_ThroughTheCoordinatorToTheIssuerAndNotPastThem) {
  EXPECT_EQ(After(Move::kRaise), State::kRaised);
  EXPECT_FALSE(MayMove(State::kRaised, Move::kAnswer)) << "the coordinator has it first";
  EXPECT_TRUE(MayMove(State::kRaised, Move::kForward));
  EXPECT_EQ(After(Move::kForward), State::kForwarded);
  EXPECT_TRUE(MayMove(State::kForwarded, Move::kAnswer));
  EXPECT_EQ(After(Move::kAnswer), State::kAnswered);
  for (const Move move : kMoves) EXPECT_FALSE(MayMove(State::kAnswered, move)) << TextOf(move);
}

TEST(Course, R_ISS_01_ReturnedFromEitherAndBroughtAgain) {
  EXPECT_TRUE(MayMove(State::kRaised, Move::kReturn));
  EXPECT_FALSE(MayMove(State::kForwarded, Move::kReturn)) << "it has left the coordinator";
  EXPECT_TRUE(MayMove(State::kForwarded, Move::kSendBack));
  EXPECT_EQ(After(Move::kReturn), State::kReturned);
  EXPECT_EQ(After(Move::kSendBack), State::kReturned);
  EXPECT_TRUE(MayMove(State::kReturned, Move::kSupplement));
  EXPECT_EQ(After(Move::kSupplement), State::kRaised);
}

TEST(Course, R_ISS_01_TheRpcsNamedAreThoseThatAreOpen) {
  EXPECT_THAT(LegalMoves(State::kRaised), ElementsAre("ForwardIssue", "ReturnIssue"));
  EXPECT_THAT(LegalMoves(State::kForwarded), ElementsAre("DecideIssue"));
  EXPECT_THAT(LegalMoves(State::kReturned), ElementsAre("SupplementIssue"));
  EXPECT_THAT(LegalMoves(State::kAnswered), IsEmpty());
}

TEST(Turn, R_ISS_02_AMoveIsMadeByWhoseTurnItIs) {
  for (const State state : kStates) {
    for (const Move move : kMoves) {
      if (MayMove(state, move)) EXPECT_EQ(TurnOf(state), PartyOf(move)) << TextOf(move);
    }
  }
  EXPECT_EQ(TurnOf(State::kAnswered), std::nullopt);
}

TEST(Overdue, R_ISS_03_TheDueDateItselfIsInTime) {
  const CivilDay due(2023, 6, 15);
  EXPECT_FALSE(IsOverdue(State::kRaised, due, due));
  EXPECT_TRUE(IsOverdue(State::kRaised, due, due + 1));
  EXPECT_FALSE(IsOverdue(State::kAnswered, due, due + 1));
  EXPECT_FALSE(IsOverdue(State::kRaised, std::nullopt, due + 1000));
}

TEST(Decide, R_ISS_04_NobodyDecidesTheirOwn) {
  EXPECT_TRUE(MayDecide({"person:a", "person:b"}, "person:c"));
  EXPECT_FALSE(MayDecide({"person:a", "person:b"}, "person:b"));
}

TEST(Due, R_ISS_05_NoDayThatHasPassed) {
  const CivilDay today(2023, 6, 15);
  EXPECT_TRUE(MayBeDue(std::nullopt, today));
  EXPECT_TRUE(MayBeDue(today, today));
  EXPECT_FALSE(MayBeDue(today - 1, today));
}

TEST(Raise, R_ISS_06_AboutARunningMovementByWhoTakesPart) {
  EXPECT_TRUE(MayRaise(/*plan_runs=*/true, /*takes_part=*/true));
  EXPECT_FALSE(MayRaise(/*plan_runs=*/true, /*takes_part=*/false));
  EXPECT_FALSE(MayRaise(/*plan_runs=*/false, /*takes_part=*/true));
  EXPECT_FALSE(MayRaise(/*plan_runs=*/false, /*takes_part=*/false));
}

TEST(Texts, EveryNameIsReadBack) {
  for (const State state : kStates) {
    EXPECT_EQ(StateFrom(TextOf(state)), state);
    EXPECT_NE(StateNameVi(state), "");
  }
  for (const Move move : kMoves) EXPECT_EQ(MoveFrom(TextOf(move)), move);
  EXPECT_EQ(StateFrom("OTHER"), std::nullopt);
}

}  // namespace
}  // namespace thidua::campaign::issues
