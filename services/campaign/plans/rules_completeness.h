// What a plan does not say.
#pragma once

#include <string>
#include <vector>

#include "campaign/plans/rules_facts.h"

namespace thidua::campaign::plans {

struct Missing {
  std::string field;
  bool blocks_issue = false;
  std::string vi;
  std::string en;
};

// R-PLN-02 A plan cannot be issued without issuer, title, number, symbol and day of issue.
// R-PLN-03 All else may be missing: it is told, never invented and never a reason to refuse.
std::vector<Missing> FindMissing(const PlanFacts& plan);

}  // namespace thidua::campaign::plans
