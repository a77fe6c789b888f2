#include "campaign/plans/rules_findings.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Ids(const PlanFacts& plan) {
  std::vector<std::string> ids;
  for (const Finding& finding : FindDoubts(plan)) {
    EXPECT_FALSE(finding.vi.empty());
    EXPECT_FALSE(finding.en.empty());
    ids.push_back(finding.id());
  }
  return ids;
}

PlanFacts Movement2023() {
  PlanFacts plan;
  plan.movement = {CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)};
  return plan;
}

TEST(FindDoubts, APlanWithoutDoubts) { EXPECT_THAT(Ids(Movement2023()), IsEmpty()); }

// shows: S3-19
TEST(FindDoubts, R_PLN_21_AnImpossibleDayBlocksAndProposes) {
  PlanFacts plan;
  plan.phrases = {{"movement_period.phrase", {}, {{"31/11/2019", CivilDay(2019, 11, 30)}}}};
  const std::vector<Finding> findings = FindDoubts(plan);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].id(), "INVALID_DATE:movement_period.phrase");
  EXPECT_EQ(findings[0].proposal, "2019-11-30");
  EXPECT_TRUE(findings[0].blocks_issue);
}

// shows: S4-15
TEST(FindDoubts, R_PLN_22_DossiersBeforePublication) {
  PlanFacts plan = Movement2023();
  plan.chosen_after_publication = true;
  plan.preparation = Days{CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)};
  EXPECT_THAT(Ids(plan), ElementsAre("DOSSIER_TIME_BEFORE_PUBLICATION:award_dossier.preparation"));
  EXPECT_FALSE(FindDoubts(plan)[0].blocks_issue);
  plan.preparation->last = CivilDay(2024, 3, 31);
  EXPECT_THAT(Ids(plan), IsEmpty());
  plan.preparation->last = CivilDay(2023, 12, 31);
  plan.chosen_after_publication = false;
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S4-16
TEST(FindDoubts, R_PLN_23_HigherFormsMayBeProposedButAreNotListed) {
  PlanFacts plan;
  plan.may_escalate = true;
  EXPECT_THAT(Ids(plan), IsEmpty());
  plan.award_forms = {"GIAY_KHEN"};
  EXPECT_THAT(Ids(plan), ElementsAre("HIGHER_FORM_NOT_LISTED:award_forms"));
  plan.award_forms.push_back("BANG_KHEN");
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S4-14
TEST(FindDoubts, R_PLN_24_ABranchTakesPartWithoutItsPeople) {
  PlanFacts plan;
  plan.groups = {{false, {{"ROOM", {"DISTRICT"}}, {"VERTICAL_BRANCH", {}}, {"COMMUNE", {}}}, {}},
                 {true, {{"ROOM", {"DISTRICT"}}, {"COMMUNE", {}}}, {}}};
  EXPECT_THAT(
      Ids(plan),
      ElementsAre("COLLECTIVE_WITHOUT_ITS_PEOPLE:participant_groups[0].scopes[VERTICAL_BRANCH]"));
  EXPECT_EQ(FindDoubts(plan)[0].vi,
            "đơn vị ngành dọc tham gia thi đua nhưng cá nhân thuộc đơn vị đó không được nêu");
}

// shows: S2-05
TEST(FindDoubts, R_PLN_24_PeopleOfRoomsBelongToTheUnitsAbove) {
  PlanFacts plan;
  plan.groups = {
      {false, {{"DEPARTMENT", {}}, {"DISTRICT", {}}, {"ROOM", {"DEPARTMENT", "DISTRICT"}}}, {}},
      {true, {{"DEPARTMENT", {}}, {"DISTRICT", {}}}, {}}};
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S2-02
TEST(FindDoubts, R_PLN_25_PhaseAndMovementAreTwoThings) {
  PlanFacts plan;
  plan.phase = {CivilDay(2021, 1, 1), CivilDay(2025, 12, 31)};
  plan.movement = {CivilDay(2022, 10, 14), CivilDay(2025, 12, 31)};
  EXPECT_THAT(Ids(plan), ElementsAre("PHASE_DIFFERS_FROM_MOVEMENT:programme_phase"));
  plan.phase.start = CivilDay(2022, 1, 1);
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S4-28
TEST(FindDoubts, R_PLN_26_ATemplateOutOfForceWhenDossiersAreMade) {
  PlanFacts plan = Movement2023();
  plan.templates = {
      {"award_dossier.documents[2].template_code", "ND91-2017-MAU07", CivilDay(2023, 12, 31), {}}};
  EXPECT_THAT(Ids(plan), IsEmpty());
  plan.chosen_after_publication = true;
  EXPECT_THAT(Ids(plan),
              ElementsAre("TEMPLATE_SUPERSEDED:award_dossier.documents[2].template_code"));
  EXPECT_EQ(FindDoubts(plan)[0].vi,
            "biểu mẫu ND91-2017-MAU07 chỉ có hiệu lực đến 31/12/2023; hồ sơ lập sau đó phải dùng "
            "biểu mẫu đang có hiệu lực");
  plan.templates[0].successors = {
      {"ND98", "Mẫu Báo cáo thành tích", "Nghị định số 98/2023/NĐ-CP", CivilDay(2024, 1, 1),
       CivilDay(2025, 6, 30), "ND91-2017-MAU07", "Số của mẫu chưa được kiểm chứng"},
      {"ND152", "Mẫu Báo cáo thành tích", "Nghị định số 152/2025/NĐ-CP", CivilDay(2025, 7, 1),
       std::nullopt, "ND98", ""}};
  EXPECT_EQ(FindDoubts(plan)[0].vi,
            "biểu mẫu ND91-2017-MAU07 chỉ có hiệu lực đến 31/12/2023; hồ sơ lập từ ngày 01/01/2024 "
            "dùng Mẫu Báo cáo thành tích theo Nghị định số 98/2023/NĐ-CP (có hiệu lực từ "
            "01/01/2024; Số của mẫu chưa được kiểm chứng)");
  plan.movement.end = CivilDay(2025, 12, 31);
  EXPECT_THAT(FindDoubts(plan)[0].vi,
              ::testing::HasSubstr("Nghị định số 152/2025/NĐ-CP (có hiệu lực từ 01/07/2025)"));
  plan.templates[0].valid_to = std::nullopt;
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S2-13
TEST(FindDoubts, R_PLN_27_TheIssuerEndsBeforeTheFinalReview) {
  PlanFacts plan;
  plan.movement.end = CivilDay(2025, 12, 31);
  plan.issuer_valid_to = CivilDay(2025, 6, 30);
  EXPECT_THAT(Ids(plan), ElementsAre("ISSUER_ENDS_EARLY:issuer"));
  plan.issuer_valid_to = CivilDay(2025, 12, 31);
  EXPECT_THAT(Ids(plan), IsEmpty());
}

// shows: S4-20
TEST(FindDoubts, R_PLN_28_HighAndLeapAreNotDefined) {
  PlanFacts plan;
  plan.standards = {{"S4-20", true, {"max_rank", "min_rank_gain"}}, {"S4-17", true, {}}};
  EXPECT_THAT(Ids(plan), ElementsAre("THRESHOLD_UNDEFINED:standards[S4-20].parameters"));
  EXPECT_THAT(FindDoubts(plan)[0].vi,
              ::testing::HasSubstr("không nêu ngưỡng (thứ hạng cao, số bậc tăng hạng);"));
}

TEST(FindDoubts, R_PLN_29_ABasisYoungerThanThePlan) {
  PlanFacts plan;
  plan.issue = Days{CivilDay(2023, 3, 1), CivilDay(2023, 3, 31)};
  plan.bases = {{CivilDay(2023, 1, 9)}, {CivilDay(2023, 4, 1)}, {std::nullopt}};
  EXPECT_THAT(Ids(plan), ElementsAre("BASIS_AFTER_ISSUE:legal_bases[1].date"));
}

TEST(FindDoubts, R_PLN_30_GivenDaysAgainstWords) {
  PlanFacts plan;
  plan.contradicted = {"milestones[0]"};
  EXPECT_THAT(Ids(plan), ElementsAre("PHRASE_CONTRADICTS_DATES:milestones[0]"));
}

// shows: S2-14, S4-35
TEST(FindDoubts, R_PLN_31_NoiseIsToldByItsPassageAndStays) {
  PlanFacts plan;
  plan.noises = {
      {"source.noise[0]", {{NoiseKind::kFurniture, "BBT.", ""}}},
      {"selection.individual_text",
       {{NoiseKind::kLayout, "**", ""}, {NoiseKind::kSlip, "đề Chủ tịch", "đề nghị Chủ tịch"}}},
      {"title", {}}};
  EXPECT_THAT(Ids(plan), ElementsAre("SOURCE_NOISE:source.noise[0]",
                                     "SOURCE_NOISE:selection.individual_text"));
  const std::vector<Finding> findings = FindDoubts(plan);
  EXPECT_EQ(findings[1].vi,
            "“**” là dấu định dạng chữ; “đề Chủ tịch” có thể thiếu chữ, là “đề nghị Chủ tịch”; "
            "giữ nguyên văn");
  EXPECT_FALSE(findings[1].blocks_issue);
  EXPECT_EQ(findings[1].proposal, "") << "nothing to take: the text is the source's";
}

}  // namespace
}  // namespace thidua::campaign::plans
