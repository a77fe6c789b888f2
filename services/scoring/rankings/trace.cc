#include "scoring/rankings/trace.h"

#include <optional>
#include <utility>
#include <vector>

#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/convert.h"
#include "scoring/assessments/store.h"
#include "scoring/assessments/view.h"
#include "scoring/rankings/convert.h"
#include "scoring/rankings/explain.h"

namespace thidua::scoring::rankings {
namespace {

// The unit's assessment in the publication's round, with all layers; none when the unit has none.
absl::StatusOr<std::optional<assessments::View>> AssessmentOf(db::Session& session,
                                                              const std::string& round_id,
                                                              const std::string& unit_id) {
  assessments::Store::Filter filter;
  filter.visible.all = true;
  filter.round_id = round_id;
  filter.unit_id = unit_id;
  ASSIGN_OR_RETURN(const std::vector<assessments::AssessmentRow> rows,
                   assessments::Store::List(session, filter));
  if (rows.empty()) return std::optional<assessments::View>();
  ASSIGN_OR_RETURN(assessments::View view, assessments::LoadView(session, rows.front().id));
  return std::optional<assessments::View>(std::move(view));
}

void FillTrace(const Ranked& ranked, const Standing& standing, const UnitRecord& unit, size_t i,
               v1::CriterionTrace& out) {
  const criteria::Leaf& leaf = ranked.scheme.leaves()[i];
  const criteria::LeafScore& score = standing.leaves[i];
  out.set_criterion(leaf.code);
  out.set_title(leaf.title);
  out.set_status(static_cast<v1::ScoreStatus>(score.status));
  if (score.status == criteria::ScoreStatus::kScored) {
    out.set_points(numbers::ToExact(score.points));
  }
  out.set_max_points(numbers::ToExact(leaf.max_points));
  out.set_rule_type(leaf.rule->type);
  for (const auto& [name, value] : leaf.parameters) (*out.mutable_rule_parameters())[name] = value;
  out.set_criteria_set_version(ranked.basis.head.criteria_set_version);
  out.set_calculation_vi(CalculationText(score));
  for (const auto& [name, value] : unit.leaves[i].input.inputs) {
    (*out.mutable_inputs())[name] = numbers::ToExact(value);
  }
}

}  // namespace

absl::Status NotInPublication(const std::string& unit_id) {
  return platform::NotFound(
      "UNIT_NOT_RANKED",
      {"Công bố này không có đơn vị được hỏi", "The publication does not hold this unit"},
      {{"unit", platform::NameOf("units", unit_id)}});
}

absl::Status Explain(db::Session& session, const Published& published, const std::string& unit_id,
                     v1::ExplainRankResponse& out) {
  const Ranked& ranked = published.ranked;
  const UnitRecord* unit = ranked.UnitOf(unit_id);
  const Standing* standing = ranked.StandingOf(unit_id);
  if (unit == nullptr || standing == nullptr) {
    return NotInPublication(unit_id);
  }
  for (const std::string& line : ExplainLines(ranked, unit_id)) out.add_lines_vi(line);
  ToProto(ranked, *standing, *out.mutable_entry());
  if (standing->leaves.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<assessments::View> view,
                   AssessmentOf(session, ranked.basis.head.round_id, unit_id));
  google::protobuf::RepeatedPtrField<v1::ScoreEntry> all;
  google::protobuf::RepeatedPtrField<v1::Explanation> explanations;
  if (view.has_value()) {
    assessments::ToProto(view->entries, all);
    assessments::ToProto(*view, explanations);
  }
  for (size_t i = 0; i < standing->leaves.size(); ++i) {
    v1::CriterionTrace& trace = *out.add_trace();
    FillTrace(ranked, *standing, *unit, i, trace);
    for (const v1::ScoreEntry& entry : all) {
      if (entry.criterion() != trace.criterion()) continue;
      *trace.add_entries() = entry;
      if (entry.layer() == v1::SCORE_LAYER_FINAL) *trace.mutable_evidence() = entry.evidence();
    }
    for (const v1::Explanation& explanation : explanations) {
      if (explanation.criterion() == trace.criterion()) *trace.add_explanations() = explanation;
    }
  }
  return absl::OkStatus();
}

}  // namespace thidua::scoring::rankings
