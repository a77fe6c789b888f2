// The tables meetings, meeting_people and meeting_reminders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::notify::meetings {

// A meeting as awards told of it.
struct Meeting {
  std::string id;
  int64_t version = 0;   // awards'; a restore of awards gives the same one again
  int64_t revision = 0;  // ours: raised by every change, never given twice
  bool stale = false;    // not told of since awards' feed began anew
  std::string council_title;
  std::string unit_id;
  absl::Time begin;
  std::string place;
  std::string agenda;
  bool cancelled = false;
  bool told_by_sms = false;  // some SMS has told of it
  std::optional<absl::Time> next_fire_at;
  std::vector<std::string> people;  // ids, sorted
};

// A row of meeting_reminders.
struct Reminder {
  std::string id;
  std::string meeting_id;
  int64_t revision = 0;  // of the meeting for which it was planned
  std::string code;
  absl::Time fire_at;
  std::string state;   // PENDING, FIRED, SKIPPED, CANCELLED
  std::string reason;  // empty, or SUPERSEDED, MEETING_BEGAN, PAST_WHEN_SET, RESCHEDULED,
                       // MEETING_CANCELLED
  std::optional<absl::CivilDay> decided_on;
  std::optional<std::string> notice_id;  // FIRED only
};

// Locked until the end of the transaction.
absl::StatusOr<std::optional<Meeting>> LockMeeting(db::Tx& tx, const std::string& id);
// Meetings with a reminder that is due, the longest waiting first, locked; those that others hold
// are passed over.
absl::StatusOr<std::vector<Meeting>> LockDue(db::Tx& tx, absl::Time business_now, int limit);
// Inserts or replaces it, with its people.
absl::Status PutMeeting(db::Tx& tx, const Meeting& meeting);
// For when awards' feed begins anew. What it tells of a stale meeting is compared with what is
// known, whatever its version; nothing reminds of one that it does not tell of.
absl::Status MarkStale(db::Tx& tx);
// Writes told_by_sms and next_fire_at alone.
absl::Status SetProgress(db::Tx& tx, const Meeting& meeting);

absl::Status InsertReminder(db::Tx& tx, const Reminder& reminder);
// Writes state, reason, decided_on and notice_id.
absl::Status UpdateReminder(db::Tx& tx, const Reminder& reminder);
// Those pending, in order of time.
absl::StatusOr<std::vector<Reminder>> PendingReminders(db::Session& session,
                                                       const std::string& meeting_id);

}  // namespace thidua::notify::meetings
