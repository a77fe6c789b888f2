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
  numbers::Rational applicable_max;        // maxima of all leaves that are not NOT_APPLICABLE
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
  UnitScore Total(const std::vector<LeafScore>& scores) const;

  // R-SCO-07 The best band whose lower bound the index reaches; "" when there is none.
  std::string BandOf(const numbers::Rational& index) const;

  // With the decimals that the set declares for indices: "81.33".
  std::string IndexText(const numbers::Rational& index) const;

  // Positions in leaves() of the criteria that decide between equal indices.
  const std::vector<int>& tie_break() const { return tie_break_; }

 private:
  struct ParsedBand {
    std::string name;
    numbers::Rational lower_bound;
  };
  numbers::Rational RoundAt(Stage stage, const numbers::Rational& value) const;

  std::vector<Leaf> leaves_;
  std::vector<RoundingStep> rounding_;
  std::vector<ParsedBand> bands_;
  std::vector<int> tie_break_;
};

}  // namespace thidua::scoring::criteria
