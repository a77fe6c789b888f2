#include "campaign/records/rules_movement.h"

#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::records {
namespace {

using absl::CivilDay;

// shows: S2-01
TEST(Year, R_REC_04_TheFirstAndTheLastAreCutToTheMovement) {
  const CivilDay start(2022, 10, 14);
  const CivilDay end(2025, 12, 31);
  const std::optional<Span> first = YearOf(2022, start, end);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->first, start);
  EXPECT_EQ(first->last, CivilDay(2022, 12, 31));
  EXPECT_FALSE(YearOf(2021, start, end).has_value());
  EXPECT_FALSE(YearOf(2026, start, end).has_value());
  EXPECT_EQ(YearOf(2030, start, std::nullopt)->first, CivilDay(2030, 1, 1));
}

// shows: S4-19
TEST(Tasks, R_REC_05_EachIsCountedOnceAndTheLastDayIsInTime) {
  const CivilDay due(2023, 6, 30);
  const CivilDay today(2023, 7, 15);
  const TaskCounts counts = CountTasks({{0, due, due},
                                        {0, due, due + 1},
                                        {1, due, std::nullopt},
                                        {1, today, std::nullopt},
                                        {2, today + 1, today}},
                                       today);
  EXPECT_EQ(counts.total, 5);
  EXPECT_EQ(counts.on_time, 2);
  EXPECT_EQ(counts.late, 1);
  EXPECT_EQ(counts.overdue, 1);
  EXPECT_EQ(counts.open, 1);
}

TEST(Reports, R_REC_06_OfTheYearInWhichTheirPeriodEnds) {
  const CivilDay due(2023, 12, 15);
  const ReportCounts counts = CountReports({{"2023", due, due},
                                            {"2023-Q4", due, due + 1},
                                            {"2023-H1", std::nullopt, due},
                                            {"2023-12", due, std::nullopt},
                                            {"2023-11", std::nullopt, std::nullopt},
                                            {"2022-Q4", due, due},
                                            {"2024", due, due}},
                                           2023, due + 5);
  EXPECT_EQ(counts.total, 5);
  EXPECT_EQ(counts.on_time, 1);
  EXPECT_EQ(counts.late, 1);
  EXPECT_EQ(counts.without_due_date, 1);
  EXPECT_EQ(counts.overdue, 1);
  EXPECT_EQ(counts.due, 1);
}

TEST(Counts, R_REC_05_TheyAddUp) {
  EXPECT_TRUE(rc::check("tasks add up", [] {
    std::vector<TaskFact> tasks;
    const CivilDay base(2023, 1, 1);
    for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
      TaskFact task{0, base + *rc::gen::inRange(0, 365), std::nullopt};
      if (*rc::gen::arbitrary<bool>()) task.done = base + *rc::gen::inRange(0, 365);
      tasks.push_back(task);
    }
    const TaskCounts counts = CountTasks(tasks, base + *rc::gen::inRange(0, 365));
    RC_ASSERT(counts.total == static_cast<int>(tasks.size()));
    RC_ASSERT(counts.total == counts.on_time + counts.late + counts.overdue + counts.open);
  }));
}

}  // namespace
}  // namespace thidua::campaign::records
