#include "campaign/conferences/rules_conferences.h"

#include "gtest/gtest.h"

namespace thidua::campaign::conferences {
namespace {

using absl::CivilDay;

// Sơ kết in Q4/2023.
const ReviewDays kQuarter{CivilDay(2023, 10, 1), CivilDay(2023, 12, 31)};

// shows: S2-10
TEST(Review, R_CNF_01_OpenInItsQuarterAndOverdueAfterIt) {
  EXPECT_EQ(StateOf(kQuarter, {}, CivilDay(2023, 9, 30)), ReviewState::kToCome);
  EXPECT_EQ(StateOf(kQuarter, {}, CivilDay(2023, 10, 1)), ReviewState::kOpen);
  EXPECT_EQ(StateOf(kQuarter, {}, CivilDay(2023, 12, 31)), ReviewState::kOpen);
  EXPECT_EQ(StateOf(kQuarter, {}, CivilDay(2024, 1, 1)), ReviewState::kOverdue);
}

TEST(Review, R_CNF_01_TheFirstConferenceDecides) {
  const CivilDay today(2024, 2, 1);
  EXPECT_EQ(StateOf(kQuarter, {CivilDay(2024, 1, 5), CivilDay(2023, 12, 31)}, today),
            ReviewState::kHeld);
  EXPECT_EQ(StateOf(kQuarter, {CivilDay(2024, 1, 5)}, today), ReviewState::kHeldLate);
}

TEST(Review, R_CNF_01_WithoutDaysNothingIsMissed) {
  EXPECT_EQ(StateOf({}, {}, CivilDay(2030, 1, 1)), ReviewState::kToCome);
  EXPECT_EQ(StateOf({}, {CivilDay(2023, 1, 1)}, CivilDay(2030, 1, 1)), ReviewState::kHeld);
}

TEST(Held, R_CNF_02_OnADayThatHasComeAndNotBeforeTheLaunch) {
  const CivilDay launch(2022, 10, 14);
  const CivilDay today(2023, 12, 20);
  EXPECT_EQ(CheckHeld(today, launch, today), HeldProblem::kNone);
  EXPECT_EQ(CheckHeld(today + 1, launch, today), HeldProblem::kToCome);
  EXPECT_EQ(CheckHeld(launch - 1, launch, today), HeldProblem::kBeforeLaunch);
}

TEST(Held, R_CNF_03_AfterTheLastDayItIsLate) {
  EXPECT_FALSE(IsLate(kQuarter, CivilDay(2023, 12, 31)));
  EXPECT_TRUE(IsLate(kQuarter, CivilDay(2024, 1, 1)));
  EXPECT_FALSE(IsLate({}, CivilDay(2024, 1, 1)));
}

}  // namespace
}  // namespace thidua::campaign::conferences
