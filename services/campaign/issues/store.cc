#include "campaign/issues/store.h"

#include <utility>

#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::issues {
namespace {

constexpr char kColumns[] =
    "SELECT issue_id, plan_id, unit_id, coordinator_id, issuer_id, title, field, state, due_date, "
    "raise_date, answer_date, row_version FROM plan_issues";

Issue ReadIssue(const db::Row& row) {
  Issue issue;
  issue.id = row.Get<std::string>(0);
  issue.plan_id = row.Get<std::string>(1);
  issue.unit_id = row.Get<std::string>(2);
  issue.coordinator_id = row.Get<std::string>(3);
  issue.issuer_id = row.Get<std::string>(4);
  issue.title = row.Get<std::string>(5);
  issue.field = row.Get<std::string>(6);
  issue.state = StateFrom(row.Get<std::string>(7)).value_or(State::kRaised);
  issue.due = row.Get<std::optional<absl::CivilDay>>(8);
  issue.raised = row.Get<absl::CivilDay>(9);
  issue.answered = row.Get<std::optional<absl::CivilDay>>(10);
  issue.row_version = row.Get<int64_t>(11);
  return issue;
}

Step ReadStep(const db::Row& row) {
  Step step;
  step.move = MoveFrom(row.Get<std::string>(0)).value_or(Move::kRaise);
  step.text = row.Get<std::string>(1);
  step.document_number = row.Get<std::string>(2);
  step.document_date = row.Get<std::optional<absl::CivilDay>>(3);
  step.due = row.Get<std::optional<absl::CivilDay>>(4);
  step.actor = row.Get<std::string>(5);
  step.date = row.Get<absl::CivilDay>(6);
  return step;
}

absl::Status InsertStep(db::Tx& tx, const std::string& issue_id, size_t place, const Step& step) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO plan_issue_steps (issue_id, place, move, text, document_number, "
                 "document_date, due_date, actor, step_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 issue_id, place, TextOf(step.move), step.text, step.document_number,
                 step.document_date, step.due, step.actor, step.date)
          .status());
  for (size_t i = 0; i < step.files.size(); ++i) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO plan_issue_files (issue_id, step_place, place, file_id) VALUES "
                   "(?, ?, ?, ?)",
                   issue_id, place, i, step.files[i].substr(step.files[i].find('/') + 1))
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Issue>> WithSteps(db::Session& session, std::optional<Issue> issue) {
  if (!issue) return issue;
  ASSIGN_OR_RETURN(
      issue->steps,
      session.QueryAll<Step>(ReadStep,
                             "SELECT move, text, document_number, document_date, due_date, actor, "
                             "step_date FROM plan_issue_steps WHERE issue_id = ? ORDER BY place",
                             issue->id));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        issue->steps.at(row.Get<uint32_t>(0))
            .files.push_back(platform::NameOf("files", row.Get<std::string>(1)));
        return absl::OkStatus();
      },
      "SELECT step_place, file_id FROM plan_issue_files WHERE issue_id = ? "
      "ORDER BY step_place, place",
      issue->id));
  return issue;
}

}  // namespace

absl::Status InsertIssue(db::Tx& tx, const Issue& issue, absl::Time now) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO plan_issues (issue_id, plan_id, unit_id, coordinator_id, issuer_id, "
                 "title, field, state, due_date, raise_date, answer_date, row_version, created_at, "
                 "updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1, ?, ?)",
                 issue.id, issue.plan_id, issue.unit_id, issue.coordinator_id, issue.issuer_id,
                 issue.title, issue.field, TextOf(issue.state), issue.due, issue.raised, now, now)
          .status());
  return InsertStep(tx, issue.id, 0, issue.steps.front());
}

absl::Status AdvanceIssue(db::Tx& tx, const Issue& issue, absl::Time now) {
  RETURN_IF_ERROR(tx.Execute("UPDATE plan_issues SET state = ?, due_date = ?, answer_date = ?, "
                             "row_version = ?, updated_at = ? WHERE issue_id = ?",
                             TextOf(issue.state), issue.due, issue.answered, issue.row_version, now,
                             issue.id)
                      .status());
  return InsertStep(tx, issue.id, issue.steps.size() - 1, issue.steps.back());
}

absl::StatusOr<std::optional<Issue>> FindIssue(db::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(
      std::optional<Issue> issue,
      session.QueryOptional<Issue>(ReadIssue, std::string(kColumns) + " WHERE issue_id = ?", id));
  return WithSteps(session, std::move(issue));
}

absl::StatusOr<std::optional<Issue>> LockIssue(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<Issue> issue,
                   tx.QueryOptional<Issue>(
                       ReadIssue, std::string(kColumns) + " WHERE issue_id = ? FOR UPDATE", id));
  return WithSteps(tx, std::move(issue));
}

absl::StatusOr<std::vector<Issue>> ListIssues(db::Session& session, const IssueFilter& filter,
                                              const platform::VisibleUnits& visible) {
  if (!visible.all && visible.ids.empty()) return std::vector<Issue>();
  std::string sql = std::string(kColumns) + " WHERE issue_id > ?";
  std::vector<db::Value> values = {db::ToValue(filter.after)};
  const auto only = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    sql += condition;
    values.push_back(db::ToValue(value));
  };
  only(" AND plan_id = ?", filter.plan_id);
  only(" AND unit_id = ?", filter.unit_id);
  only(" AND state = ?", filter.state);
  only(" AND field = ?", filter.field);
  if (filter.overdue_on) {
    sql += " AND due_date < ? AND state <> 'ANSWERED'";
    values.push_back(db::ToValue(*filter.overdue_on));
  }
  if (!visible.all) {
    const std::string units = db::Placeholders(1, static_cast<int>(visible.ids.size()));
    sql += " AND (unit_id IN " + units + " OR coordinator_id IN " + units + " OR issuer_id IN " +
           units + ")";
    for (int i = 0; i < 3; ++i) {
      for (const std::string& id : visible.ids) values.push_back(db::ToValue(id));
    }
  }
  sql += " ORDER BY issue_id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Issue> issues;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        issues.push_back(ReadIssue(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return issues;
}

}  // namespace thidua::campaign::issues
