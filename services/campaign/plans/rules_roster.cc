#include "campaign/plans/rules_roster.h"

#include <algorithm>
#include <set>

namespace thidua::campaign::plans {
namespace {

bool Fits(const ScopeFacts& scope, const Candidate& candidate) {
  if (scope.type != candidate.type) return false;
  if (scope.under.empty()) return true;
  return std::any_of(
      candidate.parent_types.begin(), candidate.parent_types.end(), [&](const std::string& type) {
        return std::find(scope.under.begin(), scope.under.end(), type) != scope.under.end();
      });
}

}  // namespace

std::vector<std::string> Roster(const std::string& issuer_id, const std::vector<GroupFacts>& groups,
                                const std::vector<Candidate>& candidates) {
  std::set<std::string> roster;
  for (const GroupFacts& group : groups) {
    if (group.individuals) continue;
    roster.insert(group.unit_ids.begin(), group.unit_ids.end());
    for (const Candidate& candidate : candidates) {
      if (std::any_of(group.scopes.begin(), group.scopes.end(),
                      [&](const ScopeFacts& scope) { return Fits(scope, candidate); })) {
        roster.insert(candidate.unit_id);
      }
    }
  }
  roster.erase(issuer_id);
  return {roster.begin(), roster.end()};
}

}  // namespace thidua::campaign::plans
