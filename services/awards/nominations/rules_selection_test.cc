#include "awards/nominations/rules_selection.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using absl::CivilDay;

PlanTerms Plan() {
  PlanTerms plan;
  plan.plan_id = "krong-no-2023";
  plan.start = CivilDay(2023, 3, 15);
  plan.end = CivilDay(2023, 12, 31);
  plan.participants = {"dak-dro", "dak-sor", "nam-xuan", "tan-thanh"};
  plan.shortlist_bands = {"Xuất sắc"};
  plan.award_forms = {"GIAY_KHEN"};
  plan.required_documents = {"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"};
  plan.original_sets = 1;
  return plan;
}

PublishedRanking Ranking() {
  PublishedRanking ranking;
  ranking.publication_id = "pub";
  ranking.plan_id = "krong-no-2023";
  ranking.sha256 = "ab";
  ranking.year = 2023;
  ranking.units = {{"nam-xuan", 2, 1, "Xuất sắc"},
                   {"dak-sor", 1, 3, "Xuất sắc"},
                   {"tan-thanh", 3, 2, "Tốt"},
                   {"elsewhere", 4, 0, "Xuất sắc"},
                   {"dak-dro", 0, 0, "Xuất sắc"}};
  return ranking;
}

std::vector<std::string> Ids(const Selection& selection) {
  std::vector<std::string> ids;
  for (const RankedUnit& unit : selection.units) ids.push_back(unit.unit_id);
  return ids;
}

// shows: S4-26
TEST(Selection, R_AWD_22_ParticipantsInThePlansBandsInOrderOfRank) {
  const Selection selection = Select(Plan(), Ranking(), "", {});
  ASSERT_FALSE(selection.refusal.has_value());
  // Not the one in another band, not the one outside the plan, not the one without a rank.
  EXPECT_THAT(Ids(selection), testing::ElementsAre("dak-sor", "nam-xuan"));
  EXPECT_THAT(Ids(Select(Plan(), Ranking(), "", {"nam-xuan"})), testing::ElementsAre("nam-xuan"));
}

TEST(Selection, R_AWD_22_AUnitOutsideTheBandsIsRefused) {
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"nam-xuan", "tan-thanh"}).refusal->reason,
            "UNIT_NOT_IN_BAND");
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"nam-xuan", "tan-thanh"}).refusal->field, "units[1]");
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"dak-dro"}).refusal->reason, "UNIT_NOT_IN_BAND");
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"unknown"}).refusal->reason, "UNIT_NOT_IN_BAND");
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"dak-sor", "dak-sor"}).refusal->reason, "UNIT_TWICE");
}

TEST(Selection, R_AWD_22_APlanWithoutBandsGivesNoShortlist) {
  PlanTerms plan = Plan();
  plan.shortlist_bands.clear();
  EXPECT_EQ(Select(plan, Ranking(), "", {}).refusal->reason, "PLAN_WITHOUT_BANDS");
  plan.shortlist_bands = {"Hạng A"};
  EXPECT_EQ(Select(plan, Ranking(), "", {}).refusal->reason, "NO_UNIT_IN_BAND");
}

TEST(Selection, R_AWD_23_OnlyParticipantsOfThePlan) {
  EXPECT_EQ(Select(Plan(), Ranking(), "", {"elsewhere"}).refusal->reason, "UNIT_NOT_PARTICIPANT");
}

// shows: S4-16
TEST(Selection, R_AWD_24_OnlyAwardFormsThatThePlanAllows) {
  EXPECT_EQ(Select(Plan(), Ranking(), "", {}).award_form, "GIAY_KHEN");
  EXPECT_EQ(Select(Plan(), Ranking(), "BANG_KHEN", {}).refusal->reason, "AWARD_FORM_NOT_ALLOWED");
  PlanTerms plan = Plan();
  plan.award_forms = {"GIAY_KHEN", "BANG_KHEN"};
  EXPECT_EQ(Select(plan, Ranking(), "", {}).refusal->reason, "AWARD_FORM_REQUIRED");
  EXPECT_EQ(Select(plan, Ranking(), "BANG_KHEN", {}).award_form, "BANG_KHEN");
  plan.award_forms.clear();
  EXPECT_EQ(Select(plan, Ranking(), "", {}).refusal->reason, "AWARD_FORM_REQUIRED");
}

TEST(Selection, R_AWD_25_TheRankingIsThePlansOwnAndTheNewest) {
  PublishedRanking ranking = Ranking();
  ranking.plan_id = "another";
  EXPECT_EQ(Select(Plan(), ranking, "", {}).refusal->reason, "PUBLICATION_OF_OTHER_PLAN");
  ranking.plan_id.clear();
  EXPECT_FALSE(Select(Plan(), ranking, "", {}).refusal.has_value());
  ranking.corrected_by = "pub2";
  const Selection corrected = Select(Plan(), ranking, "", {});
  EXPECT_EQ(corrected.refusal->reason, "PUBLICATION_CORRECTED");
  EXPECT_EQ(corrected.refusal->metadata.at("corrected_by"), "publications/pub2");
}

TEST(Selection, R_AWD_22_AtTheDecisionTheUnitIsStillInABand) {
  EXPECT_FALSE(CheckStillInBand(Plan(), Ranking(), "dak-sor").has_value());
  EXPECT_EQ(CheckStillInBand(Plan(), Ranking(), "tan-thanh")->reason, "NOT_IN_BAND_ANY_MORE");
  EXPECT_EQ(CheckStillInBand(Plan(), Ranking(), "gone")->kind, RefusalKind::kState);
}

// shows: S4-15
TEST(Selection, R_AWD_26_DeadlinesAfterThePlansPeriodAreAllowedAndPointedOut) {
  const CivilDay today(2024, 2, 1);
  EXPECT_EQ(CheckFilingDeadline(CivilDay(2024, 1, 31), today)->reason, "DEADLINE_PAST");
  EXPECT_FALSE(CheckFilingDeadline(today, today).has_value());
  EXPECT_FALSE(CheckFilingDeadline(std::nullopt, today).has_value());
  EXPECT_TRUE(DeadlineAfterPlanPeriod(Plan(), CivilDay(2024, 2, 15), today));
  EXPECT_TRUE(DeadlineAfterPlanPeriod(Plan(), std::nullopt, today));
  EXPECT_FALSE(DeadlineAfterPlanPeriod(Plan(), CivilDay(2023, 12, 31), CivilDay(2023, 12, 1)));
  PlanTerms endless = Plan();
  endless.end.reset();
  EXPECT_FALSE(DeadlineAfterPlanPeriod(endless, CivilDay(2024, 2, 15), today));
}

// shows: S4-28
TEST(Selection, R_AWD_27_EveryDocumentOnceAndTheSetsOfOriginalsAskedFor) {
  const std::vector<std::string> all = {"MINUTES", "SUBMISSION_LETTER", "ACHIEVEMENT_REPORT"};
  EXPECT_FALSE(CheckDocuments(Plan(), all, 1).has_value());
  const MaybeRefusal missing = CheckDocuments(Plan(), {"MINUTES", "SUBMISSION_LETTER"}, 1);
  EXPECT_EQ(missing->reason, "DOCUMENT_MISSING");
  EXPECT_EQ(missing->metadata.at("kind"), "ACHIEVEMENT_REPORT");
  EXPECT_EQ(missing->vi, "Hồ sơ thiếu Báo cáo thành tích.");
  EXPECT_EQ(CheckDocuments(Plan(), {"MINUTES", "MINUTES"}, 1)->field, "documents[1].kind");
  EXPECT_EQ(CheckDocuments(Plan(), {"MINUTES", "PHOTO"}, 1)->reason, "DOCUMENT_NOT_ASKED_FOR");
  EXPECT_EQ(CheckDocuments(Plan(), all, 2)->reason, "ORIGINAL_SETS");
  EXPECT_EQ(CheckDocuments(Plan(), all, 0)->reason, "ORIGINAL_SETS");
  PlanTerms silent = Plan();
  silent.original_sets = 0;
  EXPECT_FALSE(CheckDocuments(silent, all, 0).has_value());
  EXPECT_FALSE(CheckDocuments(silent, all, 3).has_value());
  EXPECT_EQ(CheckDocuments(silent, all, -1)->reason, "FIELD_OUT_OF_RANGE");
}

TEST(Selection, R_AWD_28_ADeadlineRunsToTheEndOfItsDay) {
  EXPECT_FALSE(IsLate(CivilDay(2024, 2, 15), CivilDay(2024, 2, 15)));
  EXPECT_TRUE(IsLate(CivilDay(2024, 2, 15), CivilDay(2024, 2, 16)));
  EXPECT_FALSE(IsLate(std::nullopt, CivilDay(2030, 1, 1)));
}

}  // namespace
}  // namespace thidua::awards::nominations
