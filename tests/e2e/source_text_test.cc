// What the two published texts say, kept as they say it: contents, participants, words and noise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Values(const json& items, const char* field) {
  std::vector<std::string> values;
  for (const json& item : items) values.push_back(item[field].get<std::string>());
  return values;
}

std::set<std::string> FieldsWith(const json& plan, const std::string& code) {
  std::set<std::string> fields;
  for (const json& finding : plan["findings"]) {
    if (finding["code"] == code) fields.insert(finding["field"].get<std::string>());
  }
  return fields;
}

// shows: S2-03
TEST(SourceText, TheProvincesContentsAreTypedAndBoundToTheSetsOfBothBlocks) {
  Stack& stack = Stack::WithDemo();
  const json contents = stack.ParentPlan()["content_items"];
  EXPECT_THAT(Values(contents, "kind"),
              ElementsAre("CONTENT_KIND_LEADERSHIP", "CONTENT_KIND_TASKS", "CONTENT_KIND_INDEX",
                          "CONTENT_KIND_INITIATIVE", "CONTENT_KIND_RESOURCES"));
  EXPECT_EQ(contents[1]["fields"].size(), 7u) << "the seven fields of reform";
  // "Các tiêu chí trong bộ chỉ số": a set and a round for each block and year.
  std::set<std::string> rounds;
  const json list = stack.Get("scoring.v1.AssessmentService/ListAssessmentRounds",
                              {{"page_size", 100}})["rounds"];
  for (const json& round : list) {
    const json set =
        stack.Get("scoring.v1.CriteriaService/GetCriteriaSet", {{"name", round["criteria_set"]}});
    const int year = set["year"].get<int>();
    if (year == 2023) EXPECT_EQ(round["plan"], stack.ChildPlan()["name"]);
    rounds.insert(set["block"].get<std::string>() + " " + std::to_string(year));
  }
  EXPECT_EQ(rounds, (std::set<std::string>{"phong 2022", "phong 2023", "xa 2022", "xa 2023"}));
}

// shows: S2-04
TEST(SourceText, DepartmentsDistrictsCommunesAndRoomsTakePartInTheProvincesMovement) {
  Stack& stack = Stack::WithDemo();
  const json participants =
      stack.Get("campaign.v1.PlanService/ListPlanParticipants",
                {{"name", stack.ParentPlan()["name"]}, {"page_size", 1000}})["participants"];
  std::map<std::string, int> types;
  for (const json& one : participants) ++types[one["type"].get<std::string>()];
  EXPECT_EQ(types, (std::map<std::string, int>{{"UNIT_TYPE_DEPARTMENT", 2},
                                               {"UNIT_TYPE_DISTRICT", 1},
                                               {"UNIT_TYPE_ROOM", 9},
                                               {"UNIT_TYPE_COMMUNE", 12}}));
  const json plan = stack.ParentPlan();
  for (const json& group : plan["participant_groups"]) {
    if (group["subject"] != "SUBJECT_COLLECTIVE") continue;
    for (const json& scope : group["scopes"]) {
      if (scope["type"] != "UNIT_TYPE_ROOM") continue;
      EXPECT_EQ(scope["under"], json::array({"UNIT_TYPE_DEPARTMENT", "UNIT_TYPE_DISTRICT"}))
          << "rooms of communes are not named";
    }
  }
}

// shows: S4-14
TEST(SourceText, TheVerticalBranchTakesPartWithTwoUnitsAboveItAndItsPeopleAreAQuestion) {
  Stack& stack = Stack::WithDemo();
  const json plan = stack.ChildPlan();
  const std::string branch = stack.Unit("H00.20.80");
  const json participants =
      stack.Get("campaign.v1.PlanService/ListPlanParticipants",
                {{"name", plan["name"]}, {"page_size", 1000}})["participants"];
  std::map<std::string, std::string> types;
  for (const json& one : participants) types[one["unit"]] = one["type"].get<std::string>();
  EXPECT_EQ(types.size(), 22u);
  EXPECT_EQ(types[branch], "UNIT_TYPE_VERTICAL_BRANCH");
  const json unit = stack.Get("campaign.v1.DirectoryService/GetUnit", {{"name", branch}});
  std::set<std::string> parents;
  for (const json& parent : unit["parents"]) parents.insert(parent["unit"].get<std::string>());
  EXPECT_EQ(parents, (std::set<std::string>{stack.Unit("H00.02"), stack.Unit("H00.20")}));
  EXPECT_EQ(FieldsWith(plan, "COLLECTIVE_WITHOUT_ITS_PEOPLE").size(), 1u);
  const json people = stack.Get("campaign.v1.PlanService/ListPlanIndividuals",
                                {{"name", plan["name"]}, {"page_size", 1000}})["individuals"];
  std::set<std::string> in_scope;
  for (const json& person : people) in_scope.insert(person["person"].get<std::string>());
  EXPECT_EQ(in_scope.count(stack.Person("KN-CNDD-01")), 0u) << "not named, so not in scope";
  EXPECT_EQ(in_scope.count(stack.Person("KN-TP-03")), 1u);
}

// shows: S2-14
TEST(SourceText, NoiseOfTheWebPageIsToldAndKeptApart) {
  const json plan = Stack::WithDemo().ParentPlan();
  EXPECT_EQ(plan["source"]["noise"], json::array({".", "BBT.", "Bản in"}));
  EXPECT_EQ(FieldsWith(plan, "SOURCE_NOISE"),
            (std::set<std::string>{"source.noise[0]", "source.noise[1]", "source.noise[2]"}));
  for (const json& section : plan["sections"]) {
    EXPECT_EQ(section["text"].get<std::string>().find("BBT."), std::string::npos);
  }
}

// shows: S4-35
TEST(SourceText, WhatMayBeASlipIsToldAndStaysVerbatim) {
  const json plan = Stack::WithDemo().ChildPlan();
  EXPECT_THAT(plan["selection"]["individual_text"].get<std::string>(),
              HasSubstr("bình chọn cá nhân xuất sắc nhất đề Chủ tịch UBND huyện khen thưởng"));
  EXPECT_EQ(FieldsWith(plan, "SOURCE_NOISE"), std::set<std::string>{"selection.individual_text"});
}

}  // namespace
}  // namespace thidua::e2e
