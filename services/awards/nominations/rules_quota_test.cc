#include "awards/nominations/rules_quota.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

CountedAward Unit(const std::string& unit) { return {unit, false, "GIAY_KHEN"}; }
CountedAward Person(const std::string& unit) { return {unit, true, "GIAY_KHEN"}; }

Quota Total(const std::string& subject, int places) {
  return {subject, "", "TOTAL", places, "", "", ""};
}
Quota PerUnit(int places) { return {"INDIVIDUAL", "", "PER_UNIT", places, "", "", ""}; }
Quota Percent(const std::string& subject, const std::string& percent, const std::string& rounding) {
  return {subject, "", "PERCENT_OF_PARTICIPANTS", 0, percent, rounding, ""};
}

std::string ReasonOf(const QuotaVerdict& verdict) {
  return verdict.refusal ? verdict.refusal->reason : "";
}

// shows: S3-15
TEST(Quotas, R_AWD_47_ThreeCollectivesInAll) {
  const std::vector<Quota> quotas = {Total("COLLECTIVE", 3)};
  std::vector<CountedAward> awards = {Unit("a"), Unit("b"), Unit("c"), Person("a")};
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, 40}, awards, "")), "");
  awards.push_back(Unit("d"));
  const QuotaVerdict over = CheckQuotas(quotas, {12, 40}, awards, "");
  ASSERT_EQ(ReasonOf(over), "QUOTA_EXCEEDED");
  EXPECT_EQ(over.refusal->metadata.at("places"), "3");
  EXPECT_EQ(over.refusal->metadata.at("used"), "4");
}

// shows: S3-16
TEST(Quotas, R_AWD_47_TwoPeopleOfEachUnitBesideThreeUnitsInAll) {
  const std::vector<Quota> quotas = {Total("COLLECTIVE", 3), PerUnit(2)};
  std::vector<CountedAward> awards = {Unit("a"),   Person("a"), Person("a"),
                                      Person("b"), Person("b"), Person("c")};
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, 40}, awards, "")), "");
  awards.push_back(Person("b"));
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, 40}, awards, "")), "QUOTA_EXCEEDED");
  const QuotaCount count = CountQuota(PerUnit(2), {12, 40}, awards);
  EXPECT_EQ(count.used, 3);
  EXPECT_THAT(count.units_over, ElementsAre("b"));
}

TEST(Quotas, R_AWD_47_APercentageIsRoundedAsThePlanSays) {
  EXPECT_EQ(PlacesOf("10", "DOWN", 19), 1);
  EXPECT_EQ(PlacesOf("10", "UP", 11), 2);
  EXPECT_EQ(PlacesOf("10", "UP", 10), 1);
  EXPECT_EQ(PlacesOf("10", "HALF_UP", 14), 1);
  EXPECT_EQ(PlacesOf("10", "HALF_UP", 15), 2);
  EXPECT_EQ(PlacesOf("7.5", "DOWN", 40), 3);
  EXPECT_EQ(PlacesOf("100", "DOWN", 3321), 3321);
  EXPECT_EQ(PlacesOf("10", "", 19), std::nullopt);
  EXPECT_EQ(PlacesOf("ten", "DOWN", 19), std::nullopt);
  EXPECT_EQ(PlacesOf("101", "DOWN", 19), std::nullopt);
}

TEST(Quotas, R_AWD_47_APercentageOfUnitsAndOneOfPeople) {
  const std::vector<Quota> quotas = {Percent("COLLECTIVE", "10", "DOWN"),
                                     Percent("INDIVIDUAL", "5", "DOWN")};
  const std::vector<CountedAward> fits = {Unit("a"), Person("a"), Person("b")};
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, 40}, fits, "")), "");
  const std::vector<CountedAward> over = {Unit("a"), Person("a"), Person("b"), Person("c")};
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, 40}, over, "")), "QUOTA_EXCEEDED");
}

// shows: S4-27
TEST(Quotas, R_AWD_46_WithoutAQuotaThereIsNoLimitAndZeroIsNone) {
  const std::vector<CountedAward> many(500, Unit("a"));
  EXPECT_EQ(ReasonOf(CheckQuotas({}, {12, 40}, many, "")), "");
  EXPECT_EQ(ReasonOf(CheckQuotas({Total("COLLECTIVE", 0)}, {12, 40}, {Unit("a")}, "")),
            "QUOTA_EXCEEDED");
}

TEST(Quotas, R_AWD_46_OtherFormsDoNotCount) {
  Quota quota = Total("", 1);
  quota.award_form = "BANG_KHEN";
  EXPECT_EQ(ReasonOf(CheckQuotas({quota}, {12, 40}, {Unit("a"), Person("a")}, "")), "");
  EXPECT_EQ(CountQuota(quota, {12, 40}, {Unit("a")}).used, 0);
}

TEST(Quotas, R_AWD_48_WhatCannotBeCountedIsRefusedAndBothTakeAReason) {
  const std::vector<Quota> quotas = {Percent("INDIVIDUAL", "5", "DOWN")};
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, std::nullopt}, {Person("a")}, "")),
            "QUOTA_NOT_KNOWN");
  EXPECT_EQ(ReasonOf(CheckQuotas(quotas, {12, std::nullopt}, {Unit("a")}, "")), "")
      << "no person is awarded";
  EXPECT_TRUE(CheckQuotas(quotas, {12, std::nullopt}, {Person("a")}, "lý do").override_used);
  const QuotaVerdict over =
      CheckQuotas({Total("", 1)}, {12, 40}, {Unit("a"), Unit("b")}, "Chủ tịch đồng ý");
  EXPECT_TRUE(over.override_used);
  EXPECT_FALSE(over.refusal.has_value());
  EXPECT_FALSE(CheckQuotas({Total("", 2)}, {12, 40}, {Unit("a"), Unit("b")}, "lý do").override_used)
      << "a reason that is not needed is not kept";
}

}  // namespace
}  // namespace thidua::awards::nominations
