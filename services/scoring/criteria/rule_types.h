// The registry of rule types. To add one: write its function in rules.cc, add its row to the table
// in rule_types.cc, write its test. Nothing else knows the types by name: contracts carry type and
// parameters as text, the checker and the documentation read this table.
//
// The meaning of a type that was ever published never changes, because snapshots are recomputed
// with it years later: a new meaning is a new type.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/criteria/definition.h"
#include "scoring/numbers/exact.h"

namespace thidua::scoring::criteria {

// Three different things, never mixed up: points (zero included), does not concern the unit, nobody
// knows yet.
enum class ScoreStatus { kScored = 1, kNotApplicable = 2, kNotYetScored = 3 };

// What a rule reads, by name: "numerator", "denominator", "count", "points".
using Inputs = std::map<std::string, numbers::Rational>;

// What a rule finds.
struct Outcome {
  ScoreStatus status = ScoreStatus::kNotYetScored;
  numbers::Rational points;    // unrounded; 0 unless kScored
  std::string calculation_vi;  // "20 × 2796/7566", for people
};

// Pure: the same arguments give the same outcome for ever. `parameters` have passed
// CheckParameters, absent ones are filled with their defaults; `inputs` hold every name of the
// type's `inputs`.
using Evaluate = Outcome (*)(const numbers::Rational& max_points, const Parameters& parameters,
                             const Inputs& inputs);

enum class ParameterKind {
  kPercent,        // decimal 0..100
  kTargetPercent,  // decimal above 0, at most 100: something is divided by it
  kChoice,         // one of `allowed`
  kLevels,         // a table of levels (level_rules.h)
  kPoints,         // decimal above 0
  kWholeNumber,    // 0 and up
  kCode,           // 1..40 characters of a–z, 0–9, "-"
};

// The numbers a kind takes, both ends included; none for a kind of other values.
struct NumberRange {
  numbers::Rational lowest;
  numbers::Rational highest;
};
std::optional<NumberRange> RangeOf(ParameterKind kind);

struct ParameterSpec {
  std::string name;
  std::string vi;
  std::string en;
  ParameterKind kind = ParameterKind::kChoice;
  bool required = false;
  std::string default_value;
  std::vector<std::string> allowed;
};

// What a rule's parameters say that its criterion cannot hold.
struct Conflict {
  std::string name;    // of the parameter
  std::string reason;  // UPPER_SNAKE
  std::string vi;
  std::string en;
};

// What a type needs is said here, never by its name or by the name of a parameter elsewhere.
// `parameters` in the functions are filled with their defaults.
struct RuleType {
  std::string type;
  std::string vi;
  std::string en;
  bool automatic = false;    // inputs come from data (`metric`); otherwise from people
  bool may_not_end = false;  // its points may have no finite decimal form
  std::vector<std::string> inputs;
  std::vector<ParameterSpec> parameters;
  Evaluate evaluate = nullptr;
  // Automatic types: the metric (assessments/metrics.h) that the inputs are read from.
  std::string (*metric)(const Parameters& parameters) = nullptr;
  // Types scored by people: whether a self-score above 0 needs evidence or an explanation; null:
  // never.
  bool (*needs_evidence)(const Parameters& parameters) = nullptr;
  // Types whose points mean something in one kind of field only.
  std::optional<FieldKind> only_in;
  // What valid parameters and the criterion's maximum say against each other; null: never anything.
  std::optional<Conflict> (*conflict)(const numbers::Rational& max_points,
                                      const Parameters& parameters) = nullptr;
};

// In order of name.
const std::vector<RuleType>& RuleTypes();
// Null when there is no such type.
const RuleType* FindRuleType(std::string_view type);

// One thing wrong with a rule's parameters.
struct ParameterProblem {
  std::string name;
  std::string reason;  // PARAMETER_UNKNOWN, PARAMETER_MISSING, PARAMETER_INVALID
};
std::vector<ParameterProblem> CheckParameters(const RuleType& type, const Parameters& parameters);

// The parameters with defaults for the absent ones.
Parameters WithDefaults(const RuleType& type, const Parameters& parameters);

}  // namespace thidua::scoring::criteria
