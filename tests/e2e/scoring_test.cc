// Steps 4 and 5 of the slice: dossiers, scores, ranking, publication.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/stack.h"
#include "platform/hash.h"

namespace thidua::e2e {
namespace {

TEST(Dossiers, FiveThousandArePlacedOnceWhateverIsPushedTwice) {
  Stack& stack = Stack::WithDemo();
  int64_t received = 0;
  for (const char* code : {"H00.20.11", "H00.20.12", "H00.20.13", "H00.20.14", "H00.20.15"}) {
    const json summary =
        stack.Get("scoring.v1.DossierService/GetTimeliness", {{"unit", stack.Unit(code)},
                                                              {"period_start", "2023-01-01"},
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
  EXPECT_EQ(received, 5000);
}

TEST(Ranking, IsOrderedBandedAndReplaysToTheSameBytes) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  ASSERT_EQ(publication["entries"].size(), 5u);
  double before = 101;
  for (const json& entry : publication["entries"]) {
    const double index = std::stod(entry["index_percent"].get<std::string>());
    EXPECT_LE(index, before);
    before = index;
    EXPECT_EQ(entry["band"] == "Xuất sắc", index >= 90) << entry.dump();
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
  EXPECT_GE(why["lines_vi"].size(), 3u);
  EXPECT_LE(why["lines_vi"].size(), 5u);
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

TEST(Scoring, WhoSelfScoresDoesNotAppraise) {
  Stack& stack = Stack::WithDemo();
  const json list = stack.Get("scoring.v1.AssessmentService/ListAssessments",
                              {{"unit", stack.Unit("H00.20.11")}});
  ASSERT_FALSE(list["assessments"].empty());
  const json request = {{"name", list["assessments"][0]["name"]},
                        {"etag", list["assessments"][0]["etag"]},
                        {"scores", json::array()},
                        {"request_id", "e2e-self-appraise"}};
  EXPECT_EQ(stack.Refusal("scoring.v1.AssessmentService/AppraiseAssessment", request, "KN-DM-01"),
            "PERMISSION_DENIED");
}

}  // namespace
}  // namespace thidua::e2e
