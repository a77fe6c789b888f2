// Rules of roles and their bindings.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::access {

// Permissions at a unit and below; "*" is everywhere.
struct UnitGrant {
  std::string unit_id;
  std::vector<std::string> permissions;  // sorted, each once
};

struct Binding {
  std::string role_id;
  std::string unit_id;
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;
  bool Holds(absl::CivilDay day) const { return from <= day && (!to || day <= *to); }
  bool Overlaps(const Binding& other) const {
    return (!other.to || from <= *other.to) && (!to || other.from <= *to);
  }
};

// R-ACC-01 A token carries what the bindings of the day give: one grant a unit, with the
// permissions of all roles there. A permission that "*" at the same unit already gives is left out.
std::vector<UnitGrant> GrantsOf(
    const std::vector<Binding>& bindings,
    const std::map<std::string, std::vector<std::string>>& permissions_of_role,
    absl::CivilDay today);

// R-ACC-02 Separation of duties: a person does not hold two roles that exclude each other at one
// unit at one time. Returns the role in the way, or nullopt.
std::optional<std::string> ExcludedBy(
    const Binding& wanted, const std::vector<Binding>& held,
    const std::map<std::string, std::set<std::string>>& exclusions);

// R-ACC-03 The same role at the same unit is not held twice at a time.
bool HeldTwice(const Binding& wanted, const std::vector<Binding>& held);

}  // namespace thidua::campaign::access
