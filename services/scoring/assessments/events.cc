#include "scoring/assessments/events.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "platform/clock.h"
#include "platform/feed/append.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/assessments/store_reports.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::scoring::assessments {
namespace {

// Whether the payload says how much there is to explain.
bool TellsExplainable(const RoundRow& round, const AssessmentRow& row) {
  return row.state == State::kAppraised && round.windows.explanation.has_value();
}

// `explainable`: leaves that the unit may explain.
v1::AssessmentChanged PayloadOf(const RoundRow& round, const AssessmentRow& row, int explainable) {
  v1::AssessmentChanged event;
  event.set_assessment_id(row.id);
  event.set_criteria_set_id(round.criteria_set_id);
  event.set_unit_id(row.unit_id);
  event.set_year(round.year);
  event.set_state(Name(row.state));
  event.set_round_id(round.id);
  if (row.state_date.has_value()) event.set_state_date(platform::FormatDate(*row.state_date));
  if (TellsExplainable(round, row)) event.set_explainable_leaves(explainable);
  return event;
}

v1::AssessmentRoundCreated PayloadOf(const RoundRow& round, const std::vector<std::string>& units) {
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
  return event;
}

feed::Draft DraftFor(const View& view) {
  feed::Draft draft;
  draft.aggregate_type = "assessment";
  draft.aggregate_id = view.row.id;
  draft.aggregate_version = view.row.row_version;
  draft.unit_id = view.row.unit_id;
  return draft;
}

constexpr int kRoundsAtOnce = 100;

using Emit = absl::FunctionRef<absl::Status(const common::v1::Event&)>;

// What stands since `since`, which is machine time: in a test's business time that may be to come.
absl::StatusOr<common::v1::Event> ItemOf(const platform::BusinessClock& clock, absl::Time since,
                                         const google::protobuf::Message& payload) {
  common::v1::Event event;
  event.set_type(payload.GetDescriptor()->full_name());
  event.set_actor("service:scoring");
  *event.mutable_occur_time() = platform::ToTimestamp(since);
  event.set_business_date(platform::FormatDate(
      std::min(absl::ToCivilDay(since, platform::VietnamTime()), clock.Today())));
  ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(payload));
  return event;
}

absl::Status EmitRound(db::Session& session, const platform::BusinessClock& clock,
                       const RoundRow& round, Emit emit) {
  Store::Filter filter;
  filter.visible.all = true;
  filter.round_id = round.id;
  filter.limit = std::numeric_limits<int>::max();
  ASSIGN_OR_RETURN(std::vector<AssessmentRow> rows, Store::List(session, filter));
  std::vector<std::string> units;
  units.reserve(rows.size());
  for (const AssessmentRow& row : rows) units.push_back(row.unit_id);
  std::sort(units.begin(), units.end());
  ASSIGN_OR_RETURN(common::v1::Event event,
                   ItemOf(clock, round.created_at, PayloadOf(round, units)));
  event.set_aggregate_type("assessment_round");
  event.set_aggregate_id(round.id);
  event.set_aggregate_version(round.row_version);
  event.set_unit_id(round.unit_id);
  RETURN_IF_ERROR(emit(event));
  std::stable_sort(rows.begin(), rows.end(), [](const AssessmentRow& a, const AssessmentRow& b) {
    return a.updated_at < b.updated_at;
  });
  for (const AssessmentRow& row : rows) {
    int explainable = 0;
    if (TellsExplainable(round, row)) {
      ASSIGN_OR_RETURN(const View view, LoadView(session, row.id));
      explainable = view.ExplainableLeaves();
    }
    ASSIGN_OR_RETURN(event, ItemOf(clock, row.updated_at, PayloadOf(round, row, explainable)));
    // The act is the change of state, not what was drafted since.
    if (row.state_date.has_value()) event.set_business_date(platform::FormatDate(*row.state_date));
    event.set_aggregate_type("assessment");
    event.set_aggregate_id(row.id);
    event.set_aggregate_version(row.row_version);
    event.set_unit_id(row.unit_id);
    RETURN_IF_ERROR(emit(event));
  }
  return absl::OkStatus();
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
  const v1::AssessmentRoundCreated event = PayloadOf(round, units);
  feed::Draft draft;
  draft.aggregate_type = "assessment_round";
  draft.aggregate_id = round.id;
  draft.aggregate_version = round.row_version;
  draft.unit_id = round.unit_id;
  draft.payload = &event;
  return feed::Append(tx, call, draft);
}

absl::Status AppendStateChange(db::Tx& tx, const platform::Call& call, const View& view,
                               const AssessmentRow& before, const std::string& reason) {
  // No change of state to or from APPRAISED moves what is contested, so it is the same before.
  const int explainable = view.ExplainableLeaves();
  const v1::AssessmentChanged event = PayloadOf(view.round, view.row, explainable);
  const v1::AssessmentChanged earlier = PayloadOf(view.round, before, explainable);
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

feed::SnapshotSource Snapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session, Emit emit) -> absl::Status {
    platform::VisibleUnits all;
    all.all = true;
    std::string before_id;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<RoundRow> rounds,
                       Store::ListRounds(session, all, before_id, kRoundsAtOnce));
      for (const RoundRow& listed : rounds) {
        // A list leaves the leads out.
        ASSIGN_OR_RETURN(const std::optional<RoundRow> round, Store::GetRound(session, listed.id));
        if (!round.has_value()) return platform::Internal("a listed round is not there");
        RETURN_IF_ERROR(EmitRound(session, clock, *round, emit));
      }
      if (static_cast<int>(rounds.size()) < kRoundsAtOnce) return absl::OkStatus();
      before_id = rounds.back().id;
    }
  };
}

}  // namespace thidua::scoring::assessments
