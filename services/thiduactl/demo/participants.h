// Who takes part in the demo: the communes and rooms of the district, in two blocks.
#pragma once

#include <string>
#include <vector>

namespace thidua::ctl::demo {

// How a unit of the demo does in one year. All of it is the demo's own.
struct YearOfUnit {
  int late_per_mille = 0;        // of its dossiers
  int quality_percent = 0;       // what an appraiser finds a manual criterion worth, of its maximum
  int online_percent = 50;       // of its dossiers; the rest come directly or
  int postal_percent = 25;       // by post
  const char* new_model = "0";   // points of the bonus for a model that others follow
  const char* criticised = "0";  // points taken off for a written criticism
  bool issues_documents = true;  // otherwise the criterion about its documents does not apply to it
};

struct Participant {
  const char* code;     // of the unit
  const char* officer;  // staff code of who acts for it
  int dossiers_weight;  // its part of the district's dossiers; 0: it handles none
  YearOfUnit year_2022;
  YearOfUnit year_2023;

  const YearOfUnit& In(int year) const { return year == 2022 ? year_2022 : year_2023; }
};

// Units that are ranked together.
struct Block {
  const char* key;    // "xa", "phong"
  const char* title;  // in Vietnamese, as in "cấp xã"
  std::vector<Participant> units;
};

const Block& Communes();
const Block& Rooms();
// Of the vertical branch, which takes part and is in no block.
const Participant& LandRegistryBranch();
// Everybody above: communes, rooms, branch.
const std::vector<Participant>& Everybody();

}  // namespace thidua::ctl::demo
