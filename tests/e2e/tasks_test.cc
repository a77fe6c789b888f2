// Tasks of the yearly plan: by when, done when, how well, and what the yearly report makes of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

constexpr char kHomeAffairs[] = "KN-PNV-01";

json TasksOfTheChildPlan(Stack& stack) {
  return stack.Get("campaign.v1.PlanService/ListPlanTasks",
                   {{"plan", stack.ChildPlan()["name"]}, {"page_size", 100}})["tasks"];
}

// Where a task stands, from its days alone. Days of the form YYYY-MM-DD sort as they follow.
std::string StateByItsDays(const json& task, const std::string& today) {
  const std::string due = task["due_date"];
  const std::string done = task["done_date"];
  if (done.empty()) {
    return !due.empty() && today > due ? "PLAN_TASK_STATE_OVERDUE" : "PLAN_TASK_STATE_OPEN";
  }
  return !due.empty() && done > due ? "PLAN_TASK_STATE_DONE_LATE" : "PLAN_TASK_STATE_DONE";
}

// shows: S4-06
TEST(PlanTasks, TheirDaysDecideWhereTheyStandAndTheReportCountsThem) {
  Stack& stack = Stack::WithDemo();
  const std::string today = stack.Get("campaign.v1.ClockService/GetBusinessTime")["business_date"];
  std::set<std::string> states;
  std::map<std::string, int> counts;  // of those whose last day lies in the report's year
  int of_2023 = 0;
  for (const json& task : TasksOfTheChildPlan(stack)) {
    EXPECT_EQ(task["state"], StateByItsDays(task, today)) << task.dump();
    states.insert(task["state"]);
    if (task["due_date"].get<std::string>().rfind("2023-", 0) != 0) continue;
    ++of_2023;
    ++counts[task["state"]];
  }
  // The demo has each kind: done in time, late, never done, and one without a last day.
  EXPECT_EQ(states, (std::set<std::string>{"PLAN_TASK_STATE_DONE", "PLAN_TASK_STATE_DONE_LATE",
                                           "PLAN_TASK_STATE_OVERDUE", "PLAN_TASK_STATE_OPEN"}));
  const json report =
      stack.Get("campaign.v1.RecordService/CompileMovementReport",
                {{"plan", stack.ChildPlan()["name"]}, {"year", 2023}}, kHomeAffairs);
  ASSERT_FALSE(report.is_null());
  EXPECT_EQ(report["tasks"]["total"], of_2023);
  EXPECT_EQ(report["tasks"]["done_on_time"], counts["PLAN_TASK_STATE_DONE"]);
  EXPECT_EQ(report["tasks"]["done_late"], counts["PLAN_TASK_STATE_DONE_LATE"]);
  EXPECT_EQ(report["tasks"]["overdue"], counts["PLAN_TASK_STATE_OVERDUE"]);
  EXPECT_EQ(report["tasks"]["open"], counts["PLAN_TASK_STATE_OPEN"]);
}

// shows: S4-06
TEST(PlanTasks, AGradeIsGivenAndStaysWhenTheDayIsCorrected) {
  Stack& stack = Stack::WithDemo();
  json task;
  for (const json& one : TasksOfTheChildPlan(stack)) {
    if (one["lead_unit"] == stack.Unit("H00.20.12")) task = one;
  }
  ASSERT_EQ(task["state"], "PLAN_TASK_STATE_DONE");
  // The digits of the etag: on one stack another version is another request.
  const auto version = [&] {
    std::string digits = task["etag"];
    digits.erase(std::remove(digits.begin(), digits.end(), '"'), digits.end());
    return digits;
  };
  const auto complete = [&](const char* act, const json& more) {
    json request = {{"name", task["name"]},
                    {"done_date", task["done_date"]},
                    {"evidence_note", "Biên bản kiểm tra của Phòng Nội vụ"},
                    {"etag", task["etag"]},
                    {"request_id", absl::StrCat("e2e-grade-", act, "-", version())}};
    request.update(more);
    task = stack.Get("campaign.v1.PlanService/CompletePlanTask", request, kHomeAffairs);
  };
  complete("give", {{"quality", "TASK_QUALITY_PASSED"}});
  ASSERT_FALSE(task.is_null());
  EXPECT_EQ(task["quality"], "TASK_QUALITY_PASSED");
  complete("again", json::object());
  ASSERT_FALSE(task.is_null());
  EXPECT_EQ(task["quality"], "TASK_QUALITY_PASSED") << "a grade stays until there is another";
  EXPECT_EQ(task["state"], "PLAN_TASK_STATE_DONE");
}

}  // namespace
}  // namespace thidua::e2e
