// Which people may be put up for an award, and who chooses among them.
//
// R-AWD-44  A unit that takes part puts up people whose post is at it or below it today, each once,
//           for a year within the plan's period as far as that is known, and only for a plan that
//           has standards for individuals.
// R-AWD-45  The name is given by the unit, for it stands on the certificate, and is the one of the
//           directory; where awards has not been told that name, it is taken as given.
#pragma once

#include <string>
#include <vector>

#include "awards/nominations/rules_selection.h"
#include "awards/nominations/rules_standards.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

// A person as put up, with what is known of the post.
struct PutUp {
  std::string person_id;
  bool of_unit = false;     // the post is at the unit or below it
  bool other_name = false;  // the directory has another name
};

// `award_form` empty means the plan's only one, and is filled in.
MaybeRefusal CheckPutUp(const PlanTerms& plan, const std::vector<Standard>& standards,
                        const std::string& unit_id, int year, const std::vector<PutUp>& people,
                        std::string* award_form);

}  // namespace thidua::awards::nominations
