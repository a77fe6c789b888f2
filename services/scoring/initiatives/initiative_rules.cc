#include "scoring/initiatives/initiative_rules.h"

namespace thidua::scoring::initiatives {

Counts CountInitiatives(const std::vector<Initiative>& initiatives, absl::CivilDay period_start,
                        absl::CivilDay period_end, absl::CivilDay as_of) {
  Counts counts;
  for (const Initiative& initiative : initiatives) {
    if (initiative.year < period_start.year() || initiative.year > period_end.year()) continue;
    const bool recognised = initiative.recognition.has_value() && *initiative.recognition <= as_of;
    ++(recognised ? counts.recognised : counts.registered);
  }
  return counts;
}

}  // namespace thidua::scoring::initiatives
