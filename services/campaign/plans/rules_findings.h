// What is doubtful in a plan. A finding is told to a person, who decides; no finding changes a
// value by itself.
#pragma once

#include <string>
#include <vector>

#include "campaign/plans/rules_facts.h"

namespace thidua::campaign::plans {

struct Finding {
  std::string code;
  std::string field;
  std::string vi;
  std::string en;
  std::string proposal;  // YYYY-MM-DD or empty
  bool blocks_issue = false;
  std::string id() const { return code + ":" + field; }
};

// R-PLN-21 INVALID_DATE: words name a day that no calendar has. Blocks issue until a person has
// decided. R-PLN-22 DOSSIER_TIME_BEFORE_PUBLICATION: units are chosen after a ranking that can only
// be published when the
//          movement is over, yet the time for making dossiers ends with the movement or before.
// R-PLN-23 HIGHER_FORM_NOT_LISTED: units may propose higher awards, and only the lowest form is
// listed. R-PLN-24 COLLECTIVE_WITHOUT_ITS_PEOPLE: units of a kind take part, their people do not.
// R-PLN-25 PHASE_DIFFERS_FROM_MOVEMENT: the programme phase and the movement span other years.
// R-PLN-26 TEMPLATE_SUPERSEDED: a template named is out of force when dossiers are made.
// R-PLN-27 ISSUER_ENDS_EARLY: the issuing unit ends before the movement does.
// R-PLN-28 THRESHOLD_UNDEFINED: a check of a standard needs a value that nobody has stated.
// R-PLN-29 BASIS_AFTER_ISSUE: a legal basis is younger than the plan.
// R-PLN-30 PHRASE_CONTRADICTS_DATES: given days differ from those that the words beside them name.
// R-PLN-31 SOURCE_NOISE: a passage holds page furniture, marks of layout or what looks like a slip;
// it is kept as it is.
std::vector<Finding> FindDoubts(const PlanFacts& plan);

}  // namespace thidua::campaign::plans
