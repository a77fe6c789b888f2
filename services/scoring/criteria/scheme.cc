#include "scoring/criteria/scheme.h"

#include <algorithm>

#include "scoring/criteria/check.h"
#include "scoring/criteria/rules.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::Rational;

void Flatten(const Criterion& criterion, const Field& field, int position,
             std::vector<Leaf>& leaves) {
  for (const Criterion& child : criterion.children) Flatten(child, field, position, leaves);
  if (!criterion.rule.has_value()) return;
  Leaf leaf;
  leaf.code = criterion.code;
  leaf.title = criterion.title;
  leaf.field_code = field.code;
  leaf.field_title = field.title;
  leaf.field = position;
  leaf.field_kind = field.kind;
  leaf.max_points = *numbers::ParseDecimal(criterion.max_points);
  leaf.rule = FindRuleType(criterion.rule->type);
  leaf.parameters = WithDefaults(*leaf.rule, criterion.rule->parameters);
  leaf.may_be_not_applicable = criterion.may_be_not_applicable;
  leaves.push_back(std::move(leaf));
}

bool HasInputs(const RuleType& rule, const Inputs& inputs) {
  return std::all_of(rule.inputs.begin(), rule.inputs.end(),
                     [&](const std::string& name) { return inputs.count(name) > 0; });
}

}  // namespace

std::optional<Scheme> Scheme::Compile(const Definition& definition) {
  if (HasErrors(Check(definition))) return std::nullopt;
  Scheme scheme;
  for (const Field& field : definition.fields) {
    const int position = static_cast<int>(scheme.fields_.size());
    scheme.fields_.push_back({field.kind, *numbers::ParseDecimal(field.max_points)});
    for (const Criterion& criterion : field.criteria) {
      Flatten(criterion, field, position, scheme.leaves_);
    }
  }
  if (definition.extra_points.has_value()) {
    const ExtraPoints& extra = *definition.extra_points;
    scheme.extra_scale_ = extra.scale;
    scheme.bonus_cap_ = numbers::ParseDecimal(extra.bonus_cap);
    scheme.deduction_cap_ = numbers::ParseDecimal(extra.deduction_cap);
    scheme.index_max_ = numbers::ParseDecimal(extra.index_max);
  }
  scheme.rounding_ = definition.rounding;
  for (const Band& band : definition.bands) {
    scheme.bands_.push_back({band.name, *numbers::ParseDecimal(band.lower_bound)});
  }
  for (const std::string& code : definition.tie_break_criteria) {
    scheme.tie_break_.push_back(static_cast<int>(scheme.Find(code) - scheme.leaves_.data()));
  }
  return scheme;
}

const Leaf* Scheme::Find(std::string_view code) const {
  for (const Leaf& leaf : leaves_) {
    if (leaf.code == code) return &leaf;
  }
  return nullptr;
}

int Scheme::given_decimals() const {
  for (const RoundingStep& step : rounding_) {
    if (step.stage == Stage::kLeaf) return step.decimals;
  }
  return numbers::kMaxDecimals;
}

Rational Scheme::RoundAt(Stage stage, const Rational& value) const {
  for (const RoundingStep& step : rounding_) {
    if (step.stage == stage) return numbers::Round(value, step.mode, step.decimals);
  }
  return value;
}

LeafScore Scheme::ScoreLeaf(const Leaf& leaf, const LeafInput& input) const {
  Outcome outcome;
  switch (input.kind) {
    case LeafInput::Kind::kNothing:
      break;
    case LeafInput::Kind::kNotApplicable:
      if (leaf.may_be_not_applicable) outcome.status = ScoreStatus::kNotApplicable;
      break;
    case LeafInput::Kind::kGiven:
      // Whatever the rule: an appraisal may overrule what was computed.
      outcome = Manual(leaf.max_points, leaf.parameters, {{"points", input.given}});
      break;
    case LeafInput::Kind::kInputs:
      if (HasInputs(*leaf.rule, input.inputs)) {
        outcome = leaf.rule->evaluate(leaf.max_points, leaf.parameters, input.inputs);
      } else {
        outcome.calculation_vi = "chưa có số liệu";
      }
      break;
  }
  LeafScore score;
  score.status = outcome.status;
  score.calculation_vi = outcome.calculation_vi;
  if (outcome.status == ScoreStatus::kScored) score.points = RoundAt(Stage::kLeaf, outcome.points);
  return score;
}

Rational Scheme::ExtraOf(FieldKind kind, const std::vector<Rational>& by_field,
                         const std::optional<Rational>& cap) const {
  Rational sum = 0;
  for (size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].kind == kind) sum += std::min(by_field[i], fields_[i].max_points);
  }
  return cap.has_value() ? std::min(sum, *cap) : sum;
}

UnitScore Scheme::Total(const std::vector<LeafScore>& scores) const {
  UnitScore unit;
  std::vector<Rational> by_field(fields_.size());
  for (size_t i = 0; i < leaves_.size(); ++i) {
    const LeafScore& score = scores.at(i);
    const bool core = leaves_[i].field_kind == FieldKind::kCore;
    if (score.status == ScoreStatus::kNotApplicable) {
      ++unit.not_applicable;
      continue;
    }
    if (core) unit.applicable_max += leaves_[i].max_points;
    if (score.status == ScoreStatus::kNotYetScored) ++unit.not_yet_scored;
    if (score.status != ScoreStatus::kScored) continue;
    if (core) unit.points += score.points;
    by_field[static_cast<size_t>(leaves_[i].field)] += score.points;
  }
  Rational added_to_index = 0;
  if (extra_scale_.has_value()) {
    unit.bonus = ExtraOf(FieldKind::kBonus, by_field, bonus_cap_);
    unit.deduction = ExtraOf(FieldKind::kDeduction, by_field, deduction_cap_);
    const Rational change = unit.bonus - unit.deduction;
    if (*extra_scale_ == ExtraScale::kPoints) {
      unit.points = std::max<Rational>(unit.points + change, 0);
    } else {
      added_to_index = change;
    }
  }
  unit.points = RoundAt(Stage::kTotal, unit.points);
  if (unit.applicable_max > 0) {
    Rational index = unit.points / unit.applicable_max * 100 + added_to_index;
    if (extra_scale_.has_value()) index = std::max<Rational>(index, 0);
    if (index_max_.has_value()) index = std::min(index, *index_max_);
    unit.index = RoundAt(Stage::kIndex, index);
  }
  return unit;
}

std::string Scheme::BandOf(const Rational& index) const {
  for (const ParsedBand& band : bands_) {
    if (index >= band.lower_bound) return band.name;
  }
  return "";
}

std::string Scheme::IndexText(const Rational& index) const {
  for (const RoundingStep& step : rounding_) {
    if (step.stage == Stage::kIndex) return numbers::ToFixed(index, step.decimals);
  }
  return numbers::ToExact(index);
}

}  // namespace thidua::scoring::criteria
