#include "scoring/assessments/lead_rules.h"

#include <algorithm>
#include <iterator>

namespace thidua::scoring::assessments {

std::vector<std::string> JudgingUnits(const std::vector<FieldLead>& leads, std::string_view field,
                                      const std::string& assessed, const std::string& organiser) {
  for (const FieldLead& lead : leads) {
    if (lead.field != field) continue;
    std::vector<std::string> others;
    std::copy_if(lead.units.begin(), lead.units.end(), std::back_inserter(others),
                 [&](const std::string& unit) { return unit != assessed; });
    return others.empty() ? std::vector<std::string>{organiser} : others;
  }
  return {assessed};
}

}  // namespace thidua::scoring::assessments
