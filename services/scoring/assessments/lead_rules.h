// Who appraises which field of a criteria set. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thidua::scoring::assessments {

// Units that lead a field in a round.
struct FieldLead {
  std::string field;
  std::vector<std::string> units;  // ids, sorted
};

// R-SCO-44 The units at any of which the right to appraise a field is asked for: its leads; without
// leads, the unit assessed. Nobody leads their own assessment: where the unit assessed is the only
// lead, the organiser takes its place.
std::vector<std::string> JudgingUnits(const std::vector<FieldLead>& leads, std::string_view field,
                                      const std::string& assessed, const std::string& organiser);

}  // namespace thidua::scoring::assessments
