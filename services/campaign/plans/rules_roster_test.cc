#include "campaign/plans/rules_roster.h"

#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Units below the province: a department with a room, a district with a room, a branch and a
// commune with a room.
const std::vector<Candidate> kProvince = {
    {"a-department", "DEPARTMENT", {"PROVINCE"}},
    {"b-room-of-department", "ROOM", {"DEPARTMENT"}},
    {"c-district", "DISTRICT", {"PROVINCE"}},
    {"d-room-of-district", "ROOM", {"DISTRICT"}},
    {"e-branch", "VERTICAL_BRANCH", {"DEPARTMENT", "DISTRICT"}},
    {"f-commune", "COMMUNE", {"DISTRICT"}},
    {"g-room-of-commune", "ROOM", {"COMMUNE"}},
};

// shows: S2-04
TEST(Roster, R_PLN_10_RoomsOfCommunesAreNotListed) {
  const GroupFacts group{
      false,
      {{"DEPARTMENT", {}}, {"DISTRICT", {}}, {"COMMUNE", {}}, {"ROOM", {"DEPARTMENT", "DISTRICT"}}},
      {}};
  EXPECT_THAT(Roster("province", {group}, kProvince),
              ElementsAre("a-department", "b-room-of-department", "c-district",
                          "d-room-of-district", "f-commune"));
}

// shows: S4-14
TEST(Roster, R_PLN_10_ABranchOfTwoParentsTakesPart) {
  const GroupFacts group{
      false, {{"ROOM", {"DISTRICT"}}, {"VERTICAL_BRANCH", {"DISTRICT"}}, {"COMMUNE", {}}}, {}};
  EXPECT_THAT(Roster("c-district", {group}, kProvince),
              ElementsAre("d-room-of-district", "e-branch", "f-commune"));
}

TEST(Roster, R_PLN_10_NamedUnitsOnceAndNeverTheIssuer) {
  const GroupFacts named{false, {{"COMMUNE", {}}}, {"f-commune", "z-named", "province"}};
  EXPECT_THAT(Roster("province", {named, named}, kProvince), ElementsAre("f-commune", "z-named"));
}

TEST(Roster, R_PLN_10_GroupsOfPeopleNameNoUnits) {
  EXPECT_THAT(Roster("province", {{true, {{"COMMUNE", {}}}, {"f-commune"}}}, kProvince), IsEmpty());
}

// The same units with their places in the tree, and a room of the province itself.
std::vector<Candidate> WithParents() {
  std::vector<Candidate> units = kProvince;
  const std::map<std::string, std::vector<std::string>> parents = {
      {"a-department", {"province"}},
      {"b-room-of-department", {"a-department"}},
      {"c-district", {"province"}},
      {"d-room-of-district", {"c-district"}},
      {"e-branch", {"a-department", "c-district"}},
      {"f-commune", {"c-district"}},
      {"g-room-of-commune", {"f-commune"}},
  };
  for (Candidate& unit : units) unit.parent_ids = parents.at(unit.unit_id);
  units.push_back({"h-room-of-province", "ROOM", {"PROVINCE"}, {"province"}});
  return units;
}

// shows: S2-05
TEST(PeopleScopes, R_PLN_11_PeopleOfTheNamedKindsOfUnitsAndOfTheirRooms) {
  const GroupFacts people{true, {{"DEPARTMENT", {}}, {"DISTRICT", {}}, {"COMMUNE", {}}}, {}};
  const std::vector<PeopleScope> scopes = PeopleScopes("province", {people}, WithParents());
  ASSERT_THAT(scopes, SizeIs(1));
  EXPECT_THAT(scopes[0].unit_ids,
              ElementsAre("a-department", "b-room-of-department", "c-district",
                          "d-room-of-district", "f-commune", "g-room-of-commune"));
  EXPECT_TRUE(InScope(scopes, "c-district", "CADRE"));
  EXPECT_TRUE(InScope(scopes, "f-commune", "")) << "a kind of staff that is not known";
  EXPECT_FALSE(InScope(scopes, "province", "CADRE")) << "the issuer itself";
  EXPECT_FALSE(InScope(scopes, "h-room-of-province", "CADRE")) << "a room of the issuer";
  EXPECT_FALSE(InScope(scopes, "e-branch", "CADRE")) << "a kind that is not named";
}

TEST(PeopleScopes, R_PLN_11_RoomsOfTheIssuerWhereTheyAreNamed) {
  const GroupFacts people{true, {{"ROOM", {"DISTRICT"}}, {"COMMUNE", {}}}, {}};
  const std::vector<PeopleScope> scopes = PeopleScopes("c-district", {people}, WithParents());
  EXPECT_THAT(scopes[0].unit_ids,
              ElementsAre("d-room-of-district", "f-commune", "g-room-of-commune"));
}

TEST(PeopleScopes, R_PLN_11_EachGroupHasItsOwnKindsOfStaff) {
  const GroupFacts cadres{true, {{"DISTRICT", {}}}, {}, {"CADRE"}};
  const GroupFacts all{true, {}, {"f-commune", "c-district-of-others"}, {}};
  const GroupFacts units{false, {{"DEPARTMENT", {}}}, {}};
  const std::vector<PeopleScope> scopes =
      PeopleScopes("province", {cadres, all, units}, WithParents());
  ASSERT_THAT(scopes, SizeIs(2)) << "a group of units names no people";
  EXPECT_TRUE(InScope(scopes, "c-district", "CADRE"));
  EXPECT_FALSE(InScope(scopes, "c-district", "CIVIL_SERVANT"));
  EXPECT_FALSE(InScope(scopes, "c-district", ""));
  EXPECT_TRUE(InScope(scopes, "f-commune", "CIVIL_SERVANT"));
  EXPECT_TRUE(InScope(scopes, "c-district-of-others", "CADRE"));
  EXPECT_TRUE(NamesUnit(scopes, "c-district"));
  EXPECT_FALSE(NamesUnit(scopes, "a-department"));
}

TEST(DaysWaited, R_PLN_12_FromTheLaunchUntilItCame) {
  const absl::CivilDay launch(2023, 3, 20);
  EXPECT_EQ(DaysWaited(launch, std::nullopt, launch), 0);
  EXPECT_EQ(DaysWaited(launch, std::nullopt, launch + 12), 12);
  EXPECT_EQ(DaysWaited(launch, launch + 5, launch + 12), 5);
  EXPECT_EQ(DaysWaited(launch, std::nullopt, launch - 3), 0);
}

}  // namespace
}  // namespace thidua::campaign::plans
