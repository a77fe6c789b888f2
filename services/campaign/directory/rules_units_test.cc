#include "campaign/directory/rules_units.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::campaign::directory {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const CivilDay kFirst(2022, 1, 1);
const Span kAlways{kFirst, std::nullopt};

Unit Province() {
  Unit unit;
  unit.id = "province";
  unit.type = UnitType::kProvince;
  unit.span = kAlways;
  unit.names = {{"UBND tỉnh Đắk Nông", kAlways}};
  return unit;
}

Unit District() {
  Unit unit;
  unit.id = "district";
  unit.type = UnitType::kDistrict;
  unit.span = kAlways;
  unit.names = {{"UBND huyện Krông Nô", kAlways}};
  unit.parents = {{"province", kAlways}};
  unit.codes = {{kQd20, "H00.20", kAlways}};
  return unit;
}

std::vector<std::string> Reasons(const Problems& problems) {
  std::vector<std::string> reasons;
  for (const Problem& problem : problems) reasons.push_back(problem.reason + "@" + problem.field);
  return reasons;
}

std::vector<std::string> Check(const Unit& unit) {
  static const Unit province = Province();
  static const Unit district = District();
  return Reasons(CheckUnit(unit, {{"province", &province}, {"district", &district}}));
}

TEST(CheckUnit, GoodUnitsPass) {
  EXPECT_THAT(Check(Province()), IsEmpty());
  EXPECT_THAT(Check(District()), IsEmpty());
}

TEST(CheckUnit, R_DIR_01_NamesCoverEachDayOnce) {
  Unit unit = District();
  unit.names = {{"A", {kFirst, CivilDay(2023, 1, 1)}}, {"B", {CivilDay(2023, 1, 2), std::nullopt}}};
  EXPECT_THAT(Check(unit), IsEmpty());
  unit.names[1].span.from = CivilDay(2023, 1, 3);
  EXPECT_THAT(Check(unit), ElementsAre("NAMES_GAP_OR_OVERLAP@names"));
  unit.names[1].span.from = CivilDay(2023, 1, 1);
  EXPECT_THAT(Check(unit), ElementsAre("NAMES_GAP_OR_OVERLAP@names"));
  unit.names = {};
  EXPECT_THAT(Check(unit), ElementsAre("NAMES_GAP_OR_OVERLAP@names"));
  unit.names = {{"", kAlways}};
  EXPECT_THAT(Check(unit), ElementsAre("NAME_LENGTH@names[0].text"));
}

TEST(CheckUnit, R_DIR_02_OneParentEachDay) {
  Unit province = Province();
  province.parents = {{"district", kAlways}};
  EXPECT_THAT(Check(province),
              ElementsAre("PARENT_TYPE@parents[0].unit", "PARENTS_GAP_OR_OVERLAP@parents"));
  Unit district = District();
  district.parents = {};
  EXPECT_THAT(Check(district), ElementsAre("PARENTS_GAP_OR_OVERLAP@parents"));
  district.parents = {{"province", {CivilDay(2022, 1, 2), std::nullopt}}};
  EXPECT_THAT(Check(district), ElementsAre("PARENTS_GAP_OR_OVERLAP@parents"));
}

// shows: S4-14
TEST(CheckUnit, R_DIR_02_AVerticalBranchMayHaveTwoParents) {
  Unit branch = District();
  branch.type = UnitType::kVerticalBranch;
  branch.names = {{"Chi nhánh Văn phòng đăng ký đất đai huyện", kAlways}};
  branch.parents = {{"province", kAlways}, {"district", kAlways}};
  branch.codes = {};
  EXPECT_THAT(Check(branch), IsEmpty());
  branch.type = UnitType::kCommune;
  EXPECT_THAT(Check(branch), ElementsAre("PARENTS_GAP_OR_OVERLAP@parents"));
}

TEST(CheckUnit, R_DIR_03_KindsGoDownwards) {
  Unit department = District();
  department.type = UnitType::kDepartment;
  department.parents = {{"district", kAlways}};
  EXPECT_THAT(Check(department), ElementsAre("PARENT_TYPE@parents[0].unit"));
  department.type = UnitType::kRoom;
  EXPECT_THAT(Check(department), IsEmpty());
}

TEST(CheckUnit, R_DIR_04_CodesHaveTheForm) {
  for (const char* good : {"H19", "H19.12.3", "H00.20.01", "A0Z.9"})
    EXPECT_TRUE(IsQd20Code(good)) << good;
  for (const char* bad : {"", "H1", "Z19", "119", "H19.", "H19..3", ".H19", "H1912", "h19", "H19-1",
                          "000.00.00.H30", "H19.1234567890.1234567890.1234567890"}) {
    EXPECT_FALSE(IsQd20Code(bad)) << bad;
  }
  Unit unit = District();
  unit.codes = {{kQd20, "H00.20", kAlways},
                {kQd20, "H00.21", {CivilDay(2023, 1, 1), std::nullopt}}};
  EXPECT_THAT(Check(unit), ElementsAre("CODES_OVERLAP@codes[1].valid_from"));
  unit.codes = {{"QCVN102", "000.00.00.H30", kAlways}};
  EXPECT_THAT(Check(unit), ElementsAre("CODE_SCHEME@codes[0].scheme"));
}

TEST(CheckUnit, R_DIR_05_DatesLieWithinTheUnit) {
  Unit unit = District();
  unit.codes[0].span.from = CivilDay(2021, 12, 31);
  EXPECT_THAT(Check(unit), ElementsAre("SPAN_OUTSIDE_UNIT@codes[0].valid_from"));
  unit.codes[0].span = {CivilDay(2023, 1, 1), CivilDay(2022, 1, 1)};
  EXPECT_THAT(Check(unit), ElementsAre("SPAN_REVERSED@codes[0].valid_to"));
  unit.span.to = CivilDay(2021, 1, 1);
  EXPECT_THAT(Check(unit), ElementsAre("SPAN_REVERSED@valid_to"));
}

TEST(CheckUnit, R_DIR_06_TheParentExistsAsLong) {
  Unit old = District();
  old.span.from = CivilDay(2021, 1, 1);
  old.names[0].span.from = old.parents[0].span.from = CivilDay(2021, 1, 1);
  EXPECT_THAT(Check(old), ElementsAre("UNIT_NOT_VALID@parents[0].unit"));
  old.parents[0].unit_id = "nowhere";
  EXPECT_THAT(Check(old), ElementsAre("UNKNOWN_UNIT@parents[0].unit"));
}

// shows: S4-36
TEST(CheckEnding, R_DIR_08_SuccessorsFitTheWayOfTheEnd) {
  const CivilDay last(2025, 6, 30);
  Unit heir = Province();
  heir.id = "heir";
  Unit other = heir;
  other.id = "other";
  const Unit unit = District();
  EXPECT_THAT(CheckEnding(unit, {last, Closing::kMerged, {&heir}}), IsEmpty());
  EXPECT_THAT(CheckEnding(unit, {last, Closing::kSplit, {&heir, &other}}), IsEmpty());
  EXPECT_THAT(CheckEnding(unit, {last, Closing::kAbolished, {}}), IsEmpty());
  EXPECT_THAT(Reasons(CheckEnding(unit, {last, Closing::kMerged, {}})),
              ElementsAre("SUCCESSOR_COUNT@successors"));
  EXPECT_THAT(Reasons(CheckEnding(unit, {last, Closing::kSplit, {&heir}})),
              ElementsAre("SUCCESSOR_COUNT@successors"));
  EXPECT_THAT(Reasons(CheckEnding(unit, {last, Closing::kMerged, {&unit}})),
              ElementsAre("SUCCESSOR_ITSELF@successors[0]"));
  EXPECT_THAT(Reasons(CheckEnding(unit, {CivilDay(2021, 1, 1), Closing::kAbolished, {}})),
              ElementsAre("SPAN_OUTSIDE_UNIT@last_day"));
  heir.span.from = CivilDay(2026, 1, 1);
  EXPECT_THAT(Reasons(CheckEnding(unit, {last, Closing::kMerged, {&heir}})),
              ElementsAre("UNIT_NOT_VALID@successors[0]"));
}

TEST(Ended, WhatHeldEndsAndWhatWasToComeGoes) {
  Unit unit = District();
  unit.names = {{"A", {kFirst, CivilDay(2026, 1, 1)}}, {"B", {CivilDay(2026, 1, 2), std::nullopt}}};
  const CivilDay last(2025, 6, 30);
  const Unit ended = Ended(unit, {last, Closing::kAbolished, {}});
  EXPECT_EQ(ended.span.to, last);
  ASSERT_EQ(ended.names.size(), 1u);
  EXPECT_EQ(ended.names[0].span.to, last);
  EXPECT_EQ(ended.codes[0].span.to, last);
  EXPECT_THAT(Check(ended), IsEmpty());
}

TEST(Reparented, FromTheDayOn) {
  Unit commune = District();
  commune.type = UnitType::kCommune;
  commune.parents = {{"district", kAlways}};
  const CivilDay from(2025, 7, 1);
  const Unit moved = Reparented(commune, "district", "province", from);
  EXPECT_EQ(ParentOn(moved, from - 1)->unit_id, "district");
  EXPECT_EQ(ParentOn(moved, from)->unit_id, "province");
  EXPECT_THAT(Check(moved), IsEmpty());
}

TEST(Ended, EndingAGoodUnitLeavesAGoodUnit) {
  EXPECT_TRUE(rc::check("any last day, any history", [] {
    Unit unit = District();
    unit.names.clear();
    CivilDay from = kFirst;
    const int names = *rc::gen::inRange(1, 5);
    for (int i = 0; i < names; ++i) {
      const CivilDay to = from + *rc::gen::inRange(0, 400);
      unit.names.push_back({"N", {from, i + 1 == names ? std::optional<CivilDay>() : to}});
      from = to + 1;
    }
    RC_ASSERT(Check(unit).empty());
    const CivilDay last = kFirst + *rc::gen::inRange(0, 2000);
    RC_ASSERT(Check(Ended(unit, {last, Closing::kAbolished, {}})).empty());
  }));
}

}  // namespace
}  // namespace thidua::campaign::directory
