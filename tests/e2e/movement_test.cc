// What becomes of a movement after its launch, by people of the demo with the roles they hold:
// issues, exemplars, what waits, who has not, the yearly report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

constexpr char kUnitOfficer[] = "KN-DM-01";
constexpr char kHomeAffairs[] = "KN-PNV-01";
constexpr char kLeader[] = "KN-UBH-01";

std::set<std::string> Resources(const json& answer) {
  std::set<std::string> found;
  if (answer.is_null()) return found;
  for (const json& item : answer["items"]) found.insert(item["resource"].get<std::string>());
  return found;
}

// shows: S4-33, S4-31
TEST(Issue, GoesThroughTheRoomOfHomeAffairsToTheLeadersAnswer) {
  Stack& stack = Stack::WithDemo();
  const std::string service = "campaign.v1.IssueService/";
  const std::string waiting = "campaign.v1.WorkService/ListPendingWork";
  const json raised = stack.Get(service + "RaiseIssue",
                                {{"plan", stack.ChildPlan()["name"]},
                                 {"unit", stack.Unit("H00.20.11")},
                                 {"title", "Thiếu máy quét hồ sơ"},
                                 {"text", "Bộ phận một cửa chỉ có một máy quét (kiểm thử)"},
                                 {"request_id", "e2e-issue-raise"}},
                                kUnitOfficer);
  ASSERT_FALSE(raised.is_null());
  EXPECT_EQ(raised["coordinator"], stack.Unit("H00.20.01"));
  const json all = {{"page_size", 1000}};
  EXPECT_EQ(Resources(stack.Get(waiting, all, kHomeAffairs)).count(raised["name"]), 1u);
  EXPECT_EQ(Resources(stack.Get(waiting, all, kLeader)).count(raised["name"]), 0u);
  const json forwarded = stack.Get(service + "ForwardIssue",
                                   {{"name", raised["name"]},
                                    {"opinion", "Đề nghị trang bị thêm"},
                                    {"etag", raised["etag"]},
                                    {"request_id", "e2e-issue-forward"}},
                                   kHomeAffairs);
  ASSERT_FALSE(forwarded.is_null());
  EXPECT_EQ(Resources(stack.Get(waiting, all, kLeader)).count(raised["name"]), 1u);
  const json answered = stack.Get(service + "DecideIssue",
                                  {{"name", raised["name"]},
                                   {"decision", "ISSUE_DECISION_ANSWER"},
                                   {"text", "Trang bị trong quý tới"},
                                   {"document_number", "120/UBND-NV"},
                                   {"etag", forwarded["etag"]},
                                   {"request_id", "e2e-issue-answer"}},
                                  kLeader);
  ASSERT_FALSE(answered.is_null());
  EXPECT_EQ(answered["state"], "PLAN_ISSUE_STATE_ANSWERED");
  const json read = stack.Get(service + "GetIssue", {{"name", raised["name"]}}, kUnitOfficer);
  ASSERT_FALSE(read.is_null());
  ASSERT_EQ(read["steps"].size(), 3u);
  EXPECT_EQ(read["steps"][2]["document_number"], "120/UBND-NV");
}

// shows: S2-11, S4-29
TEST(Exemplar, IsIntroducedByItsUnitAndPublishedByHomeAffairs) {
  Stack& stack = Stack::WithDemo();
  const std::string service = "campaign.v1.ExemplarService/";
  const json proposed = stack.Get(service + "ProposeExemplar",
                                  {{"plan", stack.ChildPlan()["name"]},
                                   {"unit", stack.Unit("H00.20.11")},
                                   {"subject", "SUBJECT_COLLECTIVE"},
                                   {"honoree", "Bộ phận một cửa thị trấn Đắk Mâm"},
                                   {"title", "Trả kết quả tại nhà"},
                                   {"deeds", "Mỗi tuần một buổi (kiểm thử)"},
                                   {"request_id", "e2e-exemplar-propose"}},
                                  kUnitOfficer);
  ASSERT_FALSE(proposed.is_null());
  const json published = stack.Get(
      service + "PublishExemplar",
      {{"name", proposed["name"]},
       {"publications", json::array({{{"outlet", "Trang thông tin điện tử huyện"},
                                      {"url", "https://krongno.example.vn/guong-dien-hinh"},
                                      {"publication_date", proposed["propose_date"]}}})},
       {"etag", proposed["etag"]},
       {"request_id", "e2e-exemplar-publish"}},
      kHomeAffairs);
  ASSERT_FALSE(published.is_null());
  EXPECT_EQ(published["state"], "EXEMPLAR_STATE_PUBLISHED");
  // The link to the news is there for whoever reads of the exemplar.
  const json read = stack.Get(service + "GetExemplar", {{"name", proposed["name"]}}, kUnitOfficer);
  ASSERT_EQ(read["publications"].size(), 1u);
  EXPECT_EQ(read["publications"][0]["url"], "https://krongno.example.vn/guong-dien-hinh");
}

TEST(PendingWork, AUnitsOfficerIsShownTheirOwnUnitAlone) {
  Stack& stack = Stack::WithDemo();
  const json work =
      stack.Get("campaign.v1.WorkService/ListPendingWork", {{"page_size", 1000}}, kUnitOfficer);
  ASSERT_FALSE(work.is_null());
  for (const json& item : work["items"]) EXPECT_EQ(item["unit"], stack.Unit("H00.20.11"));
}

// shows: S2-10, S2-09
TEST(YearlyReport, IsCompiledAndExportedForTheCoordinatorsOfficer) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  const json request = {{"plan", plan["name"]}, {"year", 2023}};
  const std::string service = "campaign.v1.RecordService/";
  const json report = stack.Get(service + "CompileMovementReport", request, kHomeAffairs);
  ASSERT_FALSE(report.is_null());
  EXPECT_EQ(report["participant_count"], plan["participant_unit_count"]);
  EXPECT_GT(report["tasks"]["total"].get<int>(), 0);
  EXPECT_GT(report["reports"]["total"].get<int>(), 0);
  EXPECT_EQ(report["elsewhere"].size(), 3u);
  const json missing =
      stack.Get(service + "ListMissingReports", {{"plan", plan["name"]}}, kHomeAffairs);
  ASSERT_FALSE(missing.is_null());
  EXPECT_GE(missing["owed_count"].get<int>(), missing["missing_count"].get<int>());

  const std::string token = *stack.session().TokenOf(kHomeAffairs);
  const RestAnswer page = Rest(
      stack, "GET", "/v1/" + plan["name"].get<std::string>() + "/movementReport:export?year=2023",
      "", token, "");
  EXPECT_EQ(page.status, 200) << page.body;
  EXPECT_THAT(page.body, HasSubstr("Báo cáo kết quả phong trào thi đua năm 2023"));
}

}  // namespace
}  // namespace thidua::e2e
