#include "notify/deadlines/store.h"

#include <string_view>
#include <utility>

namespace thidua::notify::deadlines {
namespace {

constexpr std::string_view kSelect =
    "SELECT deadline_id, deadline_key, kind, unit_id, plan_id, subject_id, link, title, "
    "source_phrase, start_date, due_date, state, met_date, next_fire_at, row_version, created_at, "
    "stale FROM deadlines ";

Deadline ReadDeadline(const db::Row& row) {
  Deadline deadline;
  deadline.id = row.Get<std::string>(0);
  deadline.key = row.Get<std::string>(1);
  deadline.kind = row.Get<std::string>(2);
  deadline.unit_id = row.Get<std::string>(3);
  deadline.plan_id = row.Get<std::string>(4);
  deadline.subject_id = row.Get<std::string>(5);
  deadline.link = row.Get<std::string>(6);
  deadline.title = row.Get<std::string>(7);
  deadline.source_phrase = row.Get<std::string>(8);
  deadline.start = row.Get<std::optional<absl::CivilDay>>(9);
  deadline.due = row.Get<absl::CivilDay>(10);
  deadline.state = row.Get<std::string>(11);
  deadline.met_on = row.Get<std::optional<absl::CivilDay>>(12);
  deadline.next_fire_at = row.Get<std::optional<absl::Time>>(13);
  deadline.row_version = row.Get<int64_t>(14);
  deadline.created_at = row.Get<absl::Time>(15);
  deadline.stale = row.Get<bool>(16);
  return deadline;
}

}  // namespace

absl::Status InsertDeadline(db::Tx& tx, const Deadline& d) {
  return tx
      .Execute(
          "INSERT INTO deadlines (deadline_id, deadline_key, kind, unit_id, plan_id, subject_id, "
          "link, title, source_phrase, start_date, due_date, state, met_date, next_fire_at, "
          "row_version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          d.id, d.key, d.kind, d.unit_id, d.plan_id, d.subject_id, d.link, d.title, d.source_phrase,
          d.start, d.due, d.state, d.met_on, d.next_fire_at, d.row_version, d.created_at)
      .status();
}

absl::Status UpdateDeadline(db::Tx& tx, const Deadline& d) {
  return tx
      .Execute(
          "UPDATE deadlines SET kind = ?, unit_id = ?, plan_id = ?, subject_id = ?, link = ?, "
          "title "
          "= ?, source_phrase = ?, start_date = ?, due_date = ?, state = ?, met_date = ?, "
          "next_fire_at = ?, stale = ?, row_version = row_version + 1 WHERE deadline_id = ?",
          d.kind, d.unit_id, d.plan_id, d.subject_id, d.link, d.title, d.source_phrase, d.start,
          d.due, d.state, d.met_on, d.next_fire_at, d.stale, d.id)
      .status();
}

absl::Status SetNextFire(db::Tx& tx, const std::string& deadline_id,
                         std::optional<absl::Time> next_fire_at) {
  return tx
      .Execute("UPDATE deadlines SET next_fire_at = ?, stale = FALSE WHERE deadline_id = ?",
               next_fire_at, deadline_id)
      .status();
}

absl::Status MarkStale(db::Tx& tx, std::string_view kind) {
  return tx
      .Execute(
          "UPDATE deadlines SET stale = TRUE, next_fire_at = NULL WHERE kind = ? AND state = "
          "'OPEN'",
          std::string(kind))
      .status();
}

absl::StatusOr<std::optional<Deadline>> LockByKey(db::Tx& tx, const std::string& key) {
  return tx.QueryOptional<Deadline>(
      ReadDeadline, std::string(kSelect) + "WHERE deadline_key = ? FOR UPDATE", key);
}

absl::StatusOr<std::vector<Deadline>> LockDue(db::Tx& tx, absl::Time business_now, int limit) {
  return tx.QueryAll<Deadline>(ReadDeadline,
                               std::string(kSelect) +
                                   "WHERE next_fire_at <= ? ORDER BY next_fire_at, deadline_id "
                                   "LIMIT ? FOR UPDATE SKIP LOCKED",
                               business_now, limit);
}

absl::Status InsertReminder(db::Tx& tx, const Reminder& r) {
  return tx
      .Execute(
          "INSERT INTO reminders (reminder_id, deadline_id, code, fire_date, fire_at, state, "
          "reason, decided_on, notice_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          r.id, r.deadline_id, r.code, r.day, r.fire_at, r.state, r.reason, r.decided_on,
          r.notice_id)
      .status();
}

absl::Status UpdateReminder(db::Tx& tx, const Reminder& r) {
  return tx
      .Execute(
          "UPDATE reminders SET state = ?, reason = ?, decided_on = ?, notice_id = ? WHERE "
          "reminder_id = ?",
          r.state, r.reason, r.decided_on, r.notice_id, r.id)
      .status();
}

absl::StatusOr<std::vector<Reminder>> RemindersOf(db::Session& session,
                                                  const std::string& deadline_id) {
  return session.QueryAll<Reminder>(
      [](const db::Row& row) {
        Reminder reminder;
        reminder.id = row.Get<std::string>(0);
        reminder.deadline_id = row.Get<std::string>(1);
        reminder.code = row.Get<std::string>(2);
        reminder.day = row.Get<absl::CivilDay>(3);
        reminder.fire_at = row.Get<absl::Time>(4);
        reminder.state = row.Get<std::string>(5);
        reminder.reason = row.Get<std::string>(6);
        reminder.decided_on = row.Get<std::optional<absl::CivilDay>>(7);
        reminder.notice_id = row.Get<std::optional<std::string>>(8);
        return reminder;
      },
      "SELECT reminder_id, deadline_id, code, fire_date, fire_at, state, reason, decided_on, "
      "notice_id FROM reminders WHERE deadline_id = ? ORDER BY fire_at, reminder_id",
      deadline_id);
}

absl::StatusOr<std::vector<Deadline>> ListDeadlines(db::Session& session,
                                                    const DeadlineFilter& filter) {
  std::string sql = std::string(kSelect) + "WHERE NOT stale";
  std::vector<db::Value> values;
  if (filter.units.has_value() && filter.units->empty()) sql += " AND FALSE";
  if (filter.units.has_value() && !filter.units->empty()) {
    sql += " AND unit_id IN " + db::Placeholders(1, static_cast<int>(filter.units->size()));
    for (const std::string& unit : *filter.units) values.push_back(db::ToValue(unit));
  }
  if (filter.plan_id.has_value()) {
    sql += " AND plan_id = ?";
    values.push_back(db::ToValue(*filter.plan_id));
  }
  if (filter.state.has_value()) {
    sql += " AND state = ?";
    values.push_back(db::ToValue(*filter.state));
  }
  if (filter.after_due.has_value()) {
    sql += " AND (due_date > ? OR (due_date = ? AND deadline_id > ?))";
    values.push_back(db::ToValue(*filter.after_due));
    values.push_back(db::ToValue(*filter.after_due));
    values.push_back(db::ToValue(filter.after_id));
  }
  sql += " ORDER BY due_date, deadline_id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Deadline> deadlines;
  const absl::Status status = session.QueryValues(
      [&](const db::Row& row) {
        deadlines.push_back(ReadDeadline(row));
        return absl::OkStatus();
      },
      sql, std::move(values));
  if (!status.ok()) return status;
  return deadlines;
}

absl::StatusOr<std::optional<Deadline>> FindDeadline(db::Session& session, const std::string& id) {
  return session.QueryOptional<Deadline>(
      ReadDeadline, std::string(kSelect) + "WHERE deadline_id = ? AND NOT stale", id);
}

}  // namespace thidua::notify::deadlines
