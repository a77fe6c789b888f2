#include "campaign/plans/events.h"

#include "campaign/plans/names.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

// The document with name, state and etag: enough to read a change in the log.
v1::Plan ForLog(const Record& record) {
  v1::Plan plan = record.document;
  plan.set_name(platform::NameOf("plans", record.row.id));
  plan.set_state(static_cast<v1::PlanState>(static_cast<int>(record.row.state) + 1));
  plan.set_etag(platform::EtagOf(record.row.row_version));
  return plan;
}

// What both events of a task carry.
template <class Payload>
Payload WholeTask(const Task& task) {
  Payload payload;
  payload.set_task_id(task.id);
  payload.set_plan_id(task.plan_id);
  payload.set_code(task.code);
  payload.set_unit_id(task.lead_unit_id);
  if (task.due) payload.set_due_date(platform::FormatDate(*task.due));
  if (task.done) payload.set_done_date(platform::FormatDate(*task.done));
  if (task.quality) payload.set_quality(std::string(TextOf(*task.quality)));
  payload.set_synthetic(task.synthetic);
  return payload;
}

v1::PlanTaskCompleted CompletionOf(const Task& task) {
  auto payload = WholeTask<v1::PlanTaskCompleted>(task);
  payload.set_evidence_note(task.evidence_note);
  return payload;
}

absl::Status AppendTask(db::Tx& tx, const platform::Call& call, const Task& task,
                        const google::protobuf::Message* before,
                        const google::protobuf::Message& payload) {
  feed::Draft draft;
  draft.aggregate_type = "plan_task";
  draft.aggregate_id = task.id;
  draft.aggregate_version = task.row_version;
  draft.unit_id = task.lead_unit_id;
  draft.payload = &payload;
  draft.before = before;
  return feed::Append(tx, call, draft);
}

// Places by form, units and people together, and those by subject.
void AddQuotas(const v1::Plan& plan, v1::PlanLaunched* payload) {
  for (const v1::AwardFormRule& one : plan.award_forms()) {
    if (one.quota() <= 0) continue;  // the document does not say
    v1::PlanAwardQuota* out = payload->add_award_quotas();
    out->set_award_form(FormName(one.form()));
    out->set_kind(QuotaKindName(v1::AWARD_QUOTA_KIND_TOTAL));
    out->set_places(one.quota());
    out->set_text(one.text());
  }
  for (const v1::AwardQuota& one : plan.award_quotas()) {
    v1::PlanAwardQuota* out = payload->add_award_quotas();
    out->set_subject(SubjectName(one.subject()));
    out->set_award_form(FormName(one.form()));
    out->set_kind(QuotaKindName(one.kind()));
    out->set_places(one.places());
    out->set_percent(one.percent());
    out->set_rounding(RoundingName(one.rounding()));
    out->set_text(one.text());
  }
}

}  // namespace

absl::Status AppendPlan(db::Tx& tx, const platform::Call& call, const Record* before,
                        const Record& after, const std::string& reason) {
  const v1::Plan payload = ForLog(after);
  v1::Plan earlier;
  feed::Draft draft;
  draft.aggregate_type = "plan";
  draft.aggregate_id = after.row.id;
  draft.aggregate_version = after.row.row_version;
  draft.unit_id = after.row.issuer_id;
  draft.payload = &payload;
  if (before != nullptr) {
    earlier = ForLog(*before);
    draft.before = &earlier;
  }
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

v1::PlanLaunched LaunchOf(const Record& launched, const std::vector<Participant>& roster) {
  const v1::Plan& plan = launched.document;
  v1::PlanLaunched payload;
  payload.set_plan_id(launched.row.id);
  payload.set_number(plan.number() + "/" + plan.symbol());
  payload.set_title(plan.title());
  payload.set_unit_id(launched.row.issuer_id);
  payload.set_parent_plan_id(launched.row.parent_plan_id.value_or(""));
  payload.set_issue_date(plan.issue_date().date());
  payload.set_start_date(plan.movement_period().start_date());
  payload.set_end_date(plan.movement_period().end_date());
  for (const Participant& one : roster) payload.add_participant_unit_ids(one.unit_id);
  for (const v1::Milestone& one : plan.milestones()) {
    v1::PlanMilestone* out = payload.add_milestones();
    out->set_milestone_id(one.id());
    out->set_title(one.title());
    out->set_source_phrase(one.phrase());
    out->set_start_date(one.start_date());
    out->set_end_date(one.end_date());
  }
  for (const v1::Standard& one : plan.standards()) {
    v1::PlanStandard* out = payload.add_standards();
    out->set_standard_id(one.id());
    out->set_subject(SubjectName(one.subject()));
    out->set_text(one.text());
    out->set_check(CheckName(one.check()));
    *out->mutable_parameters() = one.parameters();
  }
  for (const v1::AwardFormRule& one : plan.award_forms())
    payload.add_award_forms(FormName(one.form()));
  AddQuotas(plan, &payload);
  if (launched.row.person_count) payload.set_participant_person_count(*launched.row.person_count);
  for (const v1::RequiredDocument& one : plan.award_dossier().documents()) {
    payload.add_required_documents(DocumentName(one.document()));
  }
  payload.set_original_sets(plan.award_dossier().original_sets());
  for (const v1::PlanRole& role : plan.roles()) {
    if (role.kind() == v1::PLAN_ROLE_KIND_COORDINATOR && payload.coordinator_unit_id().empty()) {
      payload.set_coordinator_unit_id(IdOf(role.unit().unit()));
    }
  }
  for (const v1::Theme& theme : plan.themes()) {
    if (launched.row.launch_date && theme.year() == launched.row.launch_date->year())
      payload.set_theme(theme.text());
  }
  for (const std::string& band : plan.selection().shortlist_bands())
    payload.add_shortlist_bands(band);
  return payload;
}

absl::Status AppendLaunch(db::Tx& tx, const platform::Call& call, const Record& before,
                          const Record& launched, const std::vector<Participant>& roster) {
  const v1::PlanLaunched payload = LaunchOf(launched, roster);
  const v1::Plan earlier = ForLog(before);
  feed::Draft draft;
  draft.aggregate_type = "plan";
  draft.aggregate_id = launched.row.id;
  draft.aggregate_version = launched.row.row_version;
  draft.unit_id = launched.row.issuer_id;
  draft.payload = &payload;
  draft.before = &earlier;
  return feed::Append(tx, call, draft);
}

absl::Status AppendAcknowledgement(db::Tx& tx, const platform::Call& call,
                                   const std::string& plan_id, int64_t plan_version,
                                   const Acknowledgement& one) {
  v1::PlanAcknowledged payload;
  payload.set_plan_id(plan_id);
  payload.set_unit_id(one.unit_id);
  payload.set_acknowledge_date(platform::FormatDate(one.date));
  feed::Draft draft;
  draft.aggregate_type = "plan";
  draft.aggregate_id = plan_id;
  draft.aggregate_version = plan_version;
  draft.unit_id = one.unit_id;
  draft.payload = &payload;
  draft.reason = one.note;
  return feed::Append(tx, call, draft);
}

absl::Status AppendTaskImport(db::Tx& tx, const platform::Call& call, const Record& plan,
                              const v1::ImportReport& report, const std::string& content_sha256) {
  v1::PlanTasksImported payload;
  payload.set_plan_id(plan.row.id);
  payload.set_content_sha256(content_sha256);
  payload.set_created_count(report.created_count());
  payload.set_updated_count(report.updated_count());
  payload.set_unchanged_count(report.unchanged_count());
  feed::Draft draft;
  draft.aggregate_type = "plan";
  draft.aggregate_id = plan.row.id;
  draft.aggregate_version = plan.row.row_version;
  draft.unit_id = plan.row.issuer_id;
  draft.payload = &payload;
  return feed::Append(tx, call, draft);
}

v1::PlanTaskRecorded TaskRecordOf(const Task& task) {
  return WholeTask<v1::PlanTaskRecorded>(task);
}

absl::Status AppendTaskRecord(db::Tx& tx, const platform::Call& call, const Task* before,
                              const Task& after) {
  if (before == nullptr) return AppendTask(tx, call, after, nullptr, TaskRecordOf(after));
  const v1::PlanTaskRecorded earlier = TaskRecordOf(*before);
  return AppendTask(tx, call, after, &earlier, TaskRecordOf(after));
}

absl::Status AppendTaskCompletion(db::Tx& tx, const platform::Call& call, const Task& before,
                                  const Task& after) {
  const v1::PlanTaskCompleted earlier = CompletionOf(before);
  return AppendTask(tx, call, after, &earlier, CompletionOf(after));
}

}  // namespace thidua::campaign::plans
