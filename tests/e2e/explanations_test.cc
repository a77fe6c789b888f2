// The explanation round after the appraisal: one unit is heard, another is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "e2e/ranking_oracle.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

std::string PageOfUnit(Stack& stack, const json& publication, const std::string& unit_code) {
  const RestAnswer page =
      Rest(stack, "GET",
           "/trang/xep-hang/" + IdIn(publication["name"]) + "/" + IdIn(stack.Unit(unit_code)));
  EXPECT_EQ(page.status, 200);
  return page.body;
}

TEST(Explanation, ThatIsAcceptedChangesThePointsByJustThat) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  const json why = WhyOf(stack, publication, "H00.20.18");
  const json leaf = LeafOf(why, "4.1");
  ASSERT_EQ(leaf["explanations"].size(), 1u) << leaf.dump();
  EXPECT_EQ(leaf["explanations"][0]["outcome"], "EXPLANATION_OUTCOME_ACCEPTED");
  EXPECT_NE(leaf["explanations"][0]["text"], "");
  const json appraised = ScoreOf(leaf, "APPRAISED");
  const json answer = ScoreOf(leaf, "REAPPRAISED");
  EXPECT_EQ(ScoreOf(leaf, "SELF")["points"], "6.96");
  EXPECT_EQ(appraised["points"], "6.72");
  EXPECT_EQ(answer["points"], "6.96");
  EXPECT_EQ(ScoreOf(leaf, "FINAL")["points"], "6.96");
  EXPECT_NE(answer["actor"], appraised["actor"]) << "who appraised does not answer";
  EXPECT_NE(answer["actor"], leaf["explanations"][0]["actor"]);
  EXPECT_NE(answer["reason"], "");

  // Had nobody explained, the unit would have 0.24 points and as many percent less.
  const json criteria = DemoCriteria("xa", 2023);
  auto leaves = ExpectLeaves(criteria, why);
  const ExpectedUnit with = ExpectUnit(criteria, leaves);
  leaves["4.1"].points = Hundredths(appraised["points"]);
  const ExpectedUnit without = ExpectUnit(criteria, leaves);
  EXPECT_EQ(Hundredths(why["entry"]["points"]), with.points);
  EXPECT_EQ(with.points - without.points, 24);
  EXPECT_EQ(Hundredths(why["entry"]["index_percent"]) - without.index, 24);
  EXPECT_THAT(PageOfUnit(stack, publication, "H00.20.18"),
              HasSubstr("tự chấm 6,96 → thẩm định 6,72"));
}

TEST(Explanation, ThatIsNotAcceptedLeavesWhatWasAppraisedWithAReason) {
  Stack& stack = Stack::WithDemo();
  const json leaf = LeafOf(WhyOf(stack, stack.Publication(), "H00.20.21"), "1.2");
  ASSERT_EQ(leaf["explanations"].size(), 1u) << leaf.dump();
  EXPECT_EQ(leaf["explanations"][0]["outcome"], "EXPLANATION_OUTCOME_KEPT");
  const json answer = ScoreOf(leaf, "REAPPRAISED");
  EXPECT_EQ(answer["points"], ScoreOf(leaf, "APPRAISED")["points"]);
  EXPECT_LT(Hundredths(leaf["points"]), Hundredths(ScoreOf(leaf, "SELF")["points"]));
  EXPECT_EQ(leaf["points"], answer["points"]);
  EXPECT_NE(answer["reason"], "");
}

// The words stand where rights are asked for, not in what everybody may read.
TEST(Explanation, IsNotPublishedInWords) {
  Stack& stack = Stack::WithDemo();
  const json publication = stack.Publication();
  const std::string text =
      LeafOf(WhyOf(stack, publication, "H00.20.18"), "4.1")["explanations"][0]["text"];
  const json snapshot = stack.Get("scoring.v1.RankingService/GetPublicationSnapshot",
                                  {{"name", publication["name"]}});
  const std::string bytes = ctl::FromBase64(snapshot["data"].get<std::string>());
  EXPECT_THAT(bytes, HasSubstr(R"("REAPPRAISED":"6.96")"));
  EXPECT_THAT(bytes, ::testing::Not(HasSubstr(text)));
  EXPECT_THAT(PageOfUnit(stack, publication, "H00.20.18"), ::testing::Not(HasSubstr(text)));
}

}  // namespace
}  // namespace thidua::e2e
