// R-PLN-10 Who takes part: the units below the issuer, on the day of launch, of the kinds that the
// plan names (and directly below units of the kinds it names, where it does), and the units it
// names one by one. The issuer itself takes no part. The roster is fixed at the launch.
#pragma once

#include <string>
#include <vector>

#include "campaign/plans/rules_facts.h"

namespace thidua::campaign::plans {

// A unit below the issuer on the day of launch.
struct Candidate {
  std::string unit_id;
  std::string type;
  std::vector<std::string> parent_types;  // kinds of its parents on that day
};

// Ids, sorted, each once.
std::vector<std::string> Roster(const std::string& issuer_id, const std::vector<GroupFacts>& groups,
                                const std::vector<Candidate>& candidates);

}  // namespace thidua::campaign::plans
