// R-AWD-38: tasks of the plan on time.
#include "awards/nominations/rules_standards.h"
#include "awards/nominations/testing.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using absl::CivilDay;
using testing::CheckOne;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Known;
using testing::Make;
using testing::Says;

constexpr CivilDay kDue(2023, 6, 15);
constexpr CivilDay kLater(2023, 6, 16);
constexpr CivilDay kToCome(2023, 12, 15);

Task DueOn(const std::string& id, std::optional<CivilDay> due, std::optional<CivilDay> done) {
  Task task;
  task.id = id;
  task.due = due;
  task.done = done;
  return task;
}

// shows: S4-19
TEST(Standards, R_AWD_38_AllTasksOfTheYearAreDoneByTheirLastDay) {
  struct Case {
    const char* what;
    std::vector<Task> tasks;
    CivilDay as_of;
    Result result;
  };
  const CivilDay end(2023, 12, 16);
  const Task on_time = DueOn("on time", kDue, kDue);
  const Task late = DueOn("late", kDue, kLater);
  const Task undone = DueOn("undone", kDue, std::nullopt);
  const Task to_come = DueOn("to come", kToCome, std::nullopt);
  const Task undated = DueOn("undated", std::nullopt, kDue);
  for (const Case& c : std::vector<Case>{
           {"on its last day", {on_time}, end, Result::kMet},
           {"early, before its last day has come", {DueOn("t", kToCome, kDue)}, kDue, Result::kMet},
           {"a day late", {late}, end, Result::kNotMet},
           {"one late among those in time", {on_time, late, on_time}, end, Result::kNotMet},
           {"overdue", {undone}, kLater, Result::kNotMet},
           {"its last day is not over", {undone}, kDue, Result::kNotKnown},
           {"done later than the day asked for", {late}, kDue, Result::kNotKnown},
           {"one still runs", {on_time, to_come}, kLater, Result::kNotKnown},
           {"one still runs, one failed", {late, to_come}, kLater, Result::kNotMet},
           {"no last day, open", {DueOn("t", std::nullopt, std::nullopt)}, end, Result::kNotKnown},
           {"no last day, done", {on_time, undated}, end, Result::kNotKnown},
           {"no last day beside a failed one", {late, undated}, end, Result::kNotMet}}) {
    Facts facts = Known();
    facts.as_of = c.as_of;
    facts.tasks = c.tasks;
    const Finding finding = CheckOne(Make("S4-19", "TASKS_ON_TIME"), facts);
    EXPECT_EQ(finding.result, c.result) << c.what << ": " << finding.explanation;
    EXPECT_EQ(finding.source, Source::kTasks) << c.what;
    EXPECT_EQ(finding.refs.size(), c.tasks.size()) << c.what;
    EXPECT_THAT(finding.explanation, HasSubstr("cần tất cả đúng hạn")) << c.what;
  }
}

// shows: S4-19
TEST(Standards, R_AWD_38_TheShareOfThePlanIsExact) {
  struct Case {
    const char* ratio;
    int on_time, late, running;
    Result result;
  };
  for (const Case& c : std::vector<Case>{{"0.95", 19, 1, 0, Result::kMet},
                                         {"0.95", 18, 2, 0, Result::kNotMet},
                                         {"0.666667", 2, 1, 0, Result::kNotMet},
                                         {"0.666666", 2, 1, 0, Result::kMet},
                                         {"0.5", 1, 0, 1, Result::kMet},
                                         {"0.5", 1, 1, 1, Result::kNotKnown},
                                         {"0.5", 0, 2, 1, Result::kNotMet},
                                         {"1", 1, 0, 0, Result::kMet},
                                         {"1.000", 1, 1, 0, Result::kNotMet},
                                         {"1.01", 1, 0, 0, Result::kNotKnown},
                                         {"0,5", 1, 0, 0, Result::kNotKnown},
                                         {"", 1, 0, 0, Result::kNotKnown}}) {
    Facts facts = Known();
    facts.as_of = kLater;
    for (int i = 0; i < c.on_time; ++i) facts.tasks.push_back(DueOn("on time", kDue, kDue));
    for (int i = 0; i < c.late; ++i) facts.tasks.push_back(DueOn("late", kDue, kLater));
    for (int i = 0; i < c.running; ++i) {
      facts.tasks.push_back(DueOn("running", kToCome, std::nullopt));
    }
    const Finding finding =
        CheckOne(Make("S4-19", "TASKS_ON_TIME", {{"min_on_time_ratio", c.ratio}}), facts);
    EXPECT_EQ(finding.result, c.result)
        << c.ratio << " " << c.on_time << " " << c.late << ": " << finding.explanation;
  }
}

TEST(Standards, R_AWD_38_TasksOfAnotherYearDoNotCount) {
  Facts facts = Known();
  facts.tasks = {DueOn("before", CivilDay(2022, 12, 31), std::nullopt),
                 DueOn("after", CivilDay(2024, 1, 1), std::nullopt)};
  const Standard standard = Make("S4-19", "TASKS_ON_TIME");
  const Finding none = CheckOne(standard, facts);
  EXPECT_EQ(none.result, Result::kNotKnown);
  EXPECT_EQ(none.source, Source::kNone);
  EXPECT_THAT(none.explanation, HasSubstr("Chưa ghi nhận nhiệm vụ nào"));
  facts.tasks.push_back(DueOn("of the year", CivilDay(2023, 12, 31), CivilDay(2023, 1, 1)));
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  EXPECT_THAT(CheckOne(standard, facts).refs, ElementsAre("of the year"));
}

TEST(Standards, R_AWD_38_MadeUpTasksAndBadGradesAreTold) {
  Facts facts = Known();
  Task task = DueOn("t", kDue, kDue);
  facts.tasks = {task};
  const Standard standard = Make("S4-19", "TASKS_ON_TIME");
  EXPECT_THAT(CheckOne(standard, facts).explanation, ::testing::Not(HasSubstr("minh họa")));
  task.synthetic = true;
  task.not_passed = true;
  facts.tasks = {task};
  const Finding finding = CheckOne(standard, facts);
  EXPECT_EQ(finding.result, Result::kMet);
  EXPECT_THAT(finding.explanation, HasSubstr("Nhiệm vụ minh họa: 1."));
  EXPECT_THAT(finding.explanation, HasSubstr("không đạt chất lượng: 1"));
}

// R-AWD-34: a person fills in what the tasks leave open and may lower what they say.
TEST(Standards, R_AWD_34_AConfirmationBesideTasks) {
  Facts facts = Known();
  const Standard standard = Make("S4-19", "TASKS_ON_TIME");
  facts.tasks = {DueOn("t", std::nullopt, kDue)};
  facts.confirmations = {Says("c", "S4-19", true)};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kMet);
  EXPECT_EQ(CheckOne(standard, facts).source, Source::kConfirmation);
  facts.tasks = {DueOn("t", kDue, kLater)};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotMet) << "never raised";
  facts.tasks = {DueOn("t", kDue, kDue)};
  facts.confirmations = {Says("c", "S4-19", false)};
  EXPECT_EQ(CheckOne(standard, facts).result, Result::kNotMet);
}

}  // namespace
}  // namespace thidua::awards::nominations
