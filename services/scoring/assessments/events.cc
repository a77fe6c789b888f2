#include "scoring/assessments/events.h"

#include <optional>

#include "platform/clock.h"
#include "platform/feed/append.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "scoring/assessments/store_reports.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::scoring::assessments {
namespace {

void Fill(const View& view, State state, v1::AssessmentChanged& event) {
  event.set_assessment_id(view.row.id);
  event.set_criteria_set_id(view.round.criteria_set_id);
  event.set_unit_id(view.row.unit_id);
  event.set_year(view.round.year);
  event.set_state(Name(state));
  event.set_round_id(view.round.id);
}

feed::Draft DraftFor(const View& view) {
  feed::Draft draft;
  draft.aggregate_type = "assessment";
  draft.aggregate_id = view.row.id;
  draft.aggregate_version = view.row.row_version;
  draft.unit_id = view.row.unit_id;
  return draft;
}

absl::Status TakeReport(db::Tx& tx, const common::v1::Event& event) {
  ASSIGN_OR_RETURN(const auto payload,
                   feed::PayloadOf<campaign::v1::PeriodicReportRecorded>(event));
  if (payload.record_id().empty()) return platform::Internal("a report record without an id");
  ReportRow row;
  row.record_id = payload.record_id();
  row.plan_id = payload.plan_id();
  row.unit_id = payload.unit_id();
  row.period = payload.period();
  if (!payload.due_date().empty()) {
    ASSIGN_OR_RETURN(row.report.due, platform::ParseDate(payload.due_date(), "due_date"));
  }
  if (!payload.filed_date().empty()) {
    ASSIGN_OR_RETURN(row.report.filed, platform::ParseDate(payload.filed_date(), "filed_date"));
  }
  return ReportStore::Upsert(tx, row);
}

}  // namespace

absl::Status AppendRoundCreated(db::Tx& tx, const platform::Call& call, const RoundRow& round,
                                const std::vector<std::string>& units) {
  v1::AssessmentRoundCreated event;
  event.set_round_id(round.id);
  event.set_unit_id(round.unit_id);
  event.set_criteria_set_id(round.criteria_set_id);
  event.set_plan_id(round.plan_id);
  event.set_title(round.title);
  event.set_block(round.block);
  event.set_year(round.year);
  event.set_period_start(platform::FormatDate(round.period_start));
  event.set_period_end(platform::FormatDate(round.period_end));
  event.set_self_score_start(platform::FormatDate(round.windows.self_score_start));
  event.set_self_score_end(platform::FormatDate(round.windows.self_score_end));
  event.set_appraisal_start(platform::FormatDate(round.windows.appraisal_start));
  event.set_appraisal_end(platform::FormatDate(round.windows.appraisal_end));
  for (const std::string& unit : units) event.add_unit_ids(unit);
  if (round.windows.explanation.has_value()) {
    event.set_explanation_start(platform::FormatDate(round.windows.explanation->first));
    event.set_explanation_end(platform::FormatDate(round.windows.explanation->last));
  }
  for (const FieldLead& lead : round.leads) {
    v1::RoundFieldLead& added = *event.add_field_leads();
    added.set_field(lead.field);
    for (const std::string& unit : lead.units) added.add_unit_ids(unit);
  }
  feed::Draft draft;
  draft.aggregate_type = "assessment_round";
  draft.aggregate_id = round.id;
  draft.aggregate_version = round.row_version;
  draft.unit_id = round.unit_id;
  draft.payload = &event;
  return feed::Append(tx, call, draft);
}

absl::Status AppendStateChange(db::Tx& tx, const platform::Call& call, const View& view,
                               State before, const std::string& reason) {
  v1::AssessmentChanged event;
  v1::AssessmentChanged earlier;
  Fill(view, view.row.state, event);
  Fill(view, before, earlier);
  feed::Draft draft = DraftFor(view);
  draft.payload = &event;
  draft.before = &earlier;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::Status AppendScores(db::Tx& tx, const platform::Call& call, const View& view, size_t count,
                          const std::string& reason) {
  if (count == 0) return absl::OkStatus();
  v1::ScoresRecorded event;
  event.set_assessment_id(view.row.id);
  event.set_unit_id(view.row.unit_id);
  event.set_layer(Name(view.entries.back().score.layer));
  for (size_t i = view.entries.size() - count; i < view.entries.size(); ++i) {
    const EntryRow& entry = view.entries[i];
    v1::RecordedScore& added = *event.add_scores();
    added.set_criterion(entry.score.criterion);
    added.set_entry(entry.score.entry);
    added.set_status(Name(entry.score.status));
    if (entry.score.status == criteria::ScoreStatus::kScored) {
      added.set_points(numbers::ToExact(entry.score.points));
    }
    for (const auto& [name, value] : entry.score.inputs) {
      (*added.mutable_inputs())[name] = numbers::ToExact(value);
    }
    for (const EvidenceRow& evidence : entry.evidence) {
      added.add_evidence_sha256(evidence.sha256);
    }
    added.set_note(entry.note);
    added.set_reason(entry.reason);
  }
  feed::Draft draft = DraftFor(view);
  draft.payload = &event;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::Status AppendExplanations(db::Tx& tx, const platform::Call& call, const View& view,
                                size_t count) {
  v1::ExplanationsRecorded event;
  event.set_assessment_id(view.row.id);
  event.set_unit_id(view.row.unit_id);
  for (size_t i = view.explanations.size() - count; i < view.explanations.size(); ++i) {
    const ExplanationRow& row = view.explanations[i];
    v1::RecordedExplanation& added = *event.add_explanations();
    added.set_criterion(row.what.criterion);
    added.set_item(row.what.item);
    added.set_about_entry(row.what.about);
    added.set_text(row.text);
    for (const EvidenceRow& evidence : row.evidence) added.add_evidence_sha256(evidence.sha256);
  }
  feed::Draft draft = DraftFor(view);
  draft.payload = &event;
  return feed::Append(tx, call, draft);
}

std::map<std::string, feed::Handler> ReportHandlers() {
  return {{campaign::v1::PeriodicReportRecorded::descriptor()->full_name(), TakeReport}};
}

absl::Status ResetReports(db::Tx& tx) { return ReportStore::DeleteAll(tx); }

}  // namespace thidua::scoring::assessments
