// What comes every year: the theme, acknowledgements, the duty to report, the review, the report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "e2e/effects.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

// shows: S2-08
TEST(Theme, IsChosenYearByYearByTheProvincesOfficer) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ParentPlan();
  std::map<int, std::string> themes;
  for (const json& theme : plan["themes"]) themes[theme["year"].get<int>()] = theme["text"];
  EXPECT_EQ(themes, (std::map<int, std::string>{
                        {2023, "Đẩy mạnh cải cách thủ tục hành chính, chuyển đổi số"},
                        {2024, "Nâng cao chất lượng dịch vụ công trực tuyến"}}));
  const json report = stack.Get("campaign.v1.RecordService/CompileMovementReport",
                                {{"plan", plan["name"]}, {"year", 2023}}, "DN-SNV-01");
  EXPECT_EQ(report["theme"], themes[2023]);
  EXPECT_EQ(stack.Refusal("campaign.v1.PlanService/SetPlanTheme",
                          {{"name", plan["name"]},
                           {"theme", {{"year", 2024}, {"text", "Chủ đề khác"}}},
                           {"etag", plan["etag"]},
                           {"request_id", "e2e-theme-of-the-district"}},
                          "KN-PNV-01"),
            "PERMISSION_DENIED")
      << "the district chooses none for the province";
}

// shows: S2-07, S2-10
TEST(Review, OfTheFourthQuarterOf2023WasHeldAndTheOneOf2025IsToCome) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ParentPlan();
  const json reviews = stack.Get("campaign.v1.ConferenceService/ListReviewMilestones",
                                 {{"plan", plan["name"]}}, "DN-SNV-01")["milestones"];
  ASSERT_EQ(reviews.size(), 2u);
  EXPECT_EQ(reviews[0]["kind"], "MILESTONE_KIND_INTERIM_REVIEW");
  EXPECT_EQ(reviews[0]["end_date"], "2023-12-31");
  EXPECT_EQ(reviews[0]["state"], "REVIEW_STATE_HELD");
  EXPECT_EQ(reviews[1]["kind"], "MILESTONE_KIND_FINAL_REVIEW");
  EXPECT_EQ(reviews[1]["end_date"], "2025-12-31");
  EXPECT_EQ(reviews[1]["state"], "REVIEW_STATE_TO_COME");
  const json held = stack.Get("campaign.v1.ConferenceService/ListConferences",
                              {{"plan", plan["name"]}}, "DN-SNV-01")["conferences"];
  ASSERT_EQ(held.size(), 1u);
  EXPECT_EQ(held[0]["name"], reviews[0]["conference"]);
  EXPECT_EQ(held[0]["held_date"], "2023-12-28");
  EXPECT_EQ(held[0]["attendee_count"], 120);
  EXPECT_FALSE(held[0]["late"].get<bool>());
  ASSERT_EQ(held[0]["files"].size(), 1u);
  const json minutes =
      stack.Get("campaign.v1.FilesService/GetFile", {{"name", held[0]["files"][0]}});
  EXPECT_EQ(minutes["state"], "FILE_STATE_COMPLETE");
}

// shows: S2-10
TEST(Report, OfTheYearIsCountedFromWhatTheDemoPlayed) {
  Stack& stack = Stack::WithDemo();
  const auto compiled = [&](const json& plan, const std::string& staff) {
    return stack.Get("campaign.v1.RecordService/CompileMovementReport",
                     {{"plan", plan["name"]}, {"year", 2023}}, staff);
  };
  const json district = compiled(stack.ChildPlan(), "KN-PNV-01");
  EXPECT_EQ(district["plan_number"], "999/KH-UBND");
  EXPECT_EQ(district["issuer_name"], "UBND huyện Krông Nô");
  EXPECT_EQ(district["start_date"], "2023-01-01");
  EXPECT_EQ(district["end_date"], "2023-12-31");
  EXPECT_EQ(district["participant_count"], 22);
  EXPECT_EQ(district["own_plan_count"], 0);
  EXPECT_EQ(district["acknowledged_count"], 22);
  EXPECT_EQ(district["reports"]["total"], 44);
  EXPECT_EQ(district["reports"]["late"], 3);
  EXPECT_EQ(district["reports"]["overdue"], 1);
  EXPECT_EQ(district["issues"]["raised"], 1);
  EXPECT_EQ(district["issues"]["answered"], 1);
  EXPECT_EQ(district["exemplars"]["collectives"], 1);
  EXPECT_EQ(district["exemplars"]["individuals"], 1);
  EXPECT_EQ(district["exemplars"]["published"], 1);
  EXPECT_EQ(district["exemplars"]["publication_count"], 2);
  // Index, initiatives and awards are counted by who keeps them; the report says where.
  std::map<std::string, std::string> elsewhere;
  for (const json& part : district["elsewhere"]) elsewhere[part["title_vi"]] = part["method"];
  EXPECT_EQ(elsewhere,
            (std::map<std::string, std::string>{
                {"Chỉ số và xếp hạng cải cách hành chính",
                 "thidua.scoring.v1.RankingService/ListPublications"},
                {"Sáng kiến được công nhận", "thidua.awards.v1.InitiativeService/ListInitiatives"},
                {"Khen thưởng", "thidua.awards.v1.DecisionService/ListDecisions"}}));
  const json province = compiled(stack.ParentPlan(), "DN-SNV-01");
  EXPECT_EQ(province["own_plan_count"], 1);
  EXPECT_EQ(province["acknowledged_count"], 1);
  EXPECT_EQ(province["reviews"]["held"], 1);
  EXPECT_EQ(province["reviews"]["attendee_count"], 120);
}

// shows: S4-32
TEST(Report, IsEmbeddedAndHasNoDueDateUntilSomebodySetsIt) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  ASSERT_EQ(plan["report_requirements"].size(), 1u);
  const json& duty = plan["report_requirements"][0];
  EXPECT_EQ(duty["frequency"], "REPORT_FREQUENCY_YEARLY");
  EXPECT_TRUE(duty["embedded"].get<bool>());
  EXPECT_THAT(duty["text"].get<std::string>(), HasSubstr("thông qua Phòng Nội vụ"));
  EXPECT_THAT(duty["text"].get<std::string>(), HasSubstr("lồng ghép"));
  // A period without a date: nobody is late, however long it takes.
  const std::string service = "campaign.v1.RecordService/";
  const std::string unit = stack.Unit("H00.20.09");
  const json opened = stack.Get(service + "OpenReportPeriod",
                                {{"plan", plan["name"]},
                                 {"period", "2023-Q1"},
                                 {"units", json::array({unit})},
                                 {"request_id", "e2e-undated-period"}},
                                "KN-PNV-01");
  ASSERT_FALSE(opened.is_null());
  EXPECT_EQ(opened["reports"][0]["due_date"], "");
  EXPECT_EQ(opened["reports"][0]["state"], "REPORT_STATE_DUE");
  const json set = stack.Get(service + "SetReportDueDate",
                             {{"plan", plan["name"]},
                              {"period", "2023-Q1"},
                              {"due_date", "2023-04-15"},
                              {"reason", "Đặt theo kỳ báo cáo cải cách hành chính"},
                              {"request_id", "e2e-due-date"}},
                             "KN-PNV-01");
  ASSERT_FALSE(set.is_null());
  EXPECT_EQ(set["reports"][0]["state"], "REPORT_STATE_OVERDUE");
  const json missing = stack.Get(service + "ListMissingReports",
                                 {{"plan", plan["name"]}, {"overdue_only", true}}, "KN-PNV-01");
  std::set<std::string> periods;
  for (const json& report : missing["reports"]) {
    EXPECT_EQ(report["unit"], unit) << "who has not filed";
    periods.insert(report["period"].get<std::string>());
  }
  EXPECT_EQ(periods, (std::set<std::string>{"2023", "2023-Q1"}));
}

// shows: S4-34
TEST(Recipients, AreKeptWithTheirPurposeAndUnitsSayThatTheyHaveThePlan) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  ASSERT_EQ(plan["recipients"].size(), 9u);
  EXPECT_EQ(plan["recipients"][0]["purpose"], "B/c");
  EXPECT_EQ(plan["recipients"][0]["unit"]["unit"], stack.Unit("H00.01")) << "Sở Nội vụ";
  EXPECT_EQ(plan["recipients"][7]["text"], "Trang TTĐT huyện;");
  EXPECT_EQ(plan["recipients"][8]["text"], "Lưu: VT.");
  const auto missing = [&](const json& of, const std::string& staff, const std::string& as_of) {
    return stack.Get("campaign.v1.PlanService/ListAcknowledgementStates",
                     {{"name", of["name"]},
                      {"filter", "ACKNOWLEDGEMENT_FILTER_MISSING"},
                      {"as_of", as_of},
                      {"page_size", 1000}},
                     staff);
  };
  const json at_first = missing(plan, "KN-PNV-01", "2023-06-19");
  EXPECT_EQ(at_first["acknowledged_count"], 21);
  ASSERT_EQ(at_first["units"].size(), 1u);
  EXPECT_EQ(at_first["units"][0]["display_name"], "UBND xã Quảng Phú");
  EXPECT_EQ(at_first["units"][0]["days"], 96) << "since 15 March";
  EXPECT_EQ(missing(plan, "KN-PNV-01", "2023-06-20")["units"].size(), 0u);
  const json province = missing(stack.ParentPlan(), "DN-SNV-01", "2024-02-28");
  EXPECT_EQ(province["participant_count"], 24);
  EXPECT_EQ(province["units"].size(), 23u) << "all but the district";
  // Each unit was told of the plan once, in its inbox.
  int told = 0;
  for (const json& item : NoticesOf(stack, "KN-QP-01", "PLAN_LAUNCHED")) {
    told += item["link"] == plan["name"] ? 1 : 0;
  }
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace thidua::e2e
