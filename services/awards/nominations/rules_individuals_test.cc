#include "awards/nominations/rules_individuals.h"

#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

PlanTerms Terms() {
  PlanTerms plan;
  plan.start = absl::CivilDay(2023, 1, 1);
  plan.end = absl::CivilDay(2023, 12, 31);
  plan.participants = {"room", "commune"};
  plan.award_forms = {"GIAY_KHEN"};
  return plan;
}

std::vector<Standard> Standards() {
  return {{"S4-17", "COLLECTIVE", "", "MANUAL", {}},
          {"S4-25.1", "INDIVIDUAL", "", "CLASSIFICATION_AT_LEAST", {}}};
}

std::string ReasonOf(const PlanTerms& plan, const std::string& unit, int year,
                     const std::vector<PutUp>& people) {
  std::string form;
  const MaybeRefusal refusal = CheckPutUp(plan, Standards(), unit, year, people, &form);
  return refusal ? refusal->reason : "";
}

TEST(Individuals, R_AWD_44_AUnitPutsUpItsOwnPeopleOnce) {
  const PutUp own{"p1", true, false};
  EXPECT_EQ(ReasonOf(Terms(), "room", 2023, {own, {"p2", true, false}}), "");
  EXPECT_EQ(ReasonOf(Terms(), "room", 2023, {own, own}), "NAMED_TWICE");
  EXPECT_EQ(ReasonOf(Terms(), "room", 2023, {own, {"p2", false, false}}), "PERSON_NOT_OF_UNIT");
  EXPECT_EQ(ReasonOf(Terms(), "school", 2023, {own}), "UNIT_NOT_PARTICIPANT");
}

TEST(Individuals, R_AWD_44_ForAYearOfThePlanAsFarAsItIsKnown) {
  const PutUp own{"p1", true, false};
  EXPECT_EQ(ReasonOf(Terms(), "room", 2022, {own}), "YEAR_OUTSIDE_PLAN");
  EXPECT_EQ(ReasonOf(Terms(), "room", 2024, {own}), "YEAR_OUTSIDE_PLAN");
  PlanTerms open = Terms();
  open.end.reset();
  EXPECT_EQ(ReasonOf(open, "room", 2024, {own}), "");
}

TEST(Individuals, R_AWD_44_OnlyForAPlanWithStandardsForPeople) {
  std::string form;
  const std::vector<Standard> units_only = {Standards().front()};
  EXPECT_EQ(CheckPutUp(Terms(), units_only, "room", 2023, {{"p1", true, false}}, &form)->reason,
            "PLAN_WITHOUT_INDIVIDUALS");
}

TEST(Individuals, R_AWD_24_TheFormIsThePlansOnlyOneUnlessSaid) {
  std::string form;
  EXPECT_FALSE(CheckPutUp(Terms(), Standards(), "room", 2023, {{"p1", true, false}}, &form));
  EXPECT_EQ(form, "GIAY_KHEN");
  form = "BANG_KHEN";
  EXPECT_EQ(CheckPutUp(Terms(), Standards(), "room", 2023, {{"p1", true, false}}, &form)->reason,
            "AWARD_FORM_NOT_ALLOWED");
}

TEST(Individuals, R_AWD_45_AnotherNameThanTheDirectorysIsRefused) {
  std::string form;
  const MaybeRefusal refusal =
      CheckPutUp(Terms(), Standards(), "room", 2023, {{"p1", true, true}}, &form);
  ASSERT_TRUE(refusal.has_value());
  EXPECT_EQ(refusal->reason, "NAME_DIFFERS_FROM_DIRECTORY");
  EXPECT_EQ(refusal->field, "individuals[0].full_name");
}

}  // namespace
}  // namespace thidua::awards::nominations
