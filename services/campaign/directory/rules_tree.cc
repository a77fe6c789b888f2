#include "campaign/directory/rules_tree.h"

#include <algorithm>

namespace thidua::campaign::directory {

void Tree::AddUnit(const std::string& unit, Span span) { units_[unit].span = span; }

void Tree::AddParent(const std::string& unit, const std::string& parent, Span span) {
  units_[unit].parents.push_back({parent, span});
}

void Tree::AddSuccessor(const std::string& unit, const std::string& successor) {
  units_[unit].successors.push_back(successor);
}

bool Tree::Reaches(const std::string& unit, const std::string& ancestor, absl::CivilDay as_of,
                   std::set<std::string>* seen) const {
  if (unit == ancestor) return true;
  if (!seen->insert(unit).second) return false;
  const auto found = units_.find(unit);
  if (found == units_.end()) return false;
  const Node& node = found->second;
  const bool ended = node.span.to && as_of > *node.span.to;
  if (ended && !node.successors.empty()) {
    return std::any_of(
        node.successors.begin(), node.successors.end(),
        [&](const std::string& heir) { return Reaches(heir, ancestor, as_of, seen); });
  }
  const absl::CivilDay standing = ended ? *node.span.to : std::max(as_of, node.span.from);
  return std::any_of(node.parents.begin(), node.parents.end(), [&](const Edge& parent) {
    return parent.span.Holds(standing) && Reaches(parent.unit, ancestor, as_of, seen);
  });
}

bool Tree::IsWithin(const std::string& unit, const std::string& ancestor,
                    absl::CivilDay as_of) const {
  std::set<std::string> seen;
  return Reaches(unit, ancestor, as_of, &seen);
}

std::vector<std::string> Tree::Subtree(const std::string& ancestor, absl::CivilDay as_of) const {
  std::vector<std::string> within;
  for (const auto& [unit, node] : units_) {
    if (IsWithin(unit, ancestor, as_of)) within.push_back(unit);
  }
  return within;
}

std::vector<std::string> Tree::HeirsOf(const std::string& unit, absl::CivilDay as_of) const {
  std::set<std::string> heirs;
  std::set<std::string> seen;
  std::vector<std::string> open = {unit};
  while (!open.empty()) {
    const std::string at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const auto found = units_.find(at);
    if (found == units_.end()) continue;
    const Node& node = found->second;
    if (node.span.to && as_of > *node.span.to && !node.successors.empty()) {
      open.insert(open.end(), node.successors.begin(), node.successors.end());
    } else {
      heirs.insert(at);
    }
  }
  return {heirs.begin(), heirs.end()};
}

}  // namespace thidua::campaign::directory
