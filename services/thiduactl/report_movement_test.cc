#include "thiduactl/report_movement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/status.h"
#include "thiduactl/commands.h"
#include "thiduactl/testing/fake_api.h"

namespace thidua::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportTest, EveryServicesPartStandsInOneText) {
  ReportParts parts;
  parts.movement = {{"year", 2023},
                    {"plan_title", "Kế hoạch <b> thử"},
                    {"plan_number", "35/KH-UBND"},
                    {"participant_count", 7},
                    {"tasks", {{"total", 4}, {"done_on_time", 3}}}};
  parts.publications =
      json::array({{{"title", "Bảng xếp hạng khối xã"}, {"publish_date", "2024-02-01"}}});
  parts.initiatives = json::array(
      {{{"recognition", {{"authority", "Hội đồng"}}}}, {{"recognition", nullptr}}, json::object()});
  parts.decisions = json::array(
      {{{"number", "125/QĐ-UBND"}, {"issue_date", "2024-03-01"}, {"awards", json::array({1, 2})}},
       {{"number", ""}}});
  const std::string text = ReportMarkdown(parts);
  EXPECT_THAT(text, HasSubstr("# Báo cáo kết quả phong trào thi đua năm 2023"));
  EXPECT_THAT(text, HasSubstr("- Đơn vị tham gia: 7\n"));
  EXPECT_THAT(text, HasSubstr("- Hoàn thành đúng hạn: 3\n"));
  EXPECT_THAT(text, HasSubstr("- Bảng xếp hạng khối xã: công bố ngày 2024-02-01\n"));
  EXPECT_THAT(text, HasSubstr("- Được đăng ký: 3\n- Được công nhận: 1\n"));
  EXPECT_THAT(text, HasSubstr("- Quyết định 125/QĐ-UBND ngày 2024-03-01: 2 tập thể, cá nhân\n"));
  EXPECT_THAT(text, HasSubstr("Kế hoạch &lt;b> thử"));
  EXPECT_THAT(text, Not(HasSubstr("Không đọc được")));
}

TEST(ReportTest, APartThatIsNotToldSaysWhy) {
  ReportParts parts;
  parts.movement = json::object();
  parts.decisions = platform::PermissionDenied("PERMISSION_DENIED", {"Không có quyền", "no right"});
  EXPECT_THAT(ReportMarkdown(parts),
              HasSubstr("## Khen thưởng\n\nKhông đọc được: Không có quyền (PERMISSION_DENIED)\n"));
}

// What a command asks of which service.
TEST(ReportTest, TheCommandAsksForThePlanAndTheYear) {
  testing::FakeApi api;
  api.EmptyByDefault();
  json asked;
  api.On("campaign.v1.RecordService/CompileMovementReport", [&](const json& request) {
    asked = request;
    return json{{"year", 2023}};
  });
  const auto session = api.NewSession();
  EXPECT_TRUE(ReportMovement(*session, {"plans/a", "2023"}).ok());
  EXPECT_EQ(asked["plan"], "plans/a");
  EXPECT_EQ(asked["year"], 2023);
  EXPECT_EQ(platform::ReasonOf(ReportMovement(*session, {"plans/a", "năm"})), "ARGUMENTS_WRONG");
}

TEST(WorkTest, AUnitIsNamedByItsCode) {
  testing::FakeApi api;
  api.On("campaign.v1.DirectoryService/ListUnits", [](const json& request) {
    return json{
        {"units", json::array({{{"name", "units/of-" + request["code"].get<std::string>()}}})}};
  });
  json asked;
  api.On("campaign.v1.WorkService/ListPendingWork", [&](const json& request) {
    asked = request;
    return json{{"items", json::array({{{"text_vi", "Nộp báo cáo"},
                                        {"due_date", "2023-06-15"},
                                        {"days_left", -2},
                                        {"overdue", true}}})}};
  });
  const auto session = api.NewSession(absl::ZeroDuration(), /*as_json=*/false);
  ::testing::internal::CaptureStdout();
  EXPECT_TRUE(WorkList(*session, {"H00.20.11"}).ok());
  const std::string shown = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(asked["unit"], "units/of-H00.20.11");
  EXPECT_THAT(shown, HasSubstr("! Nộp báo cáo"));
  EXPECT_THAT(shown, HasSubstr("quá hạn 2 ngày"));
}

// What people read of each list.
TEST(ListsTest, StatesAndDaysAreSaidInWords) {
  testing::FakeApi api;
  api.On("campaign.v1.PlanService/ListAcknowledgementStates", [](const json&) {
    return json{
        {"units",
         json::array({{{"display_name", "Xã A"}, {"acknowledge_date", "2023-03-25"}, {"days", 5}},
                      {{"display_name", "Xã B"}, {"days", 12}}})}};
  });
  api.On("campaign.v1.RecordService/ListMissingReports", [](const json&) {
    return json{{"reports", json::array({{{"unit_name", "Xã B"},
                                          {"period", "2023-Q1"},
                                          {"due_date", "2023-03-31"},
                                          {"days_left", 3}},
                                         {{"unit_name", "Xã C"}, {"period", "2023"}}})}};
  });
  api.On("campaign.v1.ConferenceService/ListReviewMilestones", [](const json&) {
    return json{
        {"milestones", json::array({{{"title", "Sơ kết"}, {"state", "REVIEW_STATE_OVERDUE"}}})}};
  });
  api.On("campaign.v1.IssueService/GetIssue", [](const json&) {
    return json{{"title", "Thiếu máy quét"},
                {"state", "PLAN_ISSUE_STATE_RETURNED"},
                {"steps", json::array({{{"move", "PLAN_ISSUE_MOVE_RETURN"},
                                        {"text", "Nêu rõ số hồ sơ"},
                                        {"step_date", "2023-03-25"}}})}};
  });
  api.On("campaign.v1.IssueService/ListIssues", [](const json&) {
    return json{{"issues", json::array({{{"title", "Thiếu máy quét"},
                                         {"state", "PLAN_ISSUE_STATE_FORWARDED"},
                                         {"overdue", true}}})}};
  });
  api.On("campaign.v1.ExemplarService/ListExemplars", [](const json&) {
    return json{{"exemplars",
                 json::array({{{"honoree", "Bộ phận một cửa"},
                               {"publications", json::array({{{"outlet", "Báo Đắk Nông"}}})}}})}};
  });
  const auto session = api.NewSession(absl::ZeroDuration(), /*as_json=*/false);
  ::testing::internal::CaptureStdout();
  EXPECT_TRUE(PlansAcknowledgements(*session, {"plans/a"}).ok());
  EXPECT_TRUE(ReportsMissing(*session, {"plans/a", "2023-Q1"}).ok());
  EXPECT_TRUE(PlansReviews(*session, {"plans/a"}).ok());
  EXPECT_TRUE(IssuesShow(*session, {"planIssues/a"}).ok());
  EXPECT_TRUE(IssuesList(*session, {"plans/a"}).ok());
  EXPECT_TRUE(ExemplarsList(*session, {"plans/a"}).ok());
  const std::string shown = ::testing::internal::GetCapturedStdout();
  for (const char* part :
       {"1/2 đơn vị đã quán triệt", "chưa        Xã B (12 ngày)", "hạn 2023-03-31, còn 3 ngày",
        "kỳ 2023: chưa có hạn", "2 báo cáo chưa nộp", "ĐÃ QUA MÀ CHƯA TỔ CHỨC",
        "trả lại để bổ sung: Nêu rõ số hồ sơ", "chờ đơn vị bổ sung",
        "chờ cơ quan ban hành quyết định, QUÁ HẠN", "Báo Đắk Nông"}) {
    EXPECT_THAT(shown, HasSubstr(part));
  }
}

}  // namespace
}  // namespace thidua::ctl
