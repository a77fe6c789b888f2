// Difficulties, exemplars and what waits for whom, as the demo played them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "e2e/award_steps.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Not;

// "KIND resource" of all that waits in campaign.
std::set<std::string> Waiting(Stack& stack, const std::string& staff) {
  std::set<std::string> found;
  const json work =
      stack.Get("campaign.v1.WorkService/ListPendingWork", {{"page_size", 1000}}, staff);
  if (work.is_null()) return found;
  for (const json& item : work["items"]) {
    found.insert(item["kind"].get<std::string>() + " " + item["resource"].get<std::string>());
  }
  return found;
}

// The same in awards.
std::set<std::string> WaitingForAwards(Stack& stack, const std::string& staff) {
  std::set<std::string> found;
  const json work =
      stack.Get("awards.v1.NominationService/ListPendingWork", {{"page_size", 1000}}, staff);
  if (work.is_null()) return found;
  for (const json& item : work["work"]) {
    found.insert(item["kind"].get<std::string>() + " " + item["nomination"].get<std::string>());
  }
  return found;
}

json IssueOf(Stack& stack, const std::string& unit_code) {
  const json issues =
      stack.Get("campaign.v1.IssueService/ListIssues", {{"unit", stack.Unit(unit_code)}});
  if (issues.is_null() || issues["issues"].empty()) return nullptr;
  return stack.Get("campaign.v1.IssueService/GetIssue", {{"name", issues["issues"][0]["name"]}});
}

// shows: S4-33
TEST(Issue, OfTheDemoWasGivenBackOnceAndAnsweredWithADocument) {
  Stack& stack = Stack::WithDemo();
  const json issue = IssueOf(stack, "H00.20.13");
  ASSERT_FALSE(issue.is_null());
  EXPECT_EQ(issue["state"], "PLAN_ISSUE_STATE_ANSWERED");
  EXPECT_EQ(issue["coordinator"], stack.Unit("H00.20.01")) << "qua Phòng Nội vụ";
  EXPECT_EQ(issue["issuer"], stack.Unit("H00.20"));
  std::vector<std::string> course;
  for (const json& step : issue["steps"]) {
    course.push_back(step["move"].get<std::string>() + " " + step["step_date"].get<std::string>());
  }
  EXPECT_THAT(
      course,
      ElementsAre("PLAN_ISSUE_MOVE_RAISE 2023-06-20", "PLAN_ISSUE_MOVE_RETURN 2023-06-20",
                  "PLAN_ISSUE_MOVE_SUPPLEMENT 2023-09-24", "PLAN_ISSUE_MOVE_FORWARD 2023-09-24",
                  "PLAN_ISSUE_MOVE_ANSWER 2023-12-11"));
  EXPECT_EQ(issue["steps"][4]["actor"], "person:" + IdIn(stack.Person("KN-UBH-01")));
  EXPECT_EQ(issue["steps"][4]["document_number"], "1234/UBND-VP (trình diễn)");
}

// shows: S2-11, S4-29
TEST(Exemplar, OfTheDemoIsIntroducedByItsUnitAndPublishedByTheCoordinator) {
  Stack& stack = Stack::WithDemo();
  const json list = stack.Get("campaign.v1.ExemplarService/ListExemplars",
                              {{"unit", stack.Unit("H00.20.13")}}, "KN-PNV-01");
  ASSERT_EQ(list["exemplars"].size(), 1u);
  const json& exemplar = list["exemplars"][0];
  EXPECT_EQ(exemplar["state"], "EXEMPLAR_STATE_PUBLISHED");
  ASSERT_EQ(exemplar["publications"].size(), 2u);
  EXPECT_EQ(exemplar["publications"][0]["outlet"], "Trang thông tin điện tử huyện Krông Nô");
  EXPECT_EQ(exemplar["publications"][0]["url"],
            "https://krongno.example/guong-dien-hinh/tan-thanh");
  // Its own officer introduces and publishes nothing.
  EXPECT_EQ(stack.Refusal("campaign.v1.ExemplarService/PublishExemplar",
                          {{"name", exemplar["name"]},
                           {"publications", json::array({{{"outlet", "Đài Truyền thanh xã"},
                                                          {"publication_date", "2024-02-27"}}})},
                           {"etag", exemplar["etag"]},
                           {"request_id", "e2e-own-exemplar"}},
                          "KN-TT-01"),
            "PERMISSION_DENIED");
}

TEST(PendingWork, ShowsTheOfficerTheCoordinatorAndTheSecretaryWhatWaits) {
  Stack& stack = Stack::WithDemo();
  const std::string parent = stack.ParentPlan()["name"];
  EXPECT_EQ(Waiting(stack, "KN-DM-01").count("WORK_KIND_ACKNOWLEDGE_PLAN " + parent), 1u);
  const json issue = IssueOf(stack, "H00.20.21");
  ASSERT_FALSE(issue.is_null());
  const json exemplars = stack.Get("campaign.v1.ExemplarService/ListExemplars",
                                   {{"unit", stack.Unit("H00.20.03")}}, "KN-PNV-01");
  ASSERT_EQ(exemplars["exemplars"].size(), 1u);
  const std::set<std::string> coordinator = Waiting(stack, "KN-PNV-01");
  const std::string forward = "WORK_KIND_FORWARD_ISSUE " + issue["name"].get<std::string>();
  EXPECT_THAT(coordinator,
              IsSupersetOf({forward, "WORK_KIND_PUBLISH_EXEMPLAR " +
                                         exemplars["exemplars"][0]["name"].get<std::string>()}));
  EXPECT_EQ(Waiting(stack, "KN-NR-01").count(forward), 0u) << "the unit has done its part";
  const std::string carried = "PENDING_WORK_KIND_DECISION " +
                              NominationOfPerson(stack, "KN-TT-02")["name"].get<std::string>();
  EXPECT_EQ(WaitingForAwards(stack, "KN-PNV-01").count(carried), 1u);
  EXPECT_EQ(WaitingForAwards(stack, "KN-HD-05").count(carried), 1u) << "the council's secretary";
}

// shows: S2-09
TEST(PendingWork, ADossierWaitsForItsAppraiserAndThenForTheSecretary) {
  Stack& stack = Stack::WithDemo();
  std::string officer;
  const json nomination = ReopenedNomination(stack, "DECLINED", &officer);
  ASSERT_FALSE(nomination.is_null());
  const std::string name = nomination["name"];
  EXPECT_EQ(WaitingForAwards(stack, officer).count("PENDING_WORK_KIND_ANSWER " + name), 1u);
  FileAwardDossier(stack, nomination, officer);
  EXPECT_EQ(WaitingForAwards(stack, "KN-PNV-01").count("PENDING_WORK_KIND_APPRAISAL " + name), 1u);
  const json returned = stack.Get("awards.v1.NominationService/ReturnAwardDossier",
                                  {{"name", name},
                                   {"reason", "Thiếu xác nhận số liệu"},
                                   {"request_id", "e2e-returned-" + officer}},
                                  "KN-PNV-01");
  ASSERT_FALSE(returned.is_null());
  EXPECT_TRUE(returned["filings"][0]["late"].get<bool>()) << "after the first deadline";
  EXPECT_EQ(WaitingForAwards(stack, officer).count("PENDING_WORK_KIND_FILING " + name), 1u);
  EXPECT_EQ(WaitingForAwards(stack, "KN-PNV-01").count("PENDING_WORK_KIND_APPRAISAL " + name), 0u);
}

}  // namespace
}  // namespace thidua::e2e
