// What became of the units that were invited: accepted, declined, missed, rejected, awarded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "e2e/award_steps.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

// Of the demo, as it ended: others reopen and file later on.
std::vector<json> InState(Stack& stack, const std::string& state) {
  std::vector<json> found;
  const json& state_then = stack.demo_state();
  for (const json& item : state_then["nominations"]) {
    const json& value = item["value"];
    if (value["subject"] == "AWARD_SUBJECT_COLLECTIVE" &&
        value["state"] == "NOMINATION_STATE_" + state) {
      found.push_back(value);
    }
  }
  return found;
}

json FindingIn(const json& nomination, const std::string& id) {
  const auto findings = FindingsOf(nomination);
  const auto found = findings.find(id);
  if (found != findings.end()) return found->second;
  ADD_FAILURE() << id << " was not checked";
  return {{"result", ""}, {"explanation", ""}};
}

TEST(Invitation, EachWayOfAnsweringWasGone) {
  Stack& stack = Stack::WithDemo();
  EXPECT_EQ(InState(stack, "DECIDED").size(), 2u);
  EXPECT_EQ(InState(stack, "INELIGIBLE").size(), 1u);
  EXPECT_EQ(InState(stack, "MISSED").size(), 1u);
  const std::vector<json> declined = InState(stack, "DECLINED");
  ASSERT_EQ(declined.size(), 1u);
  EXPECT_NE(declined[0]["decline_reason"], "");
  EXPECT_EQ(declined[0]["answer_date"], "2024-02-16");
  EXPECT_TRUE(declined[0]["filings"].empty());
  EXPECT_EQ(declined[0]["decision"], "");
  const json town = stack.Nomination();
  EXPECT_EQ(town["answer_date"], "2024-02-16") << "it said that it would file";
  EXPECT_EQ(town["decline_reason"], "");
}

TEST(Invitation, WhoLetTheTimePassIsMissedSinceTheDayAfterTheDeadlineAndIsOverdue) {
  Stack& stack = Stack::WithDemo();
  for (const json& missed : InState(stack, "MISSED")) {
    EXPECT_EQ(missed["state_date"], "2024-02-24");
    EXPECT_TRUE(missed["filings"].empty());
    EXPECT_EQ(missed["answer_date"], "");
  }
  const json state = stack.demo_state();
  std::set<std::string> overdue;
  for (const json& item : state["deadlines"]) {
    const json& value = item["value"];
    if (value["kind"] != "DEADLINE_KIND_AWARD_FILING") continue;
    EXPECT_EQ(value["due_date"], "2024-02-23");
    for (const json& reminder : value["reminders"]) {
      if (reminder["code"] == "T+1" && reminder["state"] == "REMINDER_STATE_FIRED") {
        overdue.insert(value["unit"].get<std::string>());
      }
    }
  }
  std::set<std::string> missed;
  for (const json& one : InState(stack, "MISSED")) missed.insert(one["unit"]);
  EXPECT_EQ(overdue, missed) << "who filed, declined or was asked for a person is not called late";
}

// shows: S4-20
TEST(Invitation, ALeapInRankIsAwardedBesideAHighRank) {
  Stack& stack = Stack::WithDemo();
  std::map<std::string, json> ranked;
  const json publication = stack.Publication();
  for (const json& entry : publication["entries"]) ranked[entry["unit"]] = entry;
  int by_leap = 0;
  for (const json& nomination : NominationsOf(stack, "COLLECTIVE")) {
    const json& entry = ranked[nomination["unit"].get<std::string>()];
    const int rank = entry["rank"].get<int>();
    const int change = entry["rank_change"].get<int>();
    if (nomination["certificate"] != "") {
      EXPECT_TRUE(rank <= 3 || change >= 2) << entry.dump();
      EXPECT_EQ(FindingIn(nomination, "2.1.4")["result"], "STANDARD_RESULT_MET");
      if (nomination["unit"] == stack.Unit("H00.20.11")) continue;
      EXPECT_GT(rank, 3) << entry.dump();
      EXPECT_GE(change, 2) << entry.dump();
      EXPECT_THAT(FindingIn(nomination, "2.1.4")["explanation"].get<std::string>(),
                  HasSubstr("Thứ hạng " + std::to_string(rank)));
      ++by_leap;
    }
  }
  EXPECT_EQ(by_leap, 1);
}

// shows: S4-03
TEST(Invitation, TheRecordOfTheSelectionHasNomineesChecksAndVotes) {
  Stack& stack = Stack::WithDemo();
  std::string rejected_unit;
  for (const json& nomination : NominationsOf(stack, "COLLECTIVE")) {
    EXPECT_NE(nomination["publication_sha256"], "") << "chosen by what was published";
    if (nomination["state"] != "NOMINATION_STATE_INELIGIBLE") continue;
    rejected_unit = nomination["unit"];
    EXPECT_EQ(nomination["rejection"]["reject_date"], "2024-02-22");
    EXPECT_NE(nomination["rejection"]["reason"], "");
    EXPECT_NE(nomination["rejection"]["rejecter"], nomination["filings"][0]["filer"]);
    const json checks =
        stack.Get("awards.v1.NominationService/ListStandardsChecks",
                  {{"name", nomination["name"]}, {"page_size", 100}}, "KN-PNV-01")["checks"];
    std::set<std::string> not_met;
    for (const json& check : checks) {
      if (check["number"] != nomination["rejection"]["check_number"]) continue;
      for (const json& finding : check["findings"]) {
        if (finding["result"] == "STANDARD_RESULT_NOT_MET") not_met.insert(finding["standard_id"]);
      }
    }
    // Its report of the first half and its task came late.
    EXPECT_EQ(not_met, (std::set<std::string>{"2.1.3", "2.1.5"}));
  }
  ASSERT_NE(rejected_unit, "");
  const json ballots = stack.Get("awards.v1.CouncilService/ListBallots", {{"page_size", 100}},
                                 "KN-HD-05")["ballots"];
  int carried = 0;
  for (const json& ballot : ballots) {
    if (ballot["close_date"] != "2024-02-26" || ballot["nomination"] == "") continue;
    ++carried;
    EXPECT_EQ(ballot["tally"]["votes_for"], 4);
    EXPECT_EQ(ballot["tally"]["total_members"], 5);
    EXPECT_EQ(ballot["minutes"]["meeting_date"], "2024-02-26");
    EXPECT_EQ(ballot["minutes"]["present"].size(), 4u);
    for (const json& member : ballot["members"]) {
      EXPECT_EQ(member["choice"], "VOTE_CHOICE_UNSPECIFIED") << "the ballot is secret";
    }
  }
  EXPECT_EQ(carried, 4) << "two units and two people; what was rejected came before no council";
}

}  // namespace
}  // namespace thidua::e2e
