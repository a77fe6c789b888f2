// Steps 4 and 5 of the slice: dossiers, scores, ranking, publication.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "e2e/ranking_oracle.h"
#include "e2e/scoring_steps.h"
#include "e2e/stack.h"
#include "platform/hash.h"
#include "thiduactl/demo/dossier_generator.h"
#include "thiduactl/demo/participants.h"
#include "thiduactl/dossier_file.h"

namespace thidua::e2e {
namespace {

TEST(Dossiers, ArePlacedOnceWhateverIsPushedTwice) {
  Stack& stack = Stack::WithDemo();
  // Once more, as the system that pushed them in the demo.
  std::string source;
  const json clients =
      stack.Get("campaign.v1.AccessService/ListClients", {{"page_size", 1000}})["clients"];
  for (const json& client : clients) {
    if (client["unit"] == stack.Unit("H00.20")) source = client["name"].get<std::string>();
  }
  ASSERT_NE(source, "") << clients.dump();
  const std::string token = stack.TokenOfEveryRight("client:" + IdIn(source), stack.Unit("H00.20"));
  const std::string half = std::to_string(Stack::kDossiers / 2);
  for (const int year : {2022, 2023}) {
    const auto again = ctl::PushDossiers(
        stack.session().client(),
        [&](const std::string&) -> absl::StatusOr<std::string> { return token; },
        absl::StrCat("e2e-again-", year), ctl::demo::DossiersOfYear(year, Stack::kDossiers / 2),
        [](size_t, const json&) {});
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ((*again)["unchanged"], half) << again->dump();
    EXPECT_EQ((*again)["accepted"], "0") << again->dump();
  }

  int64_t received = 0;
  for (const ctl::demo::Participant& unit : ctl::demo::Everybody()) {
    const json summary =
        stack.Get("scoring.v1.DossierService/GetTimeliness", {{"unit", stack.Unit(unit.code)},
                                                              {"period_start", "2022-01-01"},
                                                              {"period_end", "2023-12-31"},
                                                              {"as_of", "2023-12-31"}});
    const json& total = summary["total"];
    const auto count = [&](const char* bucket) {
      return std::stoll(total[bucket].get<std::string>());
    };
    received += count("received");
    EXPECT_EQ(count("received"), count("early") + count("on_time") + count("late") +
                                     count("unclassifiable") + count("excluded") +
                                     count("running") + count("overdue") + count("suspended") +
                                     count("open_without_due_date"))
        << "every dossier is in one bucket";
  }
  EXPECT_EQ(received, Stack::kDossiers);
}

// Ranks, bands and changes of a publication, from its units' points alone.
void ExpectRankedByOracle(Stack& stack, const std::string& block, int year) {
  SCOPED_TRACE(absl::StrCat(block, " ", year));
  const json publication = CurrentPublication(stack, block, year);
  const json criteria = DemoCriteria(block, year);
  const auto& units = block == "xa" ? ctl::demo::Communes().units : ctl::demo::Rooms().units;
  ASSERT_EQ(publication["entries"].size(), units.size());
  const json before = CurrentPublication(stack, block, year - 1);
  std::map<std::string, int64_t> index;  // by unit, in hundredths of a percent
  for (const json& entry : publication["entries"]) {
    const json why = stack.Get("scoring.v1.RankingService/ExplainRank",
                               {{"publication", publication["name"]}, {"unit", entry["unit"]}});
    const auto leaves = ExpectLeaves(criteria, why);
    for (const json& trace : why["trace"]) {
      const ExpectedLeaf& leaf = leaves.at(trace["criterion"]);
      EXPECT_EQ(trace["status"],
                leaf.applies ? "SCORE_STATUS_SCORED" : "SCORE_STATUS_NOT_APPLICABLE")
          << trace.dump();
      if (leaf.applies) EXPECT_EQ(Hundredths(trace["points"]), leaf.points) << trace.dump();
    }
    const ExpectedUnit unit = ExpectUnit(criteria, leaves);
    EXPECT_EQ(Hundredths(entry["points"]), unit.points) << entry.dump();
    EXPECT_EQ(Hundredths(entry["applicable_max_points"]), unit.applicable_max) << entry.dump();
    if (criteria.contains("extra_points")) {
      EXPECT_EQ(Hundredths(entry["bonus_points"]), unit.bonus) << entry.dump();
      EXPECT_EQ(Hundredths(entry["deduction_points"]), unit.deduction) << entry.dump();
    }
    index[entry["unit"]] = unit.index;
    int previous = 0;
    for (const json& earlier : before.is_null() ? json::array() : before["entries"]) {
      if (earlier["unit"] == entry["unit"]) previous = earlier["rank"];
    }
    EXPECT_EQ(entry["previous_rank"], previous) << entry.dump();
    EXPECT_EQ(entry["rank_change"], previous == 0 ? 0 : previous - entry["rank"].get<int>());
  }
  std::set<int64_t> different;
  for (const auto& [unit, own] : index) different.insert(own);
  ASSERT_EQ(different.size(), index.size()) << "who is equal is a matter of the tie-break chain";
  // Of all sets of the demo, lower bounds in hundredths of a percent.
  const std::vector<std::pair<int64_t, const char*>> bands = {
      {9000, "Xuất sắc"}, {8000, "Tốt"}, {7000, "Khá"}, {5000, "Trung bình"}, {0, "Yếu"}};
  int rank = 0;
  int64_t above = 10001;
  for (const json& entry : publication["entries"]) {
    const int64_t own = index[entry["unit"]];
    EXPECT_LT(own, above) << "best first";
    above = own;
    EXPECT_EQ(entry["index_percent"], absl::StrFormat("%d.%02d", own / 100, own % 100));
    EXPECT_EQ(entry["rank"], ++rank) << entry.dump();
    const auto band =
        std::find_if(bands.begin(), bands.end(), [&](const auto& one) { return one.first <= own; });
    EXPECT_EQ(entry["band"], band->second) << entry.dump();
  }
}

TEST(Ranking, OfBothBlocksAndYearsIsWhatWholeNumbersGive) {
  Stack& stack = Stack::WithDemo();
  for (const int year : {2022, 2023}) {
    for (const char* block : {"xa", "phong"}) ExpectRankedByOracle(stack, block, year);
  }
}

TEST(Ranking, ReplaysToTheSameBytes) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  const json replay =
      stack.Get("scoring.v1.RankingService/ReplayRanking", {{"name", publication["name"]}});
  EXPECT_EQ(replay["recomputed_sha256"], publication["snapshot_sha256"]);
  EXPECT_EQ(replay["units"], ctl::demo::Communes().units.size());
  const json snapshot = stack.Get("scoring.v1.RankingService/GetPublicationSnapshot",
                                  {{"name", publication["name"]}});
  EXPECT_EQ(platform::Sha256Hex(ctl::FromBase64(snapshot["data"].get<std::string>())),
            publication["snapshot_sha256"]);
}

// Of the best band some have a high rank, some have gained, and some have neither: who of them
// meets the standard "high rank or a leap in rank" is not decided by the band.
// shows: S4-20
TEST(Ranking, TellsAHighRankFromALeapInRank) {
  const json publication = Stack::WithDemo().Publication();
  int high = 0, leapt = 0, neither = 0;
  for (const json& entry : publication["entries"]) {
    if (entry["band"] != "Xuất sắc") continue;
    const int rank = entry["rank"];
    const int gain = entry["rank_change"];
    EXPECT_EQ(gain, entry["previous_rank"].get<int>() - rank);
    ++(rank <= 3 ? high : gain >= 2 ? leapt : neither);
  }
  EXPECT_GE(high, 1);
  EXPECT_GE(leapt, 1);
  EXPECT_GE(neither, 1);
}

// What does not apply is in neither the points nor the maximum.
TEST(Ranking, WhatDoesNotApplyLowersTheMaximumAndNotTheIndex) {
  Stack& stack = Stack::WithDemo();
  const json why = WhyOf(stack, stack.Publication(), "H00.20.16");
  const json leaf = LeafOf(why, "2.1");
  EXPECT_EQ(leaf["status"], "SCORE_STATUS_NOT_APPLICABLE");
  EXPECT_EQ(ScoreOf(leaf, "SELF")["status"], "SCORE_STATUS_NOT_APPLICABLE");
  EXPECT_EQ(why["entry"]["applicable_max_points"], "92");
  const json criteria = DemoCriteria("xa", 2023);
  auto leaves = ExpectLeaves(criteria, why);
  const int64_t index = Hundredths(why["entry"]["index_percent"]);
  EXPECT_EQ(index, ExpectUnit(criteria, leaves).index);
  // With no points for it instead it would have lost.
  leaves["2.1"] = {true, 0};
  EXPECT_GT(index, ExpectUnit(criteria, leaves).index);
}

TEST(Ranking, SaysWhyInFiveLines) {
  Stack& stack = Stack::WithDemo();
  const json why =
      stack.Get("scoring.v1.RankingService/ExplainRank",
                {{"publication", stack.Publication()["name"]}, {"unit", stack.Unit("H00.20.12")}});
  EXPECT_EQ(why["lines_vi"].size(), 5u) << why["lines_vi"].dump();
  EXPECT_GE(why["trace"].size(), 10u);
  for (const json& trace : why["trace"]) {
    EXPECT_NE(trace["calculation_vi"], "");
    EXPECT_FALSE(trace["entries"].empty()) << "every point has a person or a computation behind it";
  }
}

TEST(Ranking, IsAPageThatNeedsNoToken) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  const std::string id = publication["name"].get<std::string>().substr(13);
  const RestAnswer page = Rest(stack, "GET", "/trang/xep-hang/" + id);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.content_type, testing::HasSubstr("text/html"));
  EXPECT_THAT(page.body, testing::HasSubstr(publication["snapshot_sha256"].get<std::string>()));
  EXPECT_THAT(page.body, testing::HasSubstr("Đắk Mâm"));
  EXPECT_THAT(page.body, testing::Not(testing::HasSubstr("<script")));
}

TEST(Scoring, SelfScoredAndAppraisedByDifferentPeopleWithEvidence) {
  Stack& stack = Stack::WithDemo();
  const json why =
      stack.Get("scoring.v1.RankingService/ExplainRank",
                {{"publication", stack.Publication()["name"]}, {"unit", stack.Unit("H00.20.12")}});
  int manual = 0;
  for (const json& trace : why["trace"]) {
    if (trace["rule_type"] != "MANUAL") continue;
    ++manual;
    std::string self, appraised;
    for (const json& entry : trace["entries"]) {
      if (entry["layer"] == "SCORE_LAYER_SELF") self = entry["actor"];
      if (entry["layer"] == "SCORE_LAYER_APPRAISED") appraised = entry["actor"];
    }
    EXPECT_NE(self, "") << trace.dump();
    EXPECT_NE(appraised, "") << trace.dump();
    EXPECT_NE(self, appraised);
    ASSERT_FALSE(trace["evidence"].empty());
    EXPECT_EQ(trace["evidence"][0]["file"].get<std::string>().rfind("files/", 0), 0u);
  }
  EXPECT_EQ(manual, 6);
}

TEST(Scoring, ReportsOnTimeAreCountedFromCampaignsRecords) {
  Stack& stack = Stack::WithDemo();
  // Nam Đà filed one of two reports late, Đắk Mâm none.
  for (const auto& [code, on_time] :
       std::map<std::string, std::string>{{"H00.20.11", "2"}, {"H00.20.14", "1"}}) {
    const json why = WhyOf(stack, stack.Publication(), code);
    const json inputs = LeafOf(why, "1.1")["inputs"];
    EXPECT_EQ(inputs["numerator"], on_time) << code;
    EXPECT_EQ(inputs["denominator"], "2") << code;
    EXPECT_EQ(LeafOf(why, "TR.1")["inputs"]["count"], std::to_string(2 - std::stoi(on_time)));
  }
}

TEST(Scoring, WhoSelfScoresDoesNotAppraiseHoweverManyRightsTheyHave) {
  Stack& stack = Stack::WithDemo();
  const json round = OpenRound(stack, "separation", {"H00.20.11"});
  ASSERT_FALSE(round.is_null());
  const json state = SelfScoreAndSubmit(
      stack, "separation", AssessmentOf(stack, round, "H00.20.11"), "H00.20.11", "KN-DM-01");
  ASSERT_FALSE(state.is_null());
  const json appraise = {
      {"name", state["name"]},
      {"etag", state["etag"]},
      {"scores",
       json::array({{{"criterion", "1.2"}, {"status", "SCORE_STATUS_SCORED"}, {"points", "6"}}})},
      {"request_id", "e2e-self-appraise"}};
  EXPECT_EQ(stack.Refusal("scoring.v1.AssessmentService/AppraiseAssessment", appraise, "KN-DM-01"),
            "PERMISSION_DENIED");
  EXPECT_EQ(stack.RefusalWithEveryRight("scoring.v1.AssessmentService/AppraiseAssessment", appraise,
                                        "KN-DM-01", stack.Unit("H00.20")),
            "SEPARATION_OF_DUTIES");
}

}  // namespace
}  // namespace thidua::e2e
