#include "campaign/access/rules_roles.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::access {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;

const CivilDay kToday(2023, 3, 15);
const std::map<std::string, std::vector<std::string>> kPermissions = {
    {"OFFICER", {"scoring.assessments.self_score", "campaign.plans.read"}},
    {"APPRAISER", {"scoring.assessments.appraise", "campaign.plans.read"}},
    {"ADMIN", {"*"}},
};
const std::map<std::string, std::set<std::string>> kExclusions = {{"OFFICER", {"APPRAISER"}}};

Binding Held(const std::string& role, const std::string& unit) {
  return {role, unit, CivilDay(2022, 1, 1), std::nullopt};
}

TEST(Grants, R_ACC_01_OneGrantAUnit) {
  const auto grants =
      GrantsOf({Held("OFFICER", "commune"), Held("APPRAISER", "commune"), Held("OFFICER", "room")},
               kPermissions, kToday);
  ASSERT_EQ(grants.size(), 2u);
  EXPECT_EQ(grants[0].unit_id, "commune");
  EXPECT_THAT(grants[0].permissions,
              ElementsAre("campaign.plans.read", "scoring.assessments.appraise",
                          "scoring.assessments.self_score"));
  EXPECT_EQ(grants[1].unit_id, "room");
}

TEST(Grants, R_ACC_01_OnlyWhatHoldsToday) {
  Binding past = Held("OFFICER", "a");
  past.to = kToday - 1;
  Binding coming = Held("OFFICER", "b");
  coming.from = kToday + 1;
  Binding last_day = Held("OFFICER", "c");
  last_day.to = kToday;
  const auto grants = GrantsOf({past, coming, last_day, Held("GONE", "d")}, kPermissions, kToday);
  ASSERT_EQ(grants.size(), 1u);
  EXPECT_EQ(grants[0].unit_id, "c");
}

TEST(Grants, R_ACC_01_AllMakesTheRestSuperfluous) {
  const auto grants = GrantsOf({Held("ADMIN", "*"), Held("OFFICER", "*")}, kPermissions, kToday);
  ASSERT_EQ(grants.size(), 1u);
  EXPECT_THAT(grants[0].permissions, ElementsAre("*"));
}

TEST(Separation, R_ACC_02_WhoSelfScoresDoesNotAppraiseTheSameUnit) {
  EXPECT_EQ(ExcludedBy(Held("APPRAISER", "commune"), {Held("OFFICER", "commune")}, kExclusions),
            "OFFICER");
  EXPECT_EQ(ExcludedBy(Held("OFFICER", "commune"), {Held("APPRAISER", "commune")}, kExclusions),
            "APPRAISER");
  EXPECT_EQ(ExcludedBy(Held("APPRAISER", "district"), {Held("OFFICER", "commune")}, kExclusions),
            std::nullopt);
  Binding past = Held("OFFICER", "commune");
  past.to = CivilDay(2022, 12, 31);
  Binding wanted = Held("APPRAISER", "commune");
  wanted.from = CivilDay(2023, 1, 1);
  EXPECT_EQ(ExcludedBy(wanted, {past}, kExclusions), std::nullopt);
}

TEST(Separation, R_ACC_03_TheSameRoleOnce) {
  EXPECT_TRUE(HeldTwice(Held("OFFICER", "commune"), {Held("OFFICER", "commune")}));
  EXPECT_FALSE(
      HeldTwice(Held("OFFICER", "commune"), {Held("OFFICER", "room"), Held("ADMIN", "commune")}));
}

}  // namespace
}  // namespace thidua::campaign::access
