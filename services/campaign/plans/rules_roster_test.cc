#include "campaign/plans/rules_roster.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

}  // namespace
}  // namespace thidua::campaign::plans
