// Standards for individuals.
#include "awards/nominations/testing.h"
#include "gmock/gmock.h"

namespace thidua::awards::nominations {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Says;

Standard ForPeople(const std::string& id, const std::string& check,
                   std::map<std::string, std::string> parameters = {}) {
  return {id, "INDIVIDUAL", "văn bản của " + id, check, std::move(parameters)};
}

Facts OfPerson(const std::string& level = "") {
  Facts facts = testing::Known();
  facts.individual = true;
  if (!level.empty()) facts.classification = {"c1", level, "12/QĐ-UBND"};
  return facts;
}

Result Classified(const std::string& level, const std::string& least) {
  const Standard standard =
      ForPeople("S4-25.1", "CLASSIFICATION_AT_LEAST",
                least.empty() ? std::map<std::string, std::string>{}
                              : std::map<std::string, std::string>{{"min_classification", least}});
  return testing::CheckOne(standard, OfPerson(level)).result;
}

// shows: S4-25
TEST(StandardsForPeople, R_AWD_49_ClassificationsAreComparedInOrder) {
  EXPECT_EQ(Classified("EXCELLENT", "GOOD"), Result::kMet);
  EXPECT_EQ(Classified("GOOD", "GOOD"), Result::kMet);
  EXPECT_EQ(Classified("COMPLETED", "GOOD"), Result::kNotMet);
  EXPECT_EQ(Classified("NOT_COMPLETED", "GOOD"), Result::kNotMet);
  EXPECT_EQ(Classified("GOOD", "EXCELLENT"), Result::kNotMet);
  EXPECT_EQ(Classified("COMPLETED", "COMPLETED"), Result::kMet);
}

TEST(StandardsForPeople, R_AWD_49_WithoutARecordOrAThresholdItIsNotKnown) {
  EXPECT_EQ(Classified("", "GOOD"), Result::kNotKnown);
  EXPECT_EQ(Classified("EXCELLENT", ""), Result::kNotKnown);
  const Finding finding = testing::CheckOne(
      ForPeople("S4-25.1", "CLASSIFICATION_AT_LEAST", {{"min_classification", "GOOD"}}),
      OfPerson("COMPLETED"));
  EXPECT_EQ(finding.source, Source::kClassification);
  EXPECT_THAT(finding.refs, ElementsAre("c1"));
  EXPECT_THAT(finding.explanation, HasSubstr("hoàn thành nhiệm vụ (12/QĐ-UBND)"));
  EXPECT_THAT(finding.explanation, HasSubstr("từ hoàn thành tốt nhiệm vụ trở lên"));
}

TEST(StandardsForPeople, R_AWD_110_TheInitiativesOfThePersonCount) {
  const Standard standard = ForPeople("S4-25.2", "RECOGNISED_INITIATIVE");
  Facts facts = OfPerson();
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kNotKnown);
  facts.initiatives = {{"i1", 2023, std::nullopt, ""}};
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kNotMet);
  facts.initiatives[0].recognised = absl::CivilDay(2023, 11, 1);
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kMet);
}

TEST(StandardsForPeople, R_AWD_110_WhatIsKnownOfTheUnitDecidesNothing) {
  Facts facts = OfPerson();
  facts.reports = {{"r1", "2023", absl::CivilDay(2023, 12, 1), absl::CivilDay(2023, 11, 30)}};
  for (const char* check : {"RANK_HIGH_OR_LEAP", "REPORTS_ON_TIME", "TASKS_ON_TIME"}) {
    EXPECT_EQ(testing::CheckOne(ForPeople("x", check, {{"max_rank", "9"}}), facts).result,
              Result::kNotKnown)
        << check;
  }
}

TEST(StandardsForPeople, R_AWD_35_DisciplineAndComplaintsAreConfirmedAsForUnits) {
  const Standard standard = ForPeople("S4-25.3", "NO_DISCIPLINE_NO_COMPLAINT");
  Facts facts = OfPerson();
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kNotKnown);
  facts.confirmations = {Says("k1", "S4-25.3", true)};
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kMet);
  facts.confirmations.push_back(Says("k2", "S4-25.3", false));
  EXPECT_EQ(testing::CheckOne(standard, facts).result, Result::kNotMet);
}

TEST(StandardsForPeople, R_AWD_110_UnitsAndPeopleHaveTheirOwnStandards) {
  const std::vector<Standard> standards = {testing::Make("S4-17", "MANUAL"),
                                           ForPeople("S4-25.1", "MANUAL")};
  const auto checked = [&](bool individual) {
    Facts facts = testing::Known();
    facts.individual = individual;
    std::vector<std::string> ids;
    for (const Finding& finding : CheckStandards(standards, facts)) {
      ids.push_back(finding.standard_id);
    }
    return ids;
  };
  EXPECT_THAT(checked(false), ElementsAre("S4-17"));
  EXPECT_THAT(checked(true), ElementsAre("S4-25.1"));
}

TEST(StandardsForPeople, R_AWD_41_OnlyAFailedStandardLetsADossierBeRejected) {
  Finding met{"a", "", Result::kMet, Source::kNone, {}, ""};
  Finding unknown{"b", "", Result::kNotKnown, Source::kNone, {}, ""};
  Finding failed{"c", "", Result::kNotMet, Source::kNone, {}, "trễ hạn 2"};
  EXPECT_EQ(CheckFailing({met, unknown})->reason, "NO_STANDARD_FAILED");
  EXPECT_FALSE(CheckFailing({met, unknown, failed}).has_value());
  const MaybeRefusal refusal = CheckPassing({met, unknown, failed}, "lý do", "nominations/n1");
  ASSERT_TRUE(refusal.has_value());
  ASSERT_EQ(refusal->items.size(), 2u) << "what is met is not in the way";
  EXPECT_EQ(refusal->items[1].field, "standards[c]");
  EXPECT_THAT(refusal->items[1].vi, HasSubstr("trễ hạn 2"));
}

TEST(StandardsForPeople, LevelsHaveWords) {
  EXPECT_EQ(LevelText("EXCELLENT"), "hoàn thành xuất sắc nhiệm vụ");
  EXPECT_THAT(LevelText("HTT"), IsEmpty());
}

}  // namespace
}  // namespace thidua::awards::nominations
