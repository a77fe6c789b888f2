// R-PLN-13 Places for awards: each kind of quota has its own values. Places in all and places of
// each unit are whole numbers, and 0 is none; a percentage says of whom and how it is rounded.
#pragma once

#include <string>

#include "campaign/rules_problem.h"

namespace thidua::campaign::plans {

struct QuotaFacts {
  bool known_enums = true;  // no value that the contract does not have
  std::string subject;      // COLLECTIVE, INDIVIDUAL, "" for both together
  std::string kind;         // TOTAL, PER_UNIT, PERCENT_OF_PARTICIPANTS
  int places = 0;
  std::string percent;
  std::string rounding;  // DOWN, UP, HALF_UP, "" for none
};

// AWARD_QUOTA_KIND, AWARD_QUOTA_VALUE; field paths are relative to the quota.
Problems CheckQuota(const QuotaFacts& quota);

}  // namespace thidua::campaign::plans
