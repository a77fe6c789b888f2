#include "platform/units/tree.h"

#include <algorithm>
#include <unordered_set>

#include "platform/status.h"

namespace thidua::units {

absl::Status UnknownUnit(std::string_view unit_id) {
  return platform::NotFound("UNKNOWN_UNIT", {"Không có đơn vị này.", "There is no such unit."},
                            {{"unit", std::string(unit_id)}});
}

Tree::Tree(std::vector<TreeUnit> units) : units_(std::move(units)) {
  for (size_t i = 0; i < units_.size(); ++i) {
    index_.emplace(units_[i].id, i);
    for (const auto& [parent, period] : units_[i].parents) maybe_below_[parent].push_back(i);
    for (const std::string& successor : units_[i].successors) maybe_below_[successor].push_back(i);
  }
}

std::vector<std::string> Tree::Above(const TreeUnit& unit, absl::CivilDay as_of) const {
  const bool ended = unit.valid.to.has_value() && *unit.valid.to < as_of;
  if (ended && !unit.successors.empty()) return unit.successors;
  absl::CivilDay day = as_of;
  if (ended) day = *unit.valid.to;
  if (unit.valid.from.has_value() && *unit.valid.from > as_of) day = *unit.valid.from;
  std::vector<std::string> above;
  for (const auto& [parent, period] : unit.parents) {
    if (period.Holds(day)) above.push_back(parent);
  }
  return above;
}

absl::StatusOr<bool> Tree::IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                    absl::CivilDay as_of) const {
  if (!index_.contains(unit_id)) return UnknownUnit(unit_id);
  std::vector<std::string> open = {unit_id};
  std::unordered_set<std::string> seen = {unit_id};  // whatever the rows say, this ends
  while (!open.empty()) {
    const std::string id = std::move(open.back());
    open.pop_back();
    if (id == ancestor_id) return true;
    const auto found = index_.find(id);
    if (found == index_.end()) continue;
    for (std::string& above : Above(units_[found->second], as_of)) {
      if (seen.insert(above).second) open.push_back(std::move(above));
    }
  }
  return false;
}

absl::StatusOr<std::vector<std::string>> Tree::Subtree(const std::string& unit_id,
                                                       absl::CivilDay as_of) const {
  if (!index_.contains(unit_id)) return UnknownUnit(unit_id);
  std::vector<std::string> within = {unit_id};
  std::unordered_set<std::string> seen = {unit_id};
  for (size_t next = 0; next < within.size(); ++next) {
    const std::string id = within[next];
    const auto candidates = maybe_below_.find(id);
    if (candidates == maybe_below_.end()) continue;
    for (const size_t candidate : candidates->second) {
      const TreeUnit& below = units_[candidate];
      if (seen.contains(below.id)) continue;
      const std::vector<std::string> above = Above(below, as_of);
      if (std::find(above.begin(), above.end(), id) == above.end()) continue;
      seen.insert(below.id);
      within.push_back(below.id);
    }
  }
  std::sort(within.begin(), within.end());
  return within;
}

}  // namespace thidua::units
