#include "campaign/plans/store_tasks.h"

#include "platform/status_macros.h"

namespace thidua::campaign::plans {
namespace {

constexpr char kColumns[] =
    "SELECT t.task_id, t.plan_id, t.code, t.title, t.field, t.lead_unit_id, t.due_date, "
    "t.source_document, t.synthetic, t.note, t.done_date, t.quality, t.evidence_note, "
    "t.row_version FROM plan_tasks t";

Task ReadTask(const db::Row& row) {
  Task task;
  task.id = row.Get<std::string>(0);
  task.plan_id = row.Get<std::string>(1);
  task.code = row.Get<std::string>(2);
  task.title = row.Get<std::string>(3);
  task.field = ReformFieldFrom(row.Get<std::string>(4)).value_or(ReformField::kSteering);
  task.lead_unit_id = row.Get<std::string>(5);
  task.due = row.Get<std::optional<absl::CivilDay>>(6);
  task.source_document = row.Get<std::string>(7);
  task.synthetic = row.Get<bool>(8);
  task.note = row.Get<std::string>(9);
  task.done = row.Get<std::optional<absl::CivilDay>>(10);
  task.quality = TaskQualityFrom(row.Get<std::optional<std::string>>(11).value_or(""));
  task.evidence_note = row.Get<std::string>(12);
  task.row_version = row.Get<int64_t>(13);
  return task;
}

std::optional<std::string> TextOrNull(const std::optional<TaskQuality>& quality) {
  return quality ? std::optional<std::string>(TextOf(*quality)) : std::nullopt;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> PlanOfTask(db::Session& session, const std::string& id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT plan_id FROM plan_tasks WHERE task_id = ?", id);
}

absl::StatusOr<std::optional<Task>> LockTask(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<Task>(ReadTask, std::string(kColumns) + " WHERE t.task_id = ? FOR UPDATE",
                                id);
}

absl::StatusOr<std::vector<Task>> TasksOf(db::Session& session, const std::string& plan_id) {
  return session.QueryAll<Task>(
      ReadTask, std::string(kColumns) + " WHERE t.plan_id = ? ORDER BY t.task_id", plan_id);
}

absl::Status InsertTask(db::Tx& tx, const Task& task, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO plan_tasks (task_id, plan_id, code, title, field, lead_unit_id, due_date, "
          "source_document, synthetic, note, done_date, quality, evidence_note, row_version, "
          "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, '', 1, ?, ?)",
          task.id, task.plan_id, task.code, task.title, TextOf(task.field), task.lead_unit_id,
          task.due, task.source_document, task.synthetic, task.note, now, now)
      .status();
}

absl::Status ReplaceTask(db::Tx& tx, const Task& task, absl::Time now) {
  return tx
      .Execute(
          "UPDATE plan_tasks SET title = ?, field = ?, lead_unit_id = ?, due_date = ?, "
          "source_document = ?, synthetic = ?, note = ?, done_date = ?, quality = ?, "
          "evidence_note = ?, row_version = row_version + 1, updated_at = ? WHERE task_id = ?",
          task.title, TextOf(task.field), task.lead_unit_id, task.due, task.source_document,
          task.synthetic, task.note, task.done, TextOrNull(task.quality), task.evidence_note, now,
          task.id)
      .status();
}

absl::StatusOr<std::vector<Task>> ListTasks(db::Session& session, const TaskFilter& filter,
                                            const platform::VisibleUnits& visible) {
  if (!visible.all && visible.ids.empty()) return std::vector<Task>();
  std::string sql = kColumns;
  sql += " JOIN plans p ON p.plan_id = t.plan_id WHERE t.task_id > ?";
  std::vector<db::Value> values = {db::ToValue(filter.after)};
  const auto only = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    sql += condition;
    values.push_back(db::ToValue(value));
  };
  only(" AND t.plan_id = ?", filter.plan_id);
  only(" AND t.lead_unit_id = ?", filter.lead_unit_id);
  if (!visible.all) {
    const std::string units = db::Placeholders(1, static_cast<int>(visible.ids.size()));
    sql += " AND (p.issuer_id IN " + units +
           " OR (p.state IN ('LAUNCHED', 'CLOSED') AND t.lead_unit_id IN " + units + "))";
    for (int i = 0; i < 2; ++i) {
      for (const std::string& id : visible.ids) values.push_back(db::ToValue(id));
    }
  }
  sql += " ORDER BY t.task_id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Task> tasks;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        tasks.push_back(ReadTask(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return tasks;
}

}  // namespace thidua::campaign::plans
