#include "scoring/assessments/convert.h"

#include <map>
#include <utility>

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/timestamp.h"

namespace thidua::scoring::assessments {
namespace {

using numbers::ToExact;

int NumberOf(const View& view, const EntryRow& entry) {
  int number = 0;
  for (const EntryRow& other : view.entries) {
    if (other.score.criterion == entry.score.criterion && other.score.layer == entry.score.layer) {
      ++number;
    }
    if (&other == &entry) break;
  }
  return number;
}

void FillEvidence(const std::vector<EvidenceRow>& rows,
                  google::protobuf::RepeatedPtrField<v1::Evidence>& out) {
  for (const EvidenceRow& evidence : rows) {
    v1::Evidence& added = *out.Add();
    added.set_file(platform::NameOf("files", evidence.file_id));
    added.set_pages(evidence.pages);
    added.set_file_name(evidence.file_name);
    added.set_sha256(evidence.sha256);
  }
}

const ExplanationRow* NewestExplanation(const View& view, const std::string& criterion) {
  const ExplanationRow* newest = nullptr;
  for (const ExplanationRow& row : view.explanations) {
    if (row.what.criterion == criterion) newest = &row;
  }
  return newest;
}

void ToProto(const View& view, const ExplanationRow& row, v1::Explanation& out) {
  const criteria::Leaf& leaf = *view.scheme.Find(row.what.criterion);
  out.set_criterion(row.what.criterion);
  int number = 0;
  for (const Explained& other : view.explained) {
    if (other.criterion == row.what.criterion && other.item <= row.what.item) ++number;
  }
  out.set_number(number);
  out.set_text(row.text);
  FillEvidence(row.evidence, *out.mutable_evidence());
  out.set_outcome(static_cast<v1::ExplanationOutcome>(
      OutcomeOf(leaf, view.Newest(leaf), view.explained, row.what)));
  out.set_actor(row.actor);
  *out.mutable_create_time() = platform::ToTimestamp(row.created_at);
  out.set_business_date(platform::FormatDate(row.business_date));
}

}  // namespace

void ToProto(const RoundRow& row, const std::vector<std::string>& units, v1::AssessmentRound& out) {
  out.set_name(platform::NameOf("assessmentRounds", row.id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_title(row.title);
  out.set_criteria_set(platform::NameOf("criteriaSets", row.criteria_set_id));
  if (!row.plan_id.empty()) out.set_plan(platform::NameOf("plans", row.plan_id));
  out.set_block(row.block);
  out.set_year(row.year);
  out.set_period_start(platform::FormatDate(row.period_start));
  out.set_period_end(platform::FormatDate(row.period_end));
  out.set_self_score_start(platform::FormatDate(row.windows.self_score_start));
  out.set_self_score_end(platform::FormatDate(row.windows.self_score_end));
  out.set_appraisal_start(platform::FormatDate(row.windows.appraisal_start));
  out.set_appraisal_end(platform::FormatDate(row.windows.appraisal_end));
  if (row.windows.explanation.has_value()) {
    out.set_explanation_start(platform::FormatDate(row.windows.explanation->first));
    out.set_explanation_end(platform::FormatDate(row.windows.explanation->last));
  }
  for (const FieldLead& lead : row.leads) {
    v1::FieldLead& added = *out.add_field_leads();
    added.set_field(lead.field);
    for (const std::string& unit : lead.units) added.add_units(platform::NameOf("units", unit));
  }
  for (const std::string& unit : units) out.add_units(platform::NameOf("units", unit));
  *out.mutable_create_time() = platform::ToTimestamp(row.created_at);
  out.set_etag(platform::EtagOf(row.row_version));
}

void ToProto(const AssessmentRow& row, const std::string& unit_name, v1::Assessment& out) {
  out.set_name(platform::NameOf("assessments", row.id));
  out.set_round(platform::NameOf("assessmentRounds", row.round_id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_unit_name(unit_name);
  out.set_state(static_cast<v1::AssessmentState>(row.state));
  *out.mutable_update_time() = platform::ToTimestamp(row.updated_at);
  out.set_etag(platform::EtagOf(row.row_version));
}

void ToProto(const View& view, const std::string& unit_name, v1::Assessment& out) {
  ToProto(view.row, unit_name, out);
  for (const criteria::Leaf& leaf : view.scheme.leaves()) {
    v1::CriterionAssessment& added = *out.add_criteria();
    added.set_criterion(leaf.code);
    added.set_title(leaf.title);
    added.set_max_points(ToExact(leaf.max_points));
    added.set_rule_type(leaf.rule->type);
    const LeafScores newest = view.Newest(leaf);
    const auto add = [&](const Score* score, v1::ScoreEntry* (v1::CriterionAssessment::*slot)()) {
      const EntryRow* entry = view.EntryOf(score);
      if (entry != nullptr) ToProto(*entry, NumberOf(view, *entry), *(added.*slot)());
    };
    add(newest.self, &v1::CriterionAssessment::mutable_self_score);
    add(newest.computed, &v1::CriterionAssessment::mutable_computed);
    add(newest.appraised, &v1::CriterionAssessment::mutable_appraised);
    add(newest.reappraised, &v1::CriterionAssessment::mutable_reappraised);
    add(newest.final, &v1::CriterionAssessment::mutable_final);
    added.set_explainable(view.round.windows.explanation.has_value() && Explainable(leaf, newest));
    const ExplanationRow* explanation = NewestExplanation(view, leaf.code);
    if (explanation != nullptr) ToProto(view, *explanation, *added.mutable_explanation());
  }
  const criteria::UnitScore total = view.scheme.Total(ShownScores(view));
  v1::AssessmentTotals& totals = *out.mutable_totals();
  totals.set_points(ToExact(total.points));
  totals.set_applicable_max_points(ToExact(total.applicable_max));
  if (total.index.has_value()) totals.set_index_percent(view.scheme.IndexText(*total.index));
  totals.set_not_yet_scored(total.not_yet_scored);
  totals.set_not_applicable(total.not_applicable);
  if (view.scheme.has_extra_points()) {
    totals.set_bonus_points(ToExact(total.bonus));
    totals.set_deduction_points(ToExact(total.deduction));
  }
}

void ToProto(const EntryRow& entry, int number, v1::ScoreEntry& out) {
  const Score& score = entry.score;
  out.set_criterion(score.criterion);
  out.set_layer(static_cast<v1::ScoreLayer>(score.layer));
  out.set_entry_number(number);
  out.set_status(static_cast<v1::ScoreStatus>(score.status));
  if (score.status == criteria::ScoreStatus::kScored) out.set_points(ToExact(score.points));
  for (const auto& [name, value] : score.inputs) (*out.mutable_inputs())[name] = ToExact(value);
  FillEvidence(entry.evidence, *out.mutable_evidence());
  out.set_note(entry.note);
  out.set_reason(entry.reason);
  out.set_actor(entry.actor);
  *out.mutable_create_time() = platform::ToTimestamp(entry.created_at);
  out.set_business_date(platform::FormatDate(entry.business_date));
}

void ToProto(const View& view, google::protobuf::RepeatedPtrField<v1::Explanation>& out) {
  for (const ExplanationRow& row : view.explanations) ToProto(view, row, *out.Add());
}

void ToProto(const std::vector<EntryRow>& entries,
             google::protobuf::RepeatedPtrField<v1::ScoreEntry>& out) {
  std::map<std::pair<std::string, Layer>, int> numbers;
  for (const EntryRow& entry : entries) {
    ToProto(entry, ++numbers[{entry.score.criterion, entry.score.layer}], *out.Add());
  }
}

}  // namespace thidua::scoring::assessments
