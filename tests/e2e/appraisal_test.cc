// Standards that change or fail while a dossier is appraised.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/time/civil_time.h"
#include "e2e/award_steps.h"
#include "e2e/stack.h"
#include "platform/clock.h"

namespace thidua::e2e {
namespace {

// The findings of a check by what is known now; `act` names it.
std::map<std::string, json> CheckedNow(Stack& stack, const json& nomination,
                                       const std::string& act) {
  const json check =
      stack.Get("awards.v1.NominationService/CheckStandards",
                {{"name", nomination["name"]}, {"request_id", "e2e-" + act}}, "KN-PNV-01");
  if (check.is_null()) return {};
  return FindingsOf({{"standards_check", check}});
}

// What the plan's issuer corrects reaches the next check through the feed.
void ExpectTheTasksDayToDecide(Stack& stack, const json& nomination) {
  const json tasks =
      stack.Get("campaign.v1.PlanService/ListPlanTasks",
                {{"plan", stack.ChildPlan()["name"]}, {"lead_unit", nomination["unit"]}})["tasks"];
  ASSERT_EQ(tasks.size(), 1u);
  json task = tasks[0];
  const auto result_when_done_on = [&](const std::string& day) {
    task = stack.Get("campaign.v1.PlanService/CompletePlanTask",
                     {{"name", task["name"]},
                      {"done_date", day},
                      {"evidence_note", "Đối chiếu lại với biên bản"},
                      {"etag", task["etag"]},
                      {"request_id", "e2e-task-" + day}});
    stack.Digest();  // once all that follows has happened
    return CheckedNow(stack, nomination, "on-" + day)["2.1.3"]["result"];
  };
  const auto due = platform::ParseDate(task["due_date"].get<std::string>(), "due_date");
  ASSERT_TRUE(due.ok());
  EXPECT_EQ(result_when_done_on(platform::FormatDate(*due + 1)), "STANDARD_RESULT_NOT_MET");
  EXPECT_EQ(result_when_done_on(platform::FormatDate(*due)), "STANDARD_RESULT_MET");
}

// A complaint that the appraiser has the paper of.
void ExpectAComplaintToEndTheWay(Stack& stack, const json& nomination) {
  const std::string evidence =
      stack.Upload("awards", stack.Unit("H00.20.01"), "e2e-complaint", "KN-PNV-01");
  stack.Get("awards.v1.NominationService/ConfirmStandard",
            {{"name", nomination["name"]},
             {"standard_id", "2.1.8"},
             {"result", "STANDARD_RESULT_NOT_MET"},
             {"file", evidence},
             {"note", "Có đơn kiến nghị về việc trả kết quả trễ hẹn"},
             {"request_id", "e2e-not-met"}},
            "KN-PNV-01");
  const auto findings = CheckedNow(stack, nomination, "check");
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.at("2.1.8")["result"], "STANDARD_RESULT_NOT_MET");
  EXPECT_EQ(findings.at("2.1.8")["source"], "STANDARD_SOURCE_CONFIRMATION");
  EXPECT_EQ(findings.at("2.1.1")["result"], "STANDARD_RESULT_NOT_KNOWN");
  EXPECT_EQ(stack.Refusal("awards.v1.NominationService/AppraiseAwardDossier",
                          {{"name", nomination["name"]},
                           {"unknown_standards_reason", "Trình Hội đồng xem xét"},
                           {"request_id", "e2e-appraise-not-met"}},
                          "KN-PNV-01"),
            "STANDARD_NOT_MET");
}

// shows: S4-19
TEST(Appraisal, AStandardThatTurnsOutNotMetKeepsTheDossierFromTheCouncil) {
  Stack& stack = Stack::WithDemo();
  std::string officer;
  const json nomination = ReopenedNomination(stack, "MISSED", &officer);
  ASSERT_FALSE(nomination.is_null());
  FileAwardDossier(stack, nomination, officer);
  ExpectTheTasksDayToDecide(stack, nomination);
  ExpectAComplaintToEndTheWay(stack, nomination);
}

}  // namespace
}  // namespace thidua::e2e
