// Where units lie below each other, as of a date. Built once from all units, asked often.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/directory/rules_time.h"

namespace thidua::campaign::directory {

class Tree {
 public:
  void AddUnit(const std::string& unit, Span span);
  void AddParent(const std::string& unit, const std::string& parent, Span span);
  void AddSuccessor(const std::string& unit, const std::string& successor);

  bool Knows(const std::string& unit) const { return units_.count(unit) != 0; }
  // R-DIR-20 A unit lies within another when it is that unit, when one of its parents on the date
  // lies within it, or, once it has ended, when one of its successors does. Before its first day a
  // unit stands where it will stand then; a unit that ended without a successor stands where it
  // stood last.
  bool IsWithin(const std::string& unit, const std::string& ancestor, absl::CivilDay as_of) const;
  // Every unit within the ancestor, sorted, itself included.
  std::vector<std::string> Subtree(const std::string& ancestor, absl::CivilDay as_of) const;
  // The unit and, through successors, those that answer for it on the date; those without a further
  // successor only.
  std::vector<std::string> HeirsOf(const std::string& unit, absl::CivilDay as_of) const;

 private:
  struct Edge {
    std::string unit;
    Span span;
  };
  struct Node {
    Span span;
    std::vector<Edge> parents;
    std::vector<std::string> successors;
  };
  bool Reaches(const std::string& unit, const std::string& ancestor, absl::CivilDay as_of,
               std::set<std::string>* seen) const;
  std::map<std::string, Node> units_;
};

}  // namespace thidua::campaign::directory
