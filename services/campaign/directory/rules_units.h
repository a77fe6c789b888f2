// What a unit must be. A unit is judged as a whole, with the units it names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/directory/rules_time.h"
#include "campaign/rules_problem.h"

namespace thidua::campaign::directory {

enum class UnitType { kProvince, kDepartment, kDistrict, kCommune, kRoom, kVerticalBranch };
enum class Closing { kNone, kAbolished, kMerged, kSplit };

// "PROVINCE" and so on; nullopt when the text names none.
std::optional<UnitType> UnitTypeFrom(std::string_view text);
std::string_view TextOf(UnitType type);
std::optional<Closing> ClosingFrom(std::string_view text);
std::string_view TextOf(Closing closing);

struct DatedText {
  std::string text;
  Span span;
};
struct DatedParent {
  std::string unit_id;
  Span span;
};
struct DatedCode {
  std::string scheme;
  std::string code;
  Span span;
};

struct Unit {
  std::string id;
  UnitType type = UnitType::kProvince;
  Span span;
  std::vector<DatedText> names;
  std::vector<DatedParent> parents;
  std::vector<DatedCode> codes;
  Closing closing = Closing::kNone;
  std::vector<std::string> successors;
  std::vector<std::string> predecessors;
  bool synthetic = false;
  std::string note;
  int64_t row_version = 0;
};

inline constexpr char kQd20[] = "QD20";

// R-DIR-01 A name holds on each day of existence, and only one.
// R-DIR-02 Only a province stands alone; any other unit has one parent on each day, a vertical
// branch one or two. R-DIR-03 A unit stands below a unit of a higher kind, so that no unit can
// stand below itself. R-DIR-04 A QD20 code has the form of Quyết định 20/2020/QĐ-TTg; one code of a
// scheme at a time. R-DIR-05 What is dated holds within the unit's existence, from its first to its
// last day. R-DIR-06 A parent exists as long as it is one. `parents` holds the units named in
// unit.parents that exist; field paths are relative to the unit.
Problems CheckUnit(const Unit& unit, const std::map<std::string, const Unit*>& parents);

// Whether the text is a code after Quyết định 20/2020/QĐ-TTg: up to 35 characters, groups of 0-9
// A-Z between dots, the first a letter A..Y and two digits or letters.
bool IsQd20Code(std::string_view code);

// R-DIR-08 A unit ends once, not before it began, with as many successors as the way of its end
// asks for; they are other units and exist on the day after.
struct Ending {
  absl::CivilDay last_day;
  Closing closing = Closing::kNone;
  std::vector<const Unit*> successors;
};
Problems CheckEnding(const Unit& unit, const Ending& ending);
// The unit as it is after its end: all that still held ends on the last day, what was to come is
// dropped.
Unit Ended(Unit unit, const Ending& ending);
// The unit with `parent` in place of `former` from a day on.
Unit Reparented(Unit unit, const std::string& former, const std::string& parent,
                absl::CivilDay from);

// What holds on a date; nullptr when nothing does.
const DatedText* NameOn(const Unit& unit, absl::CivilDay day);
const DatedParent* ParentOn(const Unit& unit, absl::CivilDay day);
const DatedCode* CodeOn(const Unit& unit, std::string_view scheme, absl::CivilDay day);

}  // namespace thidua::campaign::directory
