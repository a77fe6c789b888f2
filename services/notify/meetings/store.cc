#include "notify/meetings/store.h"

#include <string_view>
#include <utility>

#include "platform/status_macros.h"

namespace thidua::notify::meetings {
namespace {

constexpr std::string_view kSelect =
    "SELECT meeting_id, version, council_title, unit_id, begin_at, place, agenda, state, "
    "told_by_sms, next_fire_at, revision, stale FROM meetings ";

Meeting ReadMeeting(const db::Row& row) {
  Meeting meeting;
  meeting.id = row.Get<std::string>(0);
  meeting.version = row.Get<int64_t>(1);
  meeting.council_title = row.Get<std::string>(2);
  meeting.unit_id = row.Get<std::string>(3);
  meeting.begin = row.Get<absl::Time>(4);
  meeting.place = row.Get<std::string>(5);
  meeting.agenda = row.Get<std::string>(6);
  meeting.cancelled = row.Get<std::string>(7) == "CANCELLED";
  meeting.told_by_sms = row.Get<bool>(8);
  meeting.next_fire_at = row.Get<std::optional<absl::Time>>(9);
  meeting.revision = row.Get<int64_t>(10);
  meeting.stale = row.Get<bool>(11);
  return meeting;
}

absl::Status ReadPeople(db::Session& session, Meeting& meeting) {
  ASSIGN_OR_RETURN(
      meeting.people,
      session.QueryAll<std::string>(
          [](const db::Row& row) { return row.Get<std::string>(0); },
          "SELECT person_id FROM meeting_people WHERE meeting_id = ? ORDER BY person_id",
          meeting.id));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Meeting>> LockMeeting(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<Meeting> meeting,
                   tx.QueryOptional<Meeting>(
                       ReadMeeting, std::string(kSelect) + "WHERE meeting_id = ? FOR UPDATE", id));
  if (meeting.has_value()) RETURN_IF_ERROR(ReadPeople(tx, *meeting));
  return meeting;
}

absl::StatusOr<std::vector<Meeting>> LockDue(db::Tx& tx, absl::Time business_now, int limit) {
  ASSIGN_OR_RETURN(
      std::vector<Meeting> due,
      tx.QueryAll<Meeting>(ReadMeeting,
                           std::string(kSelect) + "WHERE next_fire_at <= ? ORDER BY next_fire_at, "
                                                  "meeting_id LIMIT ? FOR UPDATE SKIP LOCKED",
                           business_now, limit));
  for (Meeting& meeting : due) RETURN_IF_ERROR(ReadPeople(tx, meeting));
  return due;
}

absl::Status PutMeeting(db::Tx& tx, const Meeting& m) {
  RETURN_IF_ERROR(
      tx.Execute("INSERT INTO meetings (meeting_id, version, council_title, unit_id, begin_at, "
                 "place, agenda, state, told_by_sms, next_fire_at, revision, stale) VALUES (?, ?, "
                 "?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE version = VALUES(version), "
                 "revision = VALUES(revision), stale = VALUES(stale), council_title = "
                 "VALUES(council_title), unit_id = VALUES(unit_id), begin_at = VALUES(begin_at), "
                 "place = VALUES(place), agenda = VALUES(agenda), state = VALUES(state), "
                 "told_by_sms = VALUES(told_by_sms), next_fire_at = VALUES(next_fire_at)",
                 m.id, m.version, m.council_title, m.unit_id, m.begin, m.place, m.agenda,
                 m.cancelled ? "CANCELLED" : "SCHEDULED", m.told_by_sms, m.next_fire_at, m.revision,
                 m.stale)
          .status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM meeting_people WHERE meeting_id = ?", m.id).status());
  for (const std::string& person : m.people) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO meeting_people (meeting_id, person_id) VALUES (?, ?)", m.id, person)
            .status());
  }
  return absl::OkStatus();
}

absl::Status MarkStale(db::Tx& tx) {
  return tx.Execute("UPDATE meetings SET stale = TRUE, next_fire_at = NULL").status();
}

absl::Status SetProgress(db::Tx& tx, const Meeting& m) {
  return tx
      .Execute("UPDATE meetings SET told_by_sms = ?, next_fire_at = ? WHERE meeting_id = ?",
               m.told_by_sms, m.next_fire_at, m.id)
      .status();
}

absl::Status InsertReminder(db::Tx& tx, const Reminder& r) {
  return tx
      .Execute(
          "INSERT INTO meeting_reminders (reminder_id, meeting_id, revision, code, fire_at, state, "
          "reason, decided_on, notice_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          r.id, r.meeting_id, r.revision, r.code, r.fire_at, r.state, r.reason, r.decided_on,
          r.notice_id)
      .status();
}

absl::Status UpdateReminder(db::Tx& tx, const Reminder& r) {
  return tx
      .Execute(
          "UPDATE meeting_reminders SET state = ?, reason = ?, decided_on = ?, notice_id = ? WHERE "
          "reminder_id = ?",
          r.state, r.reason, r.decided_on, r.notice_id, r.id)
      .status();
}

absl::StatusOr<std::vector<Reminder>> PendingReminders(db::Session& session,
                                                       const std::string& meeting_id) {
  return session.QueryAll<Reminder>(
      [](const db::Row& row) {
        Reminder reminder;
        reminder.id = row.Get<std::string>(0);
        reminder.meeting_id = row.Get<std::string>(1);
        reminder.revision = row.Get<int64_t>(2);
        reminder.code = row.Get<std::string>(3);
        reminder.fire_at = row.Get<absl::Time>(4);
        reminder.state = row.Get<std::string>(5);
        return reminder;
      },
      "SELECT reminder_id, meeting_id, revision, code, fire_at, state FROM meeting_reminders WHERE "
      "meeting_id = ? AND state = 'PENDING' ORDER BY fire_at, reminder_id",
      meeting_id);
}

}  // namespace thidua::notify::meetings
