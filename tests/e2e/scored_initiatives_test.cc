// Initiatives: awards' register, and how scoring counts what it recognised.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "e2e/ranking_oracle.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

json InitiativesOf(Stack& stack, const std::string& unit) {
  const json list = stack.Get("awards.v1.InitiativeService/ListInitiatives",
                              {{"unit", unit}, {"year", 2023}, {"page_size", 100}});
  return list.is_null() ? json::array() : list["initiatives"];
}

TEST(ScoredInitiatives, AreThoseThatAwardsRegisterHasAsRecognised) {
  Stack& stack = Stack::WithDemo();
  int counted = 0;
  for (const auto& [block, each] : std::map<std::string, int>{{"xa", 100}, {"phong", 150}}) {
    const json publication = CurrentPublication(stack, block, 2023);
    for (const json& entry : publication["entries"]) {
      int recognised = 0;
      for (const json& initiative : InitiativesOf(stack, entry["unit"])) {
        recognised += initiative["state"] == "INITIATIVE_STATE_RECOGNISED" ? 1 : 0;
      }
      const json why = stack.Get("scoring.v1.RankingService/ExplainRank",
                                 {{"publication", publication["name"]}, {"unit", entry["unit"]}});
      const json leaf = LeafOf(why, "T.1");
      EXPECT_EQ(leaf["inputs"]["count"], std::to_string(recognised)) << entry["unit_name"];
      EXPECT_EQ(Hundredths(leaf["points"]), recognised * each) << entry["unit_name"];
      counted += recognised;
    }
  }
  EXPECT_GE(counted, 5);
}

TEST(ScoredInitiatives, WhatTheCouncilDidNotCarryIsRegisteredAndBringsNothing) {
  Stack& stack = Stack::WithDemo();
  const json own = InitiativesOf(stack, stack.Unit("H00.20.20"));
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0]["state"], "INITIATIVE_STATE_NOT_RECOGNISED");
  const json inputs = LeafOf(WhyOf(stack, stack.Publication(), "H00.20.20"), "T.1")["inputs"];
  EXPECT_EQ(inputs["registered"], "1");
  EXPECT_EQ(inputs["count"], "0");
}

TEST(ScoredInitiatives, ACouncilsVoteComesBeforeTheDecisionThatRecognises) {
  Stack& stack = Stack::WithDemo();
  const json own = InitiativesOf(stack, stack.Unit("H00.20.12"));
  ASSERT_EQ(own.size(), 1u);
  EXPECT_EQ(own[0]["state"], "INITIATIVE_STATE_RECOGNISED");
  const json ballot = stack.Get("awards.v1.CouncilService/GetBallot", {{"name", own[0]["ballot"]}});
  ASSERT_FALSE(ballot.is_null());
  EXPECT_EQ(ballot["initiative"], own[0]["name"]);
  EXPECT_TRUE(ballot["tally"]["carried"].get<bool>());
  EXPECT_EQ(ballot["tally"]["total_members"], 5);
  EXPECT_EQ(ballot["tally"]["votes_for"], 4);
  EXPECT_GE(own[0]["recognition"]["date"], ballot["close_date"]);
  const json council =
      stack.Get("awards.v1.CouncilService/GetCouncil", {{"name", ballot["council"]}});
  EXPECT_EQ(council["kind"], "COUNCIL_KIND_INITIATIVE");
}

// shows: S4-08
TEST(ScoredInitiatives, ACutOfAProcedureTellsComponentsAndDaysBeforeAndAfter) {
  Stack& stack = Stack::WithDemo();
  bool fewer_components = false, fewer_days = false;
  for (const char* code : {"H00.20.11", "H00.20.14"}) {
    for (const json& initiative : InitiativesOf(stack, stack.Unit(code))) {
      if (initiative["kind"] != "INITIATIVE_KIND_PROCEDURE_CUT") continue;
      const json& cut = initiative["procedure_cut"];
      EXPECT_NE(cut["procedure"], "");
      EXPECT_EQ(initiative["state"], "INITIATIVE_STATE_RECOGNISED");
      fewer_components |= cut["components_after"] < cut["components_before"];
      fewer_days |= cut["days_after"] < cut["days_before"];
      EXPECT_LE(cut["components_after"], cut["components_before"]);
      EXPECT_LE(cut["days_after"], cut["days_before"]);
    }
  }
  EXPECT_TRUE(fewer_components);
  EXPECT_TRUE(fewer_days);
}

}  // namespace
}  // namespace thidua::e2e
