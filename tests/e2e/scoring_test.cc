// Steps 4 and 5 of the slice: dossiers, scores, ranking, publication.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "e2e/stack.h"
#include "platform/hash.h"
#include "thiduactl/demo/dossier_generator.h"
#include "thiduactl/demo/participants.h"
#include "thiduactl/dossier_file.h"

namespace thidua::e2e {
namespace {

// Decimals are compared as hundredths in whole numbers, apart from the product's own arithmetic.
int64_t Hundredths(const std::string& decimal) {
  const size_t point = decimal.find('.');
  std::string digits = point == std::string::npos ? "" : decimal.substr(point + 1);
  EXPECT_LE(digits.size(), 2u) << decimal;
  digits.resize(2, '0');
  int64_t value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(decimal.substr(0, point) + digits, &value)) << decimal;
  return value;
}

int64_t Whole(const std::string& number) {
  int64_t value = 0;
  EXPECT_TRUE(absl::SimpleAtoi(number, &value)) << number;
  return value;
}

int64_t HalfUp(int64_t numerator, int64_t denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

// The points in hundredths of a criterion of the demo, from its inputs.
int64_t PointsOf(const json& trace) {
  if (trace["rule_type"] == "MANUAL") return Hundredths(trace["points"]);
  const int64_t max = Hundredths(trace["max_points"]);
  const int64_t numerator = Whole(trace["inputs"]["numerator"]);
  const int64_t denominator = Whole(trace["inputs"]["denominator"]);
  const int64_t floor = trace["rule_type"] == "RATIO_WITH_FLOOR"
                            ? Whole(trace["rule_parameters"]["floor_percent"])
                            : 0;
  return numerator * 100 < floor * denominator ? 0 : HalfUp(max * numerator, denominator);
}

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
  const std::string token = stack.TokenOfEveryRight("client:" + source.substr(source.find('/') + 1),
                                                    stack.Unit("H00.20"));
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

TEST(Ranking, IsOrderedBandedAndReplaysToTheSameBytes) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  ASSERT_EQ(publication["entries"].size(), ctl::demo::Communes().units.size());
  std::map<std::string, int64_t> index;  // by unit, in hundredths of a percent
  for (const json& entry : publication["entries"]) {
    const json why = stack.Get("scoring.v1.RankingService/ExplainRank",
                               {{"publication", publication["name"]}, {"unit", entry["unit"]}});
    ASSERT_EQ(why["trace"].size(), 3u);
    int64_t points = 0;
    int64_t max = 0;
    for (const json& trace : why["trace"]) {
      ASSERT_EQ(trace["status"], "SCORE_STATUS_SCORED") << trace.dump();
      EXPECT_EQ(Hundredths(trace["points"]), PointsOf(trace)) << trace.dump();
      points += PointsOf(trace);
      max += Hundredths(trace["max_points"]);
    }
    EXPECT_EQ(Hundredths(entry["points"]), points) << entry.dump();
    EXPECT_EQ(Hundredths(entry["applicable_max_points"]), max) << entry.dump();
    index[entry["unit"]] = HalfUp(points * 10000, max);
  }
  // The bands of deploy/demo/data/criteria/xa-2023.json, lower bounds in hundredths of a percent.
  const std::vector<std::pair<int64_t, const char*>> bands = {
      {9000, "Xuất sắc"}, {8000, "Tốt"}, {7000, "Khá"}, {5000, "Trung bình"}, {0, "Yếu"}};
  int64_t before = 10000;
  for (const json& entry : publication["entries"]) {
    const int64_t own = index[entry["unit"]];
    EXPECT_LE(own, before) << "best first";
    before = own;
    EXPECT_EQ(entry["index_percent"], absl::StrFormat("%d.%02d", own / 100, own % 100));
    const auto better = std::count_if(index.begin(), index.end(),
                                      [&](const auto& other) { return other.second > own; });
    EXPECT_EQ(entry["rank"], better + 1) << entry.dump();
    const auto band =
        std::find_if(bands.begin(), bands.end(), [&](const auto& one) { return one.first <= own; });
    EXPECT_EQ(entry["band"], band->second) << entry.dump();
  }
  const json replay =
      stack.Get("scoring.v1.RankingService/ReplayRanking", {{"name", publication["name"]}});
  EXPECT_EQ(replay["recomputed_sha256"], publication["snapshot_sha256"]);
  const json snapshot = stack.Get("scoring.v1.RankingService/GetPublicationSnapshot",
                                  {{"name", publication["name"]}});
  EXPECT_EQ(platform::Sha256Hex(ctl::FromBase64(snapshot["data"].get<std::string>())),
            publication["snapshot_sha256"]);
}

TEST(Ranking, SaysWhyInFiveLines) {
  Stack& stack = Stack::WithDemo();
  const json why =
      stack.Get("scoring.v1.RankingService/ExplainRank",
                {{"publication", stack.Publication()["name"]}, {"unit", stack.Unit("H00.20.12")}});
  EXPECT_EQ(why["lines_vi"].size(), 5u) << why["lines_vi"].dump();
  ASSERT_EQ(why["trace"].size(), 3u);
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
  EXPECT_EQ(manual, 1);
}

TEST(Scoring, ReportsOnTimeAreCountedFromCampaignsRecords) {
  Stack& stack = Stack::WithDemo();
  // Nam Đà filed one of two reports late, Đắk Mâm none.
  for (const auto& [code, on_time] :
       std::map<std::string, std::string>{{"H00.20.11", "2"}, {"H00.20.14", "1"}}) {
    const json why =
        stack.Get("scoring.v1.RankingService/ExplainRank",
                  {{"publication", stack.Publication()["name"]}, {"unit", stack.Unit(code)}});
    int found = 0;
    for (const json& trace : why["trace"]) {
      if (trace["calculation_vi"].get<std::string>().find(on_time + "/2") == std::string::npos)
        continue;
      ++found;
    }
    EXPECT_EQ(found, 1) << code << " " << why["trace"].dump();
  }
}

TEST(Scoring, WhoSelfScoresDoesNotAppraiseHoweverManyRightsTheyHave) {
  Stack& stack = Stack::WithDemo();
  const std::string unit = stack.Unit("H00.20.11");
  const json publication = stack.Publication();
  const json demo_round = stack.Get("scoring.v1.AssessmentService/GetAssessmentRound",
                                    {{"name", publication["round"]}});
  json round = {{"unit", demo_round["unit"]},
                {"title", "Vòng để thử phân tách trách nhiệm"},
                {"criteria_set", demo_round["criteria_set"]},
                {"plan", demo_round["plan"]},
                {"units", json::array({unit})}};
  for (const char* field : {"period_start", "period_end", "self_score_start", "self_score_end",
                            "appraisal_start", "appraisal_end"}) {
    round[field] = demo_round[field];
  }
  round["self_score_end"] = "2024-12-31";
  round["appraisal_end"] = "2024-12-31";
  const json made = stack.Get("scoring.v1.AssessmentService/CreateAssessmentRound",
                              {{"round", round}, {"request_id", "e2e-round"}}, "KN-PNV-01");
  ASSERT_FALSE(made.is_null());
  const json list =
      stack.Get("scoring.v1.AssessmentService/ListAssessments", {{"round", made["name"]}});
  ASSERT_EQ(list["assessments"].size(), 1u);
  const json assessment = list["assessments"][0];
  const std::string evidence = stack.Upload("scoring", unit, "e2e-evidence", "KN-DM-01");
  json state = stack.Get(
      "scoring.v1.AssessmentService/SetSelfScores",
      {{"name", assessment["name"]},
       {"etag", assessment["etag"]},
       {"scores", json::array({{{"criterion", "1.1"},
                                {"status", "SCORE_STATUS_SCORED"},
                                {"points", "30"},
                                {"evidence", json::array({{{"file", evidence}, {"pages", "1"}}})},
                                {"note", "Thử"}}})},
       {"request_id", "e2e-self"}},
      "KN-DM-01");
  ASSERT_FALSE(state.is_null());
  state = stack.Get(
      "scoring.v1.AssessmentService/SubmitAssessment",
      {{"name", assessment["name"]}, {"etag", state["etag"]}, {"request_id", "e2e-submit"}},
      "KN-DM-01");
  ASSERT_FALSE(state.is_null());
  const json appraise = {
      {"name", assessment["name"]},
      {"etag", state["etag"]},
      {"scores",
       json::array({{{"criterion", "1.1"}, {"status", "SCORE_STATUS_SCORED"}, {"points", "30"}}})},
      {"request_id", "e2e-self-appraise"}};
  EXPECT_EQ(stack.Refusal("scoring.v1.AssessmentService/AppraiseAssessment", appraise, "KN-DM-01"),
            "PERMISSION_DENIED");
  EXPECT_EQ(stack.RefusalWithEveryRight("scoring.v1.AssessmentService/AppraiseAssessment", appraise,
                                        "KN-DM-01", stack.Unit("H00.20")),
            "SEPARATION_OF_DUTIES");
}

}  // namespace
}  // namespace thidua::e2e
