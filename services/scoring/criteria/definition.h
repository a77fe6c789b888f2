// What a criteria set says, as written: plain values, numbers still as text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scoring/numbers/exact.h"

namespace thidua::scoring::criteria {

using Parameters = std::map<std::string, std::string>;

// A rule type of the registry (rule_types.h) and its parameters.
struct Rule {
  std::string type;
  Parameters parameters;
};

// A criterion: a leaf with a rule, or a parent whose points are those of its children.
struct Criterion {
  std::string code;
  std::string title;
  std::string max_points;
  std::optional<Rule> rule;
  std::vector<Criterion> children;
  bool may_be_not_applicable = false;
  std::string guidance;
};

// What the points of a field do: reached out of the set's maximum, added outside it, or taken off.
enum class FieldKind { kCore = 1, kBonus = 2, kDeduction = 3 };

struct Field {
  std::string code;
  std::string title;
  std::string max_points;  // of a bonus or deduction: a cap
  std::vector<Criterion> criteria;
  FieldKind kind = FieldKind::kCore;
};

enum class ExtraScale { kPoints = 1, kIndex = 2 };

// How bonus and deduction enter the index (R-SCO-54). Caps and index_max are "" where there is
// none.
struct ExtraPoints {
  ExtraScale scale = ExtraScale::kPoints;
  std::string bonus_cap;
  std::string deduction_cap;
  std::string index_max;
};

enum class Stage { kLeaf = 1, kTotal = 2, kIndex = 3 };

struct RoundingStep {
  Stage stage = Stage::kIndex;
  numbers::RoundingMode mode = numbers::RoundingMode::kHalfUp;
  int decimals = 2;
};

// Holds from lower_bound, inclusive, to the next better band's bound, exclusive.
struct Band {
  std::string name;
  std::string lower_bound;
};

// Everything that decides about points. What does not (title, legal basis, dates) is kept beside
// it.
struct Definition {
  std::vector<Field> fields;
  std::vector<RoundingStep> rounding;
  std::vector<Band> bands;                      // best first
  std::vector<std::string> tie_break_criteria;  // codes of leaves
  std::optional<ExtraPoints> extra_points;      // exactly when a field is bonus or deduction
};

}  // namespace thidua::scoring::criteria
