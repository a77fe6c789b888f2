#include "awards/nominations/store_inputs.h"

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

// Corrections of one ranking; more in a row is no chain of ours.
constexpr int kLongestChain = 100;

// A date of an event: "" is "not known".
absl::StatusOr<std::optional<absl::CivilDay>> DayOf(const std::string& text,
                                                    std::string_view field) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(text, field));
  return std::optional<absl::CivilDay>(day);
}

absl::StatusOr<Plan> FromEvent(const campaign::v1::PlanLaunched& payload) {
  Plan plan;
  plan.unit_id = payload.unit_id();
  plan.coordinator_unit_id =
      payload.coordinator_unit_id().empty() ? payload.unit_id() : payload.coordinator_unit_id();
  plan.terms.plan_id = payload.plan_id();
  ASSIGN_OR_RETURN(plan.terms.start, DayOf(payload.start_date(), "start_date"));
  ASSIGN_OR_RETURN(plan.terms.end, DayOf(payload.end_date(), "end_date"));
  plan.terms.participants = {payload.participant_unit_ids().begin(),
                             payload.participant_unit_ids().end()};
  plan.terms.shortlist_bands = {payload.shortlist_bands().begin(), payload.shortlist_bands().end()};
  plan.terms.award_forms = {payload.award_forms().begin(), payload.award_forms().end()};
  plan.terms.required_documents = {payload.required_documents().begin(),
                                   payload.required_documents().end()};
  plan.terms.original_sets = payload.original_sets();
  for (const campaign::v1::PlanAwardQuota& quota : payload.award_quotas()) {
    plan.terms.quotas.push_back({quota.subject(), quota.award_form(), quota.kind(), quota.places(),
                                 quota.percent(), quota.rounding(), quota.text()});
  }
  plan.terms.launched_with.units = payload.participant_unit_ids_size();
  if (payload.has_participant_person_count()) {
    plan.terms.launched_with.people = payload.participant_person_count();
  }
  for (const campaign::v1::PlanStandard& standard : payload.standards()) {
    plan.standards.push_back({standard.standard_id(),
                              standard.subject(),
                              standard.text(),
                              standard.check(),
                              {standard.parameters().begin(), standard.parameters().end()}});
  }
  return plan;
}

absl::StatusOr<std::optional<Plan>> PlanWith(db::Session& session, const std::string& plan_id,
                                             const std::string& lock) {
  ASSIGN_OR_RETURN(const std::optional<std::string> json,
                   session.QueryOptional<std::string>(
                       [](const db::Row& row) { return row.Get<std::string>(0); },
                       "SELECT payload FROM plans WHERE plan_id = ?" + lock, plan_id));
  if (!json) return std::optional<Plan>();
  campaign::v1::PlanLaunched payload;
  RETURN_IF_ERROR(platform::FromJson(*json, &payload));
  ASSIGN_OR_RETURN(Plan plan, FromEvent(payload));
  return std::optional<Plan>(std::move(plan));
}

// Both events carry the whole task.
template <class Event>
absl::Status PutWholeTask(db::Tx& tx, const Event& task) {
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> due, DayOf(task.due_date(), "due_date"));
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> done, DayOf(task.done_date(), "done_date"));
  const std::string& quality = task.quality();
  return tx
      .Execute(
          "INSERT INTO plan_tasks (task_id, plan_id, unit_id, due_date, done_date, quality, "
          "synthetic) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
          "unit_id = VALUES(unit_id), due_date = VALUES(due_date), "
          "done_date = VALUES(done_date), quality = VALUES(quality), "
          "synthetic = VALUES(synthetic)",
          task.task_id(), task.plan_id(), task.unit_id(), due, done,
          quality.empty() ? std::optional<std::string>() : quality, task.synthetic())
      .status();
}

absl::StatusOr<std::optional<std::string>> CorrectionOf(db::Session& session,
                                                        const std::string& publication_id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT publication_id FROM publications WHERE corrects_publication_id = ? "
      "ORDER BY publication_id DESC LIMIT 1",
      publication_id);
}

}  // namespace

absl::Status PutPlan(db::Tx& tx, const campaign::v1::PlanLaunched& payload) {
  ASSIGN_OR_RETURN(const Plan plan, FromEvent(payload));
  ASSIGN_OR_RETURN(const std::string json, platform::ToJson(payload));
  return tx
      .Execute(
          "INSERT INTO plans (plan_id, unit_id, coordinator_unit_id, payload) "
          "VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id), "
          "coordinator_unit_id = VALUES(coordinator_unit_id), payload = VALUES(payload)",
          payload.plan_id(), plan.unit_id, plan.coordinator_unit_id, json)
      .status();
}

absl::StatusOr<std::optional<Plan>> ReadPlan(db::Session& session, const std::string& plan_id) {
  return PlanWith(session, plan_id, "");
}

absl::StatusOr<std::optional<Plan>> LockPlan(db::Tx& tx, const std::string& plan_id) {
  return PlanWith(tx, plan_id, " FOR UPDATE");
}

absl::Status PutReport(db::Tx& tx, const campaign::v1::PeriodicReportRecorded& report) {
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> due, DayOf(report.due_date(), "due_date"));
  ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> filed,
                   DayOf(report.filed_date(), "filed_date"));
  return tx
      .Execute(
          "INSERT INTO period_reports (record_id, plan_id, unit_id, period, due_date, "
          "filed_date) VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
          "period = VALUES(period), due_date = VALUES(due_date), "
          "filed_date = VALUES(filed_date)",
          report.record_id(), report.plan_id(), report.unit_id(), report.period(), due, filed)
      .status();
}

absl::StatusOr<std::vector<Report>> ReadReports(db::Session& session, const std::string& plan_id,
                                                const std::string& unit_id) {
  return session.QueryAll<Report>(
      [](const db::Row& row) {
        return Report{row.Get<std::string>(0), row.Get<std::string>(1),
                      row.Get<std::optional<absl::CivilDay>>(2),
                      row.Get<std::optional<absl::CivilDay>>(3)};
      },
      "SELECT record_id, period, due_date, filed_date FROM period_reports "
      "WHERE plan_id = ? AND unit_id = ? ORDER BY record_id",
      plan_id, unit_id);
}

absl::Status PutTask(db::Tx& tx, const campaign::v1::PlanTaskRecorded& task) {
  return PutWholeTask(tx, task);
}

absl::Status PutTask(db::Tx& tx, const campaign::v1::PlanTaskCompleted& task) {
  return PutWholeTask(tx, task);
}

absl::StatusOr<std::vector<Task>> ReadTasks(db::Session& session, const std::string& plan_id,
                                            const std::string& unit_id) {
  return session.QueryAll<Task>(
      [](const db::Row& row) {
        Task task;
        task.id = row.Get<std::string>(0);
        task.due = row.Get<std::optional<absl::CivilDay>>(1);
        task.done = row.Get<std::optional<absl::CivilDay>>(2);
        task.not_passed = row.Get<std::optional<std::string>>(3) == "NOT_PASSED";
        task.synthetic = row.Get<bool>(4);
        return task;
      },
      "SELECT task_id, due_date, done_date, quality, synthetic FROM plan_tasks "
      "WHERE plan_id = ? AND unit_id = ? ORDER BY task_id",
      plan_id, unit_id);
}

absl::Status PutPublication(db::Tx& tx, const scoring::v1::RankingPublished& publication) {
  ASSIGN_OR_RETURN(const std::string json, platform::ToJson(publication));
  const std::string& corrects = publication.corrects_publication_id();
  return tx
      .Execute(
          "INSERT INTO publications (publication_id, corrects_publication_id, payload) "
          "VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE payload = VALUES(payload)",
          publication.publication_id(), corrects.empty() ? std::optional<std::string>() : corrects,
          json)
      .status();
}

absl::StatusOr<std::optional<PublishedRanking>> ReadPublication(db::Session& session,
                                                                const std::string& publication_id) {
  ASSIGN_OR_RETURN(
      const std::optional<std::string> json,
      session.QueryOptional<std::string>(
          [](const db::Row& row) { return row.Get<std::string>(0); },
          "SELECT payload FROM publications WHERE publication_id = ?", publication_id));
  if (!json) return std::optional<PublishedRanking>();
  scoring::v1::RankingPublished payload;
  RETURN_IF_ERROR(platform::FromJson(*json, &payload));
  PublishedRanking ranking;
  ranking.publication_id = payload.publication_id();
  ranking.plan_id = payload.plan_id();
  ranking.sha256 = payload.snapshot_sha256();
  ranking.year = payload.year();
  ASSIGN_OR_RETURN(const std::optional<std::string> correction,
                   CorrectionOf(session, publication_id));
  ranking.corrected_by = correction.value_or("");
  for (const scoring::v1::RankedUnit& unit : payload.units()) {
    ranking.units.push_back({unit.unit_id(), unit.rank(), unit.previous_rank(), unit.band()});
  }
  return std::optional<PublishedRanking>(std::move(ranking));
}

absl::StatusOr<std::optional<PublishedRanking>> ReadNewestPublication(
    db::Session& session, const std::string& publication_id) {
  std::string id = publication_id;
  for (int i = 0; i < kLongestChain; ++i) {
    ASSIGN_OR_RETURN(const std::optional<std::string> next, CorrectionOf(session, id));
    if (!next) return ReadPublication(session, id);
    id = *next;
  }
  return platform::Internal(absl::StrCat("corrections without end after ", publication_id));
}

absl::Status ClearCampaignInputs(db::Tx& tx) {
  RETURN_IF_ERROR(tx.Execute("DELETE FROM plans").status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM plan_tasks").status());
  return tx.Execute("DELETE FROM period_reports").status();
}

absl::Status ClearScoringInputs(db::Tx& tx) {
  return tx.Execute("DELETE FROM publications").status();
}

}  // namespace thidua::awards::nominations
