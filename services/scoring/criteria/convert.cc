#include "scoring/criteria/convert.h"

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/criteria/check.h"
#include "scoring/criteria/codec.h"

namespace thidua::scoring::criteria {
namespace {

std::string DateText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? platform::FormatDate(*day) : "";
}

v1::CriteriaSetState StateOf(const std::string& state) {
  if (state == "DRAFT") return v1::CRITERIA_SET_STATE_DRAFT;
  if (state == "PUBLISHED") return v1::CRITERIA_SET_STATE_PUBLISHED;
  return v1::CRITERIA_SET_STATE_SUPERSEDED;
}

void CriterionToProto(const Criterion& criterion, v1::Criterion& out) {
  out.set_code(criterion.code);
  out.set_title(criterion.title);
  out.set_max_points(criterion.max_points);
  out.set_may_be_not_applicable(criterion.may_be_not_applicable);
  out.set_guidance(criterion.guidance);
  if (criterion.rule.has_value()) {
    out.mutable_rule()->set_type(criterion.rule->type);
    for (const auto& [name, value] : criterion.rule->parameters) {
      (*out.mutable_rule()->mutable_parameters())[name] = value;
    }
  }
  for (const Criterion& child : criterion.children)
    CriterionToProto(child, *out.add_sub_criteria());
}

void DefinitionToProto(const Definition& definition, v1::CriteriaSet& out) {
  for (const Field& field : definition.fields) {
    v1::CriteriaField& added = *out.add_fields();
    added.set_code(field.code);
    added.set_title(field.title);
    added.set_max_points(field.max_points);
    added.set_kind(static_cast<v1::CriteriaFieldKind>(field.kind));
    for (const Criterion& criterion : field.criteria) {
      CriterionToProto(criterion, *added.add_criteria());
    }
  }
  for (const RoundingStep& step : definition.rounding) {
    v1::RoundingStep& added = *out.add_rounding();
    added.set_stage(static_cast<v1::RoundingStage>(step.stage));
    v1::RoundingMode mode = v1::ROUNDING_MODE_HALF_UP;
    if (step.mode == numbers::RoundingMode::kHalfEven) mode = v1::ROUNDING_MODE_HALF_EVEN;
    if (step.mode == numbers::RoundingMode::kDown) mode = v1::ROUNDING_MODE_DOWN;
    added.set_mode(mode);
    added.set_decimals(step.decimals);
  }
  for (const Band& band : definition.bands) {
    v1::Band& added = *out.add_bands();
    added.set_name(band.name);
    added.set_lower_bound(band.lower_bound);
  }
  for (const std::string& code : definition.tie_break_criteria) out.add_tie_break_criteria(code);
  if (definition.extra_points.has_value()) {
    const ExtraPoints& extra = *definition.extra_points;
    v1::ExtraPoints& added = *out.mutable_extra_points();
    added.set_scale(static_cast<v1::ExtraPointsScale>(extra.scale));
    added.set_bonus_cap(extra.bonus_cap);
    added.set_deduction_cap(extra.deduction_cap);
    added.set_index_max(extra.index_max);
  }
  for (const Defect& defect : Check(definition)) {
    v1::CriteriaDefect& added = *out.add_defects();
    added.set_field(defect.field);
    added.set_reason(defect.reason);
    added.set_severity(defect.severity == Severity::kError ? v1::DEFECT_SEVERITY_ERROR
                                                           : v1::DEFECT_SEVERITY_WARNING);
    added.set_text_vi(defect.vi);
    added.set_text_en(defect.en);
  }
}

v1::RuleParameterKind KindOf(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kChoice:
      return v1::RULE_PARAMETER_KIND_CHOICE;
    case ParameterKind::kPercent:
    case ParameterKind::kTargetPercent:
      return v1::RULE_PARAMETER_KIND_PERCENT;
    case ParameterKind::kLevels:
      return v1::RULE_PARAMETER_KIND_LEVELS;
    case ParameterKind::kPoints:
      return v1::RULE_PARAMETER_KIND_POINTS;
    case ParameterKind::kWholeNumber:
      return v1::RULE_PARAMETER_KIND_WHOLE_NUMBER;
    case ParameterKind::kCode:
      return v1::RULE_PARAMETER_KIND_CODE;
  }
  return v1::RULE_PARAMETER_KIND_UNSPECIFIED;
}

}  // namespace

absl::Status ToProto(const SetRow& row, v1::CriteriaSet& out) {
  ASSIGN_OR_RETURN(const Definition definition, DefinitionFromText(row.definition));
  out.set_name(platform::NameOf("criteriaSets", row.id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_title(row.title);
  out.set_block(row.block);
  out.set_block_title(row.block_title);
  out.set_year(row.year);
  out.set_version(row.version);
  out.set_state(StateOf(row.state));
  out.set_valid_from(DateText(row.valid_from));
  out.set_valid_to(DateText(row.valid_to));
  out.mutable_legal_basis()->set_number(row.basis_number);
  out.mutable_legal_basis()->set_issue_date(DateText(row.basis_issue_date));
  out.mutable_legal_basis()->set_issuer(row.basis_issuer);
  out.mutable_legal_basis()->set_subject(row.basis_subject);
  out.set_source_note(row.source_note);
  DefinitionToProto(definition, out);
  out.set_content_sha256(row.content_sha256);
  if (row.superseded_by.has_value()) {
    out.set_superseded_by(platform::NameOf("criteriaSets", *row.superseded_by));
  }
  *out.mutable_create_time() = platform::ToTimestamp(row.created_at);
  out.set_publish_date(DateText(row.publish_date));
  out.set_etag(platform::EtagOf(row.row_version));
  return absl::OkStatus();
}

void ToProto(const RuleType& type, v1::RuleType& out) {
  out.set_type(type.type);
  out.set_description_vi(type.vi);
  out.set_description_en(type.en);
  out.set_automatic(type.automatic);
  for (const ParameterSpec& spec : type.parameters) {
    v1::RuleParameter& added = *out.add_parameters();
    added.set_name(spec.name);
    added.set_description_vi(spec.vi);
    added.set_description_en(spec.en);
    added.set_required(spec.required);
    added.set_default_value(spec.default_value);
    for (const std::string& value : spec.allowed) added.add_allowed_values(value);
    added.set_kind(KindOf(spec.kind));
    if (const std::optional<NumberRange> range = RangeOf(spec.kind)) {
      added.set_min_value(numbers::ToExact(range->lowest));
      added.set_max_value(numbers::ToExact(range->highest));
    }
  }
}

}  // namespace thidua::scoring::criteria
