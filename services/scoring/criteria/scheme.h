// A criteria set made ready for computing: numbers parsed, rules looked up, tree flattened to
// leaves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scoring/criteria/definition.h"
#include "scoring/criteria/rule_types.h"
#include "scoring/numbers/exact.h"

namespace thidua::scoring::criteria {

struct Leaf {
  std::string code;
  std::string title;
  std::string field_code;
  std::string field_title;
  int field = 0;  // position among the set's fields
  FieldKind field_kind = FieldKind::kCore;
  numbers::Rational max_points;
  const RuleType* rule = nullptr;
  Parameters parameters;  // with defaults
  bool may_be_not_applicable = false;
};

// What is known about one leaf of one unit: nothing, that it does not apply, points that a person
// gave, or the inputs of its rule.
struct LeafInput {
  enum class Kind { kNothing, kNotApplicable, kGiven, kInputs };
  Kind kind = Kind::kNothing;
  numbers::Rational given;  // kGiven
  Inputs inputs;            // kInputs
};

struct LeafScore {
  ScoreStatus status = ScoreStatus::kNotYetScored;
  numbers::Rational points;  // rounded where the set rounds leaves; 0 unless kScored
  std::string calculation_vi;
};

struct UnitScore {
  numbers::Rational points;                // rounded where the set rounds totals
  numbers::Rational bonus;                 // 0 where the set has none; caps applied
  numbers::Rational deduction;             // the same; what is taken off
  numbers::Rational applicable_max;        // maxima of all core leaves that are not NOT_APPLICABLE
  std::optional<numbers::Rational> index;  // rounded; none when nothing applies
  int not_yet_scored = 0;
  int not_applicable = 0;
};

class Scheme {
 public:
  // None when the definition has a defect of severity ERROR (check.h).
  static std::optional<Scheme> Compile(const Definition& definition);

  const std::vector<Leaf>& leaves() const { return leaves_; }
  // Most decimals that a person's points may have.
  int given_decimals() const;
  // Null when there is no such leaf.
  const Leaf* Find(std::string_view code) const;

  // R-SCO-05 One leaf: its rule, then the rounding of leaves if the set declares one. Missing
  // inputs and NOT_APPLICABLE where the criterion does not allow it leave it not yet scored.
  LeafScore ScoreLeaf(const Leaf& leaf, const LeafInput& input) const;

  // R-SCO-06 index = points ÷ applicable maximum × 100. NOT_APPLICABLE lowers the maximum; zero and
  // not yet scored do not. `scores` are in the order of leaves().
  // R-SCO-54 Bonus and deduction are outside the maximum. Each field's points are cut at the
  // field's maximum, all bonus fields together at bonus_cap and all deduction fields at
  // deduction_cap. What is left is added and taken off where the set says: from the points, before
  // they are rounded, or from the index in percentage points, before it is rounded. Points and
  // index are not below 0, the index not above index_max.
  UnitScore Total(const std::vector<LeafScore>& scores) const;

  // R-SCO-07 The best band whose lower bound the index reaches; "" when there is none.
  std::string BandOf(const numbers::Rational& index) const;

  // With the decimals that the set declares for indices: "81.33".
  std::string IndexText(const numbers::Rational& index) const;

  // Positions in leaves() of the criteria that decide between equal indices.
  const std::vector<int>& tie_break() const { return tie_break_; }

  // Whether the set has bonus or deduction.
  bool has_extra_points() const { return extra_scale_.has_value(); }

 private:
  struct ParsedBand {
    std::string name;
    numbers::Rational lower_bound;
  };
  struct ParsedField {
    FieldKind kind = FieldKind::kCore;
    numbers::Rational max_points;
  };
  numbers::Rational RoundAt(Stage stage, const numbers::Rational& value) const;
  // The points of all fields of the kind, each and together cut at their caps.
  numbers::Rational ExtraOf(FieldKind kind, const std::vector<numbers::Rational>& by_field,
                            const std::optional<numbers::Rational>& cap) const;

  std::vector<Leaf> leaves_;
  std::vector<ParsedField> fields_;
  std::optional<ExtraScale> extra_scale_;  // none: the set has neither bonus nor deduction
  std::optional<numbers::Rational> bonus_cap_;
  std::optional<numbers::Rational> deduction_cap_;
  std::optional<numbers::Rational> index_max_;
  std::vector<RoundingStep> rounding_;
  std::vector<ParsedBand> bands_;
  std::vector<int> tie_break_;
};

}  // namespace thidua::scoring::criteria
