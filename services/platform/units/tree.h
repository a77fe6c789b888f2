// Which unit lies within which, on a date. Pure: built from the dated rows, asked in memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace thidua::units {

// Inclusive on both sides; no value is "always" or "without end".
struct Period {
  std::optional<absl::CivilDay> from;
  std::optional<absl::CivilDay> to;
  bool Holds(absl::CivilDay day) const {
    return (!from.has_value() || *from <= day) && (!to.has_value() || day <= *to);
  }
};

struct TreeUnit {
  std::string id;
  Period valid;
  std::vector<std::pair<std::string, Period>> parents;
  std::vector<std::string> successors;
};

// A unit lies within its parents on the date and all above them. A unit that has ended lies within
// the units that took its place, so that rights to its records pass to them; one that ended without
// a successor stays within the parents it had on its last day, and one that has not begun lies
// within those of its first day.
class Tree {
 public:
  Tree() = default;
  explicit Tree(std::vector<TreeUnit> units);

  // NOT_FOUND UNKNOWN_UNIT when `unit_id` is not known. An unknown ancestor contains nothing.
  absl::StatusOr<bool> IsWithin(const std::string& unit_id, const std::string& ancestor_id,
                                absl::CivilDay as_of) const;
  // The unit and all that lie within it, sorted: exactly those for which IsWithin is true.
  absl::StatusOr<std::vector<std::string>> Subtree(const std::string& unit_id,
                                                   absl::CivilDay as_of) const;
  size_t size() const { return units_.size(); }

 private:
  // The units directly above, known or not.
  std::vector<std::string> Above(const TreeUnit& unit, absl::CivilDay as_of) const;

  std::vector<TreeUnit> units_;
  std::unordered_map<std::string, size_t> index_;
  // Units that name the unit as a parent or a successor on some date.
  std::unordered_map<std::string, std::vector<size_t>> maybe_below_;
};

// NOT_FOUND UNKNOWN_UNIT.
absl::Status UnknownUnit(std::string_view unit_id);

}  // namespace thidua::units
