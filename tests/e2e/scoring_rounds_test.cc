// A round: what it belongs to, who appraises which field, who has not handed in, what waits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "e2e/ranking_oracle.h"
#include "e2e/scoring_steps.h"
#include "e2e/stack.h"
#include "thiduactl/demo/participants.h"

namespace thidua::e2e {
namespace {

using ::testing::ElementsAre;

constexpr char kAssessments[] = "scoring.v1.AssessmentService/";

json RoundOf(Stack& stack, const json& publication) {
  return stack.Get(std::string(kAssessments) + "GetAssessmentRound",
                   {{"name", publication["round"]}});
}

std::vector<std::string> KindsOf(const json& plan) {
  std::vector<std::string> kinds;
  for (const json& item : plan["content_items"]) kinds.push_back(item["kind"]);
  return kinds;
}

// The plan's contents are typed, tasks by field of reform; the one about the index holds for the
// plan's units through a round by a set of each block and year, whose fields are those of the plan.
// shows: S2-03, S4-07
TEST(Round, BindsThePlanToTheCriteriaSetOfABlockAndYear) {
  Stack& stack = Stack::WithDemo();
  const json parent = stack.ParentPlan();
  EXPECT_THAT(KindsOf(parent),
              ElementsAre("CONTENT_KIND_LEADERSHIP", "CONTENT_KIND_TASKS", "CONTENT_KIND_INDEX",
                          "CONTENT_KIND_INITIATIVE", "CONTENT_KIND_RESOURCES"));
  EXPECT_EQ(parent["content_items"][1]["fields"].size(), 7u);
  const json child = stack.ChildPlan();
  EXPECT_EQ(child["content_items"][2]["kind"], "CONTENT_KIND_INDEX");
  for (const char* block : {"xa", "phong"}) {
    const json publication = CurrentPublication(stack, block, 2023);
    const json round = RoundOf(stack, publication);
    EXPECT_EQ(round["plan"], child["name"]) << block;
    EXPECT_EQ(publication["plan"], child["name"]) << block;
    const json set =
        stack.Get("scoring.v1.CriteriaService/GetCriteriaSet", {{"name", round["criteria_set"]}});
    EXPECT_EQ(set["block"], block);
    EXPECT_EQ(set["year"], 2023);
    int fields = 0;
    size_t leaves = 0;
    std::set<std::string> types;
    for (const json& field : set["fields"]) {
      const bool core = field["kind"] != "CRITERIA_FIELD_KIND_BONUS" &&
                        field["kind"] != "CRITERIA_FIELD_KIND_DEDUCTION";
      fields += core ? 1 : 0;
      leaves += core ? field["criteria"].size() : 0;
      for (const json& leaf : field["criteria"]) types.insert(leaf["rule"]["type"]);
    }
    EXPECT_EQ(fields, 7) << "fields of reform";
    EXPECT_GE(leaves, 10u);
    for (const char* type : {"COUNT_RATIO", "LEVEL_TABLE", "SURVEY", "MANUAL", "BONUS", "DEDUCTION",
                             "RATIO_WITH_TARGET"}) {
      EXPECT_EQ(types.count(type), 1u) << block << " " << type;
    }
  }
}

// The head answers for leading the reform: the plan says who, and the field of leadership is scored
// for every unit of both blocks.
// shows: S4-05
TEST(Round, LeadershipIsAContentOfThePlanAndAFieldThatEveryUnitIsScoredBy) {
  Stack& stack = Stack::WithDemo();
  const json item = stack.ChildPlan()["content_items"][0];
  EXPECT_EQ(item["kind"], "CONTENT_KIND_LEADERSHIP");
  EXPECT_EQ(item["responsible_position"], "người đứng đầu các cơ quan, đơn vị");
  size_t units = 0;
  for (const char* block : {"xa", "phong"}) {
    const json set = DemoCriteria(block, 2023);
    EXPECT_EQ(set["fields"][0]["title"], "Công tác chỉ đạo, điều hành");
    const json publication = CurrentPublication(stack, block, 2023);
    for (const json& entry : publication["entries"]) {
      size_t leaves = 0;
      for (const json& leaf : entry["criteria"]) {
        if (leaf["criterion"].get<std::string>().rfind("1.", 0) != 0) continue;
        ++leaves;
        EXPECT_EQ(leaf["status"], "SCORE_STATUS_SCORED") << entry.dump();
      }
      EXPECT_EQ(leaves, set["fields"][0]["criteria"].size()) << entry.dump();
      ++units;
    }
  }
  EXPECT_EQ(units, ctl::demo::Communes().units.size() + ctl::demo::Rooms().units.size());
}

// Unit codes by token subject of the people who work there.
std::map<std::string, std::string> UnitsOfPeople(Stack& stack) {
  std::map<std::string, std::string> units;
  const json people =
      stack.Get("campaign.v1.DirectoryService/ListPeople", {{"page_size", 1000}})["people"];
  for (const json& person : people) {
    units["person:" + IdIn(person["name"])] = person["posts"][0]["unit"];
  }
  return units;
}

// Of both blocks: what people appraised was appraised by the room that leads the field, and of a
// room that leads a field by another one.
// shows: S4-30
TEST(Round, EachFieldIsAppraisedByTheRoomThatLeadsIt) {
  Stack& stack = Stack::WithDemo();
  // The five rooms of the plan.
  int named = 0;
  const json plan = stack.ChildPlan();
  for (const json& role : plan["roles"]) {
    named += role["kind"] == "PLAN_ROLE_KIND_FIELD_LEAD" ? 1 : 0;
  }
  EXPECT_EQ(named, 5);
  const auto works_at = UnitsOfPeople(stack);
  const std::string home_affairs = stack.Unit("H00.20.01");
  std::set<std::string> rooms;
  for (const char* block : {"xa", "phong"}) {
    const json publication = CurrentPublication(stack, block, 2023);
    const json round = RoundOf(stack, publication);
    std::map<std::string, std::string> lead_of;
    for (const json& lead : round["field_leads"]) {
      ASSERT_EQ(lead["units"].size(), 1u);
      lead_of[lead["field"]] = lead["units"][0];
    }
    ASSERT_EQ(lead_of.size(), 9u) << "seven fields, bonus and deduction";
    for (const json& entry : publication["entries"]) {
      const json why = stack.Get("scoring.v1.RankingService/ExplainRank",
                                 {{"publication", publication["name"]}, {"unit", entry["unit"]}});
      for (const json& leaf : why["trace"]) {
        const json score = ScoreOf(leaf, "APPRAISED");
        if (score.is_null()) continue;
        const std::string code = leaf["criterion"];
        const std::string lead = lead_of.at(code.substr(0, code.find('.')));
        const std::string by = works_at.at(score["actor"]);
        // The district's appraiser works at Phòng Nội vụ.
        EXPECT_EQ(by, lead == entry["unit"] ? home_affairs : lead) << leaf.dump();
        rooms.insert(by);
      }
    }
  }
  EXPECT_EQ(rooms.size(), 5u) << "all five have appraised";
}

json TasksOf(Stack& stack, const json& round, const std::string& kind, const std::string& staff) {
  const json list =
      stack.Get(std::string(kAssessments) + "ListAssessmentTasks",
                {{"round", round["name"]}, {"kind", "ASSESSMENT_TASK_KIND_" + kind}}, staff);
  return list.is_null() ? json::array() : list["tasks"];
}

TEST(Round, TellsWhoHasNotHandedInAndWhatWaitsForWhom) {
  Stack& stack = Stack::WithDemo();
  const json round = OpenRound(stack, "waiting", {"H00.20.13", "H00.20.16"});
  ASSERT_FALSE(round.is_null());
  const auto missing = [&] {
    const json list = stack.Get(std::string(kAssessments) + "ListMissingSubmissions",
                                {{"round", round["name"]}}, "KN-PNV-01");
    EXPECT_EQ(list["units_total"], 2);
    std::set<std::string> units;
    for (const json& one : list["submissions"]) {
      EXPECT_EQ(one["due_date"], "2024-12-31");
      EXPECT_FALSE(one["overdue"].get<bool>());
      units.insert(one["unit"]);
    }
    EXPECT_EQ(list["missing_total"], units.size());
    return units;
  };
  EXPECT_EQ(missing(), (std::set<std::string>{stack.Unit("H00.20.13"), stack.Unit("H00.20.16")}));
  EXPECT_EQ(TasksOf(stack, round, "SELF_SCORE", "KN-TT-01").size(), 1u);
  EXPECT_EQ(TasksOf(stack, round, "APPRAISE", "KN-PNV-02").size(), 0u);

  ASSERT_FALSE(SelfScoreAndSubmit(stack, "waiting", AssessmentOf(stack, round, "H00.20.13"),
                                  "H00.20.13", "KN-TT-01")
                   .is_null());
  EXPECT_EQ(missing(), std::set<std::string>{stack.Unit("H00.20.16")});
  EXPECT_EQ(TasksOf(stack, round, "SELF_SCORE", "KN-TT-01").size(), 0u);
  const json waiting = TasksOf(stack, round, "APPRAISE", "KN-PNV-02");
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0]["unit"], stack.Unit("H00.20.13"));
  EXPECT_EQ(TasksOf(stack, round, "APPRAISE", "KN-TT-01").size(), 0u);

  // In the demo's own rounds everybody has.
  for (const char* block : {"xa", "phong"}) {
    const json list =
        stack.Get(std::string(kAssessments) + "ListMissingSubmissions",
                  {{"round", CurrentPublication(stack, block, 2023)["round"]}}, "KN-PNV-01");
    EXPECT_EQ(list["missing_total"], 0) << block;
  }
}

}  // namespace
}  // namespace thidua::e2e
