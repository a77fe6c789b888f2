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

// Units of the kinds that the group names, and those it names one by one, but for the issuer.
std::set<std::string> Named(const std::string& issuer_id, const GroupFacts& group,
                            const std::vector<Candidate>& candidates) {
  std::set<std::string> named(group.unit_ids.begin(), group.unit_ids.end());
  for (const Candidate& candidate : candidates) {
    if (std::any_of(group.scopes.begin(), group.scopes.end(),
                    [&](const ScopeFacts& scope) { return Fits(scope, candidate); })) {
      named.insert(candidate.unit_id);
    }
  }
  named.erase(issuer_id);
  return named;
}

}  // namespace

std::vector<std::string> Roster(const std::string& issuer_id, const std::vector<GroupFacts>& groups,
                                const std::vector<Candidate>& candidates) {
  std::set<std::string> roster;
  for (const GroupFacts& group : groups) {
    if (!group.individuals) roster.merge(Named(issuer_id, group, candidates));
  }
  return {roster.begin(), roster.end()};
}

std::vector<PeopleScope> PeopleScopes(const std::string& issuer_id,
                                      const std::vector<GroupFacts>& groups,
                                      const std::vector<Candidate>& candidates) {
  std::vector<PeopleScope> scopes;
  for (const GroupFacts& group : groups) {
    if (!group.individuals) continue;
    const std::set<std::string> named = Named(issuer_id, group, candidates);
    std::set<std::string> units = named;
    for (const Candidate& candidate : candidates) {
      if (candidate.type != "ROOM") continue;
      if (std::any_of(candidate.parent_ids.begin(), candidate.parent_ids.end(),
                      [&](const std::string& parent) { return named.count(parent) != 0; })) {
        units.insert(candidate.unit_id);
      }
    }
    scopes.push_back({{units.begin(), units.end()}, group.categories});
  }
  return scopes;
}

bool NamesUnit(const std::vector<PeopleScope>& scopes, const std::string& unit_id) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const PeopleScope& scope) {
    return std::binary_search(scope.unit_ids.begin(), scope.unit_ids.end(), unit_id);
  });
}

bool InScope(const std::vector<PeopleScope>& scopes, const std::string& unit_id,
             const std::string& category) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const PeopleScope& scope) {
    return std::binary_search(scope.unit_ids.begin(), scope.unit_ids.end(), unit_id) &&
           (scope.categories.empty() || std::find(scope.categories.begin(), scope.categories.end(),
                                                  category) != scope.categories.end());
  });
}

int DaysWaited(absl::CivilDay launch, const std::optional<absl::CivilDay>& acknowledged,
               absl::CivilDay as_of) {
  return static_cast<int>(std::max<absl::civil_diff_t>(acknowledged.value_or(as_of) - launch, 0));
}

}  // namespace thidua::campaign::plans
