// Steps 1 to 3 of the slice, read back through the public APIs: units, plans, time, reports,
// reminders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

std::set<std::string> Values(const json& items, const char* field) {
  std::set<std::string> values;
  for (const json& item : items) values.insert(item[field].get<std::string>());
  return values;
}

TEST(Directory, UnitsAreImportedWithSyntheticCodes) {
  Stack& stack = Stack::WithDemo();
  const json units = stack.Get("campaign.v1.DirectoryService/ListUnits", {{"page_size", 100}});
  EXPECT_EQ(units["units"].size(), 26u);
  for (const json& unit : units["units"]) {
    EXPECT_TRUE(unit["synthetic"].get<bool>()) << unit["code"];
    EXPECT_EQ(unit["code"].get<std::string>().rfind("H00", 0), 0u);
  }
}

TEST(Directory, AFileWithErrorsImportsNothingAndNamesTheRows) {
  Stack& stack = Stack::WithDemo();
  const json report = stack.Get(
      "campaign.v1.DirectoryService/ImportUnits",
      {{"content",
        {{"content_type", "text/csv"},
         {"data", ctl::Base64("code,type,name,parent_code,second_parent_code,valid_from,valid_to,"
                              "synthetic,note\nH00.20.95,COMMUNE,Tốt,H00.20,,2022-01-01,,yes,\n"
                              "H00.20.96,COMMUNE,Xấu,H00.20,,2022-02-30,,yes,\n")}}},
       {"request_id", "e2e-bad-units"}});
  EXPECT_FALSE(report["applied"].get<bool>());
  ASSERT_EQ(report["errors"].size(), 1u) << report.dump();
  EXPECT_EQ(report["errors"][0]["line"], 3);
  EXPECT_EQ(report["errors"][0]["column"], "valid_from");
  EXPECT_EQ(report["errors"][0]["reason"], "DATE_IMPOSSIBLE");
  EXPECT_EQ(stack.Unit("H00.20.95"), "") << "the good row of a bad file is not imported";
}

// shows: S2-01, S2-06
TEST(ParentPlan, IsAMultiYearMovementFromItsIssueToTheEndOf2025) {
  const json plan = Stack::WithDemo().ParentPlan();
  EXPECT_EQ(plan["number"], "584");
  EXPECT_EQ(plan["symbol"], "KH-UBND");
  EXPECT_EQ(plan["issue_date"]["date"], "2022-10-14");
  EXPECT_EQ(plan["state"], "PLAN_STATE_LAUNCHED");
  EXPECT_EQ(plan["movement_period"]["start_rule"], "START_RULE_ISSUE_DATE");
  EXPECT_EQ(plan["movement_period"]["start_date"], "2022-10-14");
  EXPECT_EQ(plan["movement_period"]["end_date"], "2025-12-31");
  EXPECT_NE(plan["movement_period"]["phrase"], "") << "the source's own words stay";
  const std::vector<std::tuple<int, std::string, std::string>> kYears = {
      {2022, "2022-10-14", "2022-12-31"},
      {2023, "2023-01-01", "2023-12-31"},
      {2024, "2024-01-01", "2024-12-31"},
      {2025, "2025-01-01", "2025-12-31"}};
  std::vector<std::tuple<int, std::string, std::string>> years;
  for (const json& year : plan["years"]) {
    years.emplace_back(year["year"].get<int>(), year["start_date"].get<std::string>(),
                       year["end_date"].get<std::string>());
  }
  EXPECT_EQ(years, kYears) << "its years are its sub-periods";
}

// shows: S2-02
TEST(ParentPlan, PhaseOfTheProgrammeAndPeriodOfTheMovementAreTwoThingsAndTheOddityIsTold) {
  const json plan = Stack::WithDemo().ParentPlan();
  EXPECT_EQ(plan["programme_phase"]["phrase"], "giai đoạn 2021 - 2025");
  EXPECT_EQ(plan["programme_phase"]["start"], "2021");
  EXPECT_EQ(plan["programme_phase"]["end"], "2025");
  EXPECT_EQ(plan["movement_period"]["start_date"], plan["issue_date"]["date"]);
  EXPECT_EQ(plan["movement_period"]["end_date"], "2025-12-31");
  EXPECT_EQ(Values(plan["findings"], "code").count("PHASE_DIFFERS_FROM_MOVEMENT"), 1u);
}

// shows: S2-05
TEST(ParentPlan, NamesIndividualsOfDepartmentsDistrictsAndCommunes) {
  const json plan = Stack::WithDemo().ParentPlan();
  bool individuals = false;
  for (const json& group : plan["participant_groups"]) {
    if (group["subject"] != "SUBJECT_INDIVIDUAL") continue;
    individuals = true;
    EXPECT_EQ(
        Values(group["scopes"], "type"),
        (std::set<std::string>{"UNIT_TYPE_DEPARTMENT", "UNIT_TYPE_DISTRICT", "UNIT_TYPE_COMMUNE"}));
    EXPECT_THAT(group["text"].get<std::string>(),
                testing::HasSubstr("UBND các huyện, thành phố Gia Nghĩa"));
  }
  EXPECT_TRUE(individuals);
}

// shows: S2-05
TEST(ParentPlan, PeopleOfDepartmentDistrictAndCommunesAreInScopeAndThoseOfTheProvinceAreNot) {
  Stack& stack = Stack::WithDemo();
  const json found = stack.Get("campaign.v1.PlanService/ListPlanIndividuals",
                               {{"name", stack.ParentPlan()["name"]}, {"page_size", 1000}});
  const std::set<std::string> in_scope = Values(found["individuals"], "person");
  for (const char* staff : {"DN-SNV-01", "KN-UBH-01", "KN-HD-01", "KN-PNV-01", "KN-DM-01",
                            "KN-DD-01", "KN-TT-01", "KN-ND-01", "KN-QP-01"}) {
    EXPECT_EQ(in_scope.count(stack.Person(staff)), 1u) << staff;
  }
  for (const char* staff : {"DN-UBT-01", "DN-TTR-01"}) {
    EXPECT_EQ(in_scope.count(stack.Person(staff)), 0u) << staff << " is of UBND tỉnh itself";
  }
  EXPECT_EQ(stack.Refusal("campaign.v1.PlanService/ListPlanIndividuals",
                          {{"name", stack.ParentPlan()["name"]}}, "KN-DM-01"),
            "PERMISSION_DENIED")
      << "who may read the plan may not thereby read people";
}

// shows: S2-07
TEST(ParentPlan, InterimReviewIsTheFourthQuarterAndItsRemindersFiredBecauseTimeMoved) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ParentPlan();
  std::set<std::pair<std::string, std::string>> quarters;
  for (const json& milestone : plan["milestones"]) {
    quarters.insert(
        {milestone["start_date"].get<std::string>(), milestone["end_date"].get<std::string>()});
  }
  EXPECT_EQ(quarters, (std::set<std::pair<std::string, std::string>>{
                          {"2023-10-01", "2023-12-31"}, {"2025-10-01", "2025-12-31"}}));
  const json deadlines = stack.Get("notify.v1.DeadlineService/ListDeadlines",
                                   {{"plan", plan["name"]}, {"page_size", 1000}});
  int interim = 0;
  for (const json& deadline : deadlines["deadlines"]) {
    if (deadline["due_date"] == "2025-12-31") {
      for (const json& reminder : deadline["reminders"]) {
        EXPECT_EQ(reminder["state"], "REMINDER_STATE_PENDING") << "2025 has not come";
      }
    }
    if (deadline["due_date"] != "2023-12-31") continue;
    ++interim;
    EXPECT_EQ(deadline["start_date"], "2023-10-01");
    std::map<std::string, std::string> states;
    for (const json& reminder : deadline["reminders"]) {
      states[reminder["code"].get<std::string>()] = reminder["state"].get<std::string>();
    }
    // Seven days before the quarter begins; then seven, three and one days before it ends.
    for (const char* code : {"S-7", "T-7", "T-3", "T-1"}) {
      EXPECT_EQ(states[code], "REMINDER_STATE_FIRED") << code;
    }
  }
  EXPECT_EQ(interim, 24) << "one for each unit of the roster";
}

// shows: S2-12
TEST(ParentPlan, WhatTheSourceDoesNotSayIsMissingAndNotInvented) {
  const json plan = Stack::WithDemo().ParentPlan();
  EXPECT_TRUE(plan["award_forms"].empty());
  EXPECT_TRUE(plan["standards"].empty());
  EXPECT_FALSE(plan.contains("award_dossier"));
  EXPECT_FALSE(plan["missing"].empty());
  for (const json& missing : plan["missing"]) EXPECT_FALSE(missing["blocks_issue"].get<bool>());
  // The district's plan, below it, says what it leaves open.
  const json child = Stack::WithDemo().ChildPlan();
  EXPECT_EQ(child["award_forms"].size(), 1u);
  EXPECT_EQ(child["standards"].size(), 10u);
  EXPECT_EQ(child["award_dossier"]["documents"].size(), 3u);
}

// shows: S2-15
TEST(ParentPlan, CoverageTellsWhoHasLaunchedAPlanOfItsOwn) {
  Stack& stack = Stack::WithDemo();
  const json coverage =
      stack.Get("campaign.v1.PlanService/GetPlanCoverage", {{"name", stack.ParentPlan()["name"]}});
  EXPECT_EQ(coverage["launched_count"], 1);
  const std::string district = stack.Unit("H00.20");
  int with = 0;
  for (const json& unit : coverage["units"]) {
    if (unit["plan"] == "") continue;
    ++with;
    EXPECT_EQ(unit["unit"], district);
    EXPECT_EQ(unit["plan"], stack.ChildPlan()["name"]);
  }
  EXPECT_EQ(with, 1);
  EXPECT_EQ(stack.ChildPlan()["parent_plan"]["plan"], stack.ParentPlan()["name"]);

  // The third tier: a commune issues its own under the district's.
  const std::string commune = stack.Unit("H00.20.15");
  const json draft = {
      {"issuer", {{"unit", commune}}},
      {"number", "12"},
      {"symbol", "KH-UBND"},
      {"issue_date", {{"date", "2023-04-03"}, {"phrase", "ngày 03 tháng 4 năm 2023"}}},
      {"title", "Kế hoạch thi đua cải cách hành chính xã Quảng Phú năm 2023"},
      {"parent_plan", {{"plan", stack.ChildPlan()["name"]}}},
      {"signer", {{"full_name", "(người ký minh họa)"}, {"position", "Chủ tịch UBND xã"}}},
      {"movement_period", stack.ChildPlan()["movement_period"]},
      {"participant_groups",
       json::array({{{"subject", "SUBJECT_INDIVIDUAL"},
                     {"text", "Cán bộ, công chức xã"},
                     {"scopes", json::array({{{"type", "UNIT_TYPE_COMMUNE"}}})}}})}};
  json plan = stack.Get("campaign.v1.PlanService/CreatePlan",
                        {{"plan", draft}, {"request_id", "e2e-commune-plan"}});
  ASSERT_FALSE(plan.is_null());
  plan = stack.Get(
      "campaign.v1.PlanService/IssuePlan",
      {{"name", plan["name"]}, {"etag", plan["etag"]}, {"request_id", "e2e-commune-issue"}});
  ASSERT_FALSE(plan.is_null());
  const json below =
      stack.Get("campaign.v1.PlanService/GetPlanCoverage", {{"name", stack.ChildPlan()["name"]}});
  std::map<std::string, std::string> own;
  for (const json& unit : below["units"]) {
    own[unit["unit"].get<std::string>()] = unit["plan"].get<std::string>();
  }
  EXPECT_EQ(own[commune], plan["name"]);
  EXPECT_EQ(own[stack.Unit("H00.20.11")], "") << "this one has none of its own";
}

// shows: S4-01
TEST(ChildPlan, NumberAndDayWereUnknownUntilSomebodySuppliedThem) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  EXPECT_EQ(plan["state"], "PLAN_STATE_LAUNCHED");
  EXPECT_EQ(plan["source"]["kind"], "SOURCE_KIND_DRAFT_DOCUMENT");
  std::set<std::string> supplied;
  for (const json& value : plan["supplied_values"]) {
    supplied.insert(value["field"].get<std::string>());
    EXPECT_THAT(value["note"].get<std::string>(), testing::HasSubstr("trình diễn"));
  }
  EXPECT_EQ(supplied.count("number"), 1u);
  EXPECT_EQ(supplied.count("issue_date"), 1u);
  // A plan like the source is refused as long as it is incomplete.
  json draft = {{"issuer", {{"unit", stack.Unit("H00.20")}}},
                {"symbol", "KH-UBND"},
                {"issue_date", {{"date", "2023-03"}, {"phrase", "ngày tháng 3 năm 2023"}}},
                {"title", "Kế hoạch thử không số, không ngày"}};
  const json made = stack.Get("campaign.v1.PlanService/CreatePlan",
                              {{"plan", draft}, {"request_id", "e2e-draft"}});
  ASSERT_FALSE(made.is_null());
  EXPECT_EQ(stack.Refusal("campaign.v1.PlanService/IssuePlan", {{"name", made["name"]},
                                                                {"etag", made["etag"]},
                                                                {"request_id", "e2e-draft-issue"}}),
            "PLAN_INCOMPLETE");
}

// shows: S4-02
TEST(ChildPlan, RestsOnThePlanOfTheYear) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  bool found = false;
  for (const json& basis : plan["legal_bases"]) {
    if (basis["number"] != "62/QĐ-UBND") continue;
    found = true;
    EXPECT_EQ(basis["date"]["date"], "2023-01-09");
    EXPECT_EQ(basis["role"], "LEGAL_BASIS_ROLE_TARGET_SOURCE");
  }
  EXPECT_TRUE(found);

  const auto tasks = [&] {
    return stack.Get("campaign.v1.PlanService/ListPlanTasks",
                     {{"plan", plan["name"]}, {"page_size", 100}})["tasks"];
  };
  const json imported = tasks();
  ASSERT_EQ(imported.size(), 6u);
  std::map<std::string, int> states;
  for (const json& task : imported) {
    EXPECT_EQ(task["source_document"], "62/QĐ-UBND") << task["code"];
    EXPECT_TRUE(task["synthetic"].get<bool>()) << task["code"];
    EXPECT_EQ(task["note"], "Nhiệm vụ minh họa của bản trình diễn, không phải lời QĐ 62");
    ++states[task["state"].get<std::string>()];
    if (task["code"] == "7.1") EXPECT_EQ(task["due_date"], "") << "not known, not invented";
  }
  EXPECT_EQ(states, (std::map<std::string, int>{{"PLAN_TASK_STATE_DONE", 3},
                                                {"PLAN_TASK_STATE_DONE_LATE", 1},
                                                {"PLAN_TASK_STATE_OPEN", 1},
                                                {"PLAN_TASK_STATE_OVERDUE", 1}}));

  // A file with one bad row: told by line and column, and the good row is not imported either.
  const json report = stack.Get(
      "campaign.v1.PlanService/ImportPlanTasks",
      {{"name", plan["name"]},
       {"content",
        {{"content_type", "text/csv"},
         {"data", ctl::Base64("code,title,field,lead_unit_code,due_date,source_document,synthetic,"
                              "note\n8.1,Tốt,STEERING,H00.20.11,,62/QĐ-UBND,yes,Kiểm thử\n"
                              "8.2,Xấu,STEERING,H00.20.11,,13/CT-UBND,yes,Kiểm thử\n")}}},
       {"request_id", "e2e-bad-tasks"}});
  EXPECT_FALSE(report["applied"].get<bool>());
  ASSERT_EQ(report["errors"].size(), 1u);
  EXPECT_EQ(report["errors"][0]["line"], 3);
  EXPECT_EQ(report["errors"][0]["column"], "source_document");
  EXPECT_EQ(report["errors"][0]["reason"], "SOURCE_NOT_NAMED");
  EXPECT_EQ(tasks(), imported);
}

// shows: S4-04
TEST(ChildPlan, HasTheThemeOfTheYear) {
  const json plan = Stack::WithDemo().ChildPlan();
  ASSERT_EQ(plan["themes"].size(), 1u);
  EXPECT_EQ(plan["themes"][0]["year"], 2023);
  EXPECT_THAT(plan["themes"][0]["text"].get<std::string>(),
              testing::HasSubstr("Đẩy mạnh cải cách thủ tục hành chính"));
}

// shows: S4-15
TEST(ChildPlan, DossierTimeBeforePublicationIsFlagged) {
  const json plan = Stack::WithDemo().ChildPlan();
  EXPECT_EQ(Values(plan["findings"], "code").count("DOSSIER_TIME_BEFORE_PUBLICATION"), 1u)
      << plan["findings"].dump();
  // Whoever invites after the end of the movement is told, and may go on: the demo's own requests
  // once more give the answers they gave.
  Stack& stack = Stack::WithDemo();
  const json listed = stack.Get("awards.v1.NominationService/ShortlistUnits",
                                {{"plan", plan["name"]},
                                 {"publication", stack.Publication()["name"]},
                                 {"award_form", "GIAY_KHEN"},
                                 {"request_id", "demo-shortlist"}},
                                "KN-PNV-01");
  ASSERT_FALSE(listed.is_null());
  json names = json::array();
  for (const json& nomination : listed["nominations"]) names.push_back(nomination["name"]);
  const json invited = stack.Get(
      "awards.v1.NominationService/InviteUnits",
      {{"nominations", names}, {"filing_deadline", "2024-02-23"}, {"request_id", "demo-invite"}},
      "KN-PNV-01");
  ASSERT_FALSE(invited.is_null());
  ASSERT_EQ(invited["warnings"].size(), 1u);
  EXPECT_EQ(invited["warnings"][0]["reason"], "FILING_AFTER_PLAN_PERIOD");
  EXPECT_EQ(stack.Nomination()["filings"][0]["file_date"], "2024-02-20");
}

// shows: S4-31
TEST(ChildPlan, PhongNoiVuCoordinates) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  bool coordinator = false;
  for (const json& role : plan["roles"]) {
    if (role["kind"] != "PLAN_ROLE_KIND_COORDINATOR") continue;
    coordinator = true;
    EXPECT_EQ(role["unit"]["unit"], stack.Unit("H00.20.01"));
    EXPECT_FALSE(role["tasks"].empty());
  }
  EXPECT_TRUE(coordinator);
  // Consolidating and proposing is the coordinator's: its officer chooses the units (here once
  // more, as a rehearsal), a commune's officer with the same request is refused.
  const json request = {{"plan", plan["name"]},
                        {"publication", stack.Publication()["name"]},
                        {"award_form", "GIAY_KHEN"},
                        {"request_id", "e2e-shortlist-again"},
                        {"validate_only", true}};
  const json chosen = stack.Get("awards.v1.NominationService/ShortlistUnits", request, "KN-PNV-01");
  ASSERT_FALSE(chosen.is_null());
  // All units of the band are chosen already, and they alone.
  std::set<std::string> in_band;
  const json publication = stack.Publication();
  for (const json& entry : publication["entries"]) {
    if (entry["band"] == "Xuất sắc") in_band.insert(entry["unit"].get<std::string>());
  }
  std::multiset<std::string> already;
  for (const json& nomination : chosen["already_nominated"]) {
    already.insert(nomination["unit"].get<std::string>());
  }
  EXPECT_THAT(already, testing::ElementsAreArray(in_band));
  // Five of the twelve communes are in it.
  std::vector<std::string> outside;
  for (int commune = 11; commune <= 22; ++commune) {
    const std::string code = "H00.20." + std::to_string(commune);
    if (in_band.count(stack.Unit(code)) == 0) outside.push_back(code);
  }
  EXPECT_THAT(outside, testing::ElementsAre("H00.20.13", "H00.20.15", "H00.20.16", "H00.20.18",
                                            "H00.20.19", "H00.20.21", "H00.20.22"));
  EXPECT_EQ(chosen["nominations"].size(), 0u);
  EXPECT_EQ(stack.Refusal("awards.v1.NominationService/ShortlistUnits", request, "KN-DM-01"),
            "PERMISSION_DENIED");
}

TEST(Reports, TwoCommunesAndARoomWereLateOnce) {
  Stack& stack = Stack::WithDemo();
  const json reports =
      stack.Get("campaign.v1.RecordService/ListPeriodicReports",
                {{"plan", stack.ChildPlan()["name"]}, {"period", "2023-H1"}, {"page_size", 100}});
  int late = 0;
  for (const json& report : reports["reports"])
    late += report["state"] == "REPORT_STATE_FILED_LATE" ? 1 : 0;
  EXPECT_EQ(late, 3);
}

}  // namespace
}  // namespace thidua::e2e
