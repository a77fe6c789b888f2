#include "awards/decisions/rules_authority.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::decisions {
namespace {

const std::vector<Authority> kRules = {
    {"PROVINCE", "BANG_KHEN", absl::CivilDay(2024, 1, 1), std::nullopt, "Luật, Điều 80"},
    {"DISTRICT", "GIAY_KHEN", absl::CivilDay(2024, 1, 1), absl::CivilDay(2025, 6, 30),
     "Luật, Điều 80"},
    {"COMMUNE", "GIAY_KHEN", absl::CivilDay(2025, 7, 1), std::nullopt, "Nghị định, Điều 59"}};

std::string ReasonOf(const std::string& type, const std::string& form, absl::CivilDay day) {
  const MaybeRefusal refusal = CheckAuthority(kRules, type, form, day);
  return refusal ? refusal->reason : "";
}

// shows: S4-29, S3-20
TEST(Authority, R_AWD_111_AFormIsGivenByWhoMayGiveItOnThatDay) {
  const absl::CivilDay day(2024, 2, 5);
  EXPECT_EQ(ReasonOf("DISTRICT", "GIAY_KHEN", day), "");
  EXPECT_EQ(ReasonOf("DISTRICT", "BANG_KHEN", day), "AWARD_FORM_OUTSIDE_AUTHORITY");
  EXPECT_EQ(ReasonOf("PROVINCE", "BANG_KHEN", day), "");
  EXPECT_EQ(ReasonOf("PROVINCE", "CO_THI_DUA", day), "AWARD_FORM_OUTSIDE_AUTHORITY");
  const MaybeRefusal refusal = CheckAuthority(kRules, "DISTRICT", "BANG_KHEN", day);
  EXPECT_EQ(refusal->metadata.at("allowed"), "GIAY_KHEN");
  EXPECT_THAT(refusal->vi, testing::HasSubstr("Luật, Điều 80"));
}

TEST(Authority, R_AWD_111_WhatNoRuleOfTheDaySpeaksOfIsLeftToThePlan) {
  EXPECT_EQ(ReasonOf("ROOM", "GIAY_KHEN", absl::CivilDay(2024, 2, 5)), "");
  EXPECT_EQ(ReasonOf("DISTRICT", "BANG_KHEN", absl::CivilDay(2023, 12, 31)), "");
  EXPECT_EQ(ReasonOf("DISTRICT", "BANG_KHEN", absl::CivilDay(2025, 7, 1)), "");
  EXPECT_EQ(ReasonOf("COMMUNE", "BANG_KHEN", absl::CivilDay(2025, 6, 30)), "");
  EXPECT_EQ(ReasonOf("COMMUNE", "BANG_KHEN", absl::CivilDay(2025, 7, 1)),
            "AWARD_FORM_OUTSIDE_AUTHORITY");
}

}  // namespace
}  // namespace thidua::awards::decisions
