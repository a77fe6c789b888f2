// Who may give which award form.
//
// R-AWD-111  On the day of issue the form is one that the head of a unit of the issuer's kind
// gives;
//            a kind that no rule of that day speaks of is left to the plan's own words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::decisions {

struct Authority {
  std::string unit_type;
  std::string award_form;
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;
  std::string legal_basis;
};

MaybeRefusal CheckAuthority(const std::vector<Authority>& rules, const std::string& unit_type,
                            const std::string& award_form, absl::CivilDay day);

}  // namespace thidua::awards::decisions
