#include "campaign/records/rules_reports.h"

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::records {
namespace {

using absl::CivilDay;

TEST(Period, R_REC_01_FourForms) {
  const auto expect = [](std::string_view text, CivilDay first, CivilDay last) {
    const std::optional<ReportPeriod> period = PeriodFrom(text);
    ASSERT_TRUE(period.has_value()) << text;
    EXPECT_EQ(period->first, first) << text;
    EXPECT_EQ(period->last, last) << text;
  };
  expect("2023", CivilDay(2023, 1, 1), CivilDay(2023, 12, 31));
  expect("2023-H1", CivilDay(2023, 1, 1), CivilDay(2023, 6, 30));
  expect("2023-H2", CivilDay(2023, 7, 1), CivilDay(2023, 12, 31));
  expect("2023-Q3", CivilDay(2023, 7, 1), CivilDay(2023, 9, 30));
  expect("2024-02", CivilDay(2024, 2, 1), CivilDay(2024, 2, 29));
  for (const char* bad : {"", "23", "2023-", "2023-H3", "2023-Q0", "2023-Q5", "2023-00", "2023-13",
                          "2023-1", "2023/Q1", "abcd", "1899", "2023-Q1x"}) {
    EXPECT_FALSE(PeriodFrom(bad).has_value()) << bad;
  }
}

// shows: S4-21
TEST(State, R_REC_02_TheDueDateItselfIsInTime) {
  const CivilDay due(2023, 12, 15);
  EXPECT_EQ(StateOf(due, std::nullopt, due), ReportState::kDue);
  EXPECT_EQ(StateOf(due, std::nullopt, due + 1), ReportState::kOverdue);
  EXPECT_EQ(StateOf(due, due, due + 30), ReportState::kFiledOnTime);
  EXPECT_EQ(StateOf(due, due + 1, due + 30), ReportState::kFiledLate);
}

// shows: S0-16, S4-32
TEST(State, R_REC_02_WithoutADueDateNothingIsEverLateNorInTime) {
  EXPECT_TRUE(rc::check("any day", [] {
    const CivilDay today = CivilDay(2023, 1, 1) + *rc::gen::inRange(0, 4000);
    const CivilDay filed = CivilDay(2023, 1, 1) + *rc::gen::inRange(0, 4000);
    RC_ASSERT(StateOf(std::nullopt, std::nullopt, today) == ReportState::kDue);
    RC_ASSERT(StateOf(std::nullopt, filed, today) == ReportState::kFiledWithoutDueDate);
  }));
}

TEST(Belongs, R_REC_03_PeriodsShareADayWithTheMovement) {
  const ReportPeriod q1 = *PeriodFrom("2023-Q1");
  EXPECT_TRUE(Belongs(q1, CivilDay(2023, 3, 31), std::nullopt));
  EXPECT_FALSE(Belongs(q1, CivilDay(2023, 4, 1), std::nullopt));
  EXPECT_TRUE(Belongs(q1, std::nullopt, CivilDay(2023, 1, 1)));
  EXPECT_FALSE(Belongs(q1, std::nullopt, CivilDay(2022, 12, 31)));
}

}  // namespace
}  // namespace thidua::campaign::records
