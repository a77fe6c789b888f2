// R-PLN-10 Who takes part: the units below the issuer, on the day of launch, of the kinds that the
// plan names (and directly below units of the kinds it names, where it does), and the units it
// names one by one. The issuer itself takes no part. The roster is fixed at the launch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/plans/rules_facts.h"

namespace thidua::campaign::plans {

// A unit below the issuer on the day of launch.
struct Candidate {
  std::string unit_id;
  std::string type;
  std::vector<std::string> parent_types;  // kinds of its parents on that day
  std::vector<std::string> parent_ids = {};
};

// Ids, sorted, each once.
std::vector<std::string> Roster(const std::string& issuer_id, const std::vector<GroupFacts>& groups,
                                const std::vector<Candidate>& candidates);

// R-PLN-11 Which people are in scope: those of the units that a group of individuals names, by kind
// or one by one, and of the rooms that are a part of such a unit, if the group names their kind of
// staff or none. People of the issuer itself, and of its own rooms unless the group names these,
// are not.
struct PeopleScope {
  std::vector<std::string> unit_ids;    // sorted, each once
  std::vector<std::string> categories;  // "CADRE"; empty: all
};
// One for each group of individuals.
std::vector<PeopleScope> PeopleScopes(const std::string& issuer_id,
                                      const std::vector<GroupFacts>& groups,
                                      const std::vector<Candidate>& candidates);
// Whether somebody at the unit may be in scope, whatever their kind of staff.
bool NamesUnit(const std::vector<PeopleScope>& scopes, const std::string& unit_id);
bool InScope(const std::vector<PeopleScope>& scopes, const std::string& unit_id,
             const std::string& category);

// R-PLN-12 An acknowledgement is waited for from the launch on: the days until it came, or until
// the day on which it is looked at.
int DaysWaited(absl::CivilDay launch, const std::optional<absl::CivilDay>& acknowledged,
               absl::CivilDay as_of);

}  // namespace thidua::campaign::plans
