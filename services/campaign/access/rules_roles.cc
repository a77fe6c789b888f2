#include "campaign/access/rules_roles.h"

#include <algorithm>

namespace thidua::campaign::access {

std::vector<UnitGrant> GrantsOf(
    const std::vector<Binding>& bindings,
    const std::map<std::string, std::vector<std::string>>& permissions_of_role,
    absl::CivilDay today) {
  std::map<std::string, std::set<std::string>> by_unit;
  for (const Binding& binding : bindings) {
    if (!binding.Holds(today)) continue;
    const auto role = permissions_of_role.find(binding.role_id);
    if (role == permissions_of_role.end()) continue;
    by_unit[binding.unit_id].insert(role->second.begin(), role->second.end());
  }
  std::vector<UnitGrant> grants;
  for (auto& [unit, permissions] : by_unit) {
    if (permissions.count("*") != 0) permissions = {"*"};
    if (!permissions.empty()) grants.push_back({unit, {permissions.begin(), permissions.end()}});
  }
  return grants;
}

std::optional<std::string> ExcludedBy(
    const Binding& wanted, const std::vector<Binding>& held,
    const std::map<std::string, std::set<std::string>>& exclusions) {
  for (const Binding& binding : held) {
    if (binding.unit_id != wanted.unit_id || !binding.Overlaps(wanted)) continue;
    const auto one = exclusions.find(wanted.role_id);
    const auto other = exclusions.find(binding.role_id);
    if ((one != exclusions.end() && one->second.count(binding.role_id) != 0) ||
        (other != exclusions.end() && other->second.count(wanted.role_id) != 0)) {
      return binding.role_id;
    }
  }
  return std::nullopt;
}

bool HeldTwice(const Binding& wanted, const std::vector<Binding>& held) {
  return std::any_of(held.begin(), held.end(), [&](const Binding& binding) {
    return binding.role_id == wanted.role_id && binding.unit_id == wanted.unit_id &&
           binding.Overlaps(wanted);
  });
}

}  // namespace thidua::campaign::access
