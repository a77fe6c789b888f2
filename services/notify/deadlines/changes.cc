#include "notify/deadlines/changes.h"

#include <algorithm>
#include <vector>

#include "notify/deadlines/events.h"
#include "notify/deadlines/store.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify::deadlines {
namespace {

void Copy(const DeadlineDraft& draft, Deadline* deadline) {
  deadline->key = draft.key;
  deadline->kind = std::string(NameOf(draft.kind));
  deadline->unit_id = draft.unit_id;
  deadline->plan_id = draft.plan_id;
  deadline->subject_id = draft.subject_id;
  deadline->link = draft.link;
  deadline->title = draft.title;
  deadline->source_phrase = draft.source_phrase;
  // A first day after the last says nothing of use, and is left out.
  deadline->start =
      draft.start.has_value() && *draft.start <= draft.due ? draft.start : std::nullopt;
  deadline->due = draft.due;
}

bool SameDays(const Deadline& a, const Deadline& b) { return a.start == b.start && a.due == b.due; }

bool SameContent(const Deadline& a, const Deadline& b) {
  return SameDays(a, b) && a.unit_id == b.unit_id && a.plan_id == b.plan_id &&
         a.subject_id == b.subject_id && a.link == b.link && a.title == b.title &&
         a.source_phrase == b.source_phrase;
}

// Cancels what is pending.
absl::Status CancelPending(db::Tx& tx, const std::string& deadline_id, const char* reason,
                           absl::CivilDay today) {
  ASSIGN_OR_RETURN(std::vector<Reminder> reminders, RemindersOf(tx, deadline_id));
  for (Reminder& reminder : reminders) {
    if (reminder.state != "PENDING") continue;
    reminder.state = "CANCELLED";
    reminder.reason = reason;
    reminder.decided_on = today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
  }
  return absl::OkStatus();
}

// Which reminders of a schedule are skipped.
enum class Past { kSkipped, kSkippedButOverdue };

// Inserts the schedule, or puts reminders of the same day that were cancelled to pending again.
// Sets next_fire_at.
absl::Status PutSchedule(db::Tx& tx, const feed::Origin& origin, Kind kind, Deadline* deadline,
                         Past skip = Past::kSkipped) {
  ASSIGN_OR_RETURN(std::vector<Reminder> existing, RemindersOf(tx, deadline->id));
  deadline->next_fire_at = std::nullopt;
  for (const Slot& slot : Schedule(kind, deadline->start, deadline->due)) {
    const auto same = std::find_if(existing.begin(), existing.end(), [&](const Reminder& r) {
      return r.code == slot.code && r.day == slot.day;
    });
    const bool known = same != existing.end();
    if (known && same->state != "CANCELLED") continue;
    Reminder reminder;
    if (known) reminder = *same;
    if (!known) reminder.id = platform::NewId(origin.machine_now);
    reminder.deadline_id = deadline->id;
    reminder.code = slot.code;
    reminder.day = slot.day;
    reminder.fire_at = FireInstant(slot.day);
    const bool kept =
        skip == Past::kSkippedButOverdue && RemindsThoughPast(slot.day, deadline->due);
    const bool past = !kept && IsPastWhenSet(slot.day, origin.business_today);
    reminder.state = past ? "SKIPPED" : "PENDING";
    reminder.reason = past ? "PAST_WHEN_SET" : "";
    reminder.decided_on = past ? std::optional(origin.business_today) : std::nullopt;
    RETURN_IF_ERROR(known ? UpdateReminder(tx, reminder) : InsertReminder(tx, reminder));
    if (!past &&
        (!deadline->next_fire_at.has_value() || reminder.fire_at < *deadline->next_fire_at)) {
      deadline->next_fire_at = reminder.fire_at;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<absl::Time>> NextPending(db::Tx& tx, const std::string& deadline_id) {
  ASSIGN_OR_RETURN(const std::vector<Reminder> reminders, RemindersOf(tx, deadline_id));
  for (const Reminder& reminder : reminders) {
    if (reminder.state == "PENDING") return reminder.fire_at;
  }
  return std::nullopt;
}

// `before`: a deadline that is met.
absl::Status Reopen(db::Tx& tx, const feed::Origin& origin, const Deadline& before, Past skip) {
  const std::optional<Kind> kind = KindFromName(before.kind);
  if (!kind.has_value()) return absl::InternalError("deadline of unknown kind " + before.kind);
  Deadline deadline = before;
  deadline.state = "OPEN";
  deadline.met_on = std::nullopt;
  deadline.row_version += 1;
  RETURN_IF_ERROR(PutSchedule(tx, origin, *kind, &deadline, skip));
  RETURN_IF_ERROR(UpdateDeadline(tx, deadline));
  return AppendChanged(tx, origin, deadline, before);
}

}  // namespace

absl::Status SetDeadline(db::Tx& tx, const feed::Origin& origin, const DeadlineDraft& draft) {
  ASSIGN_OR_RETURN(const std::optional<Deadline> before, LockByKey(tx, draft.key));
  Deadline deadline = before.value_or(Deadline{});
  Copy(draft, &deadline);
  if (!before.has_value()) {
    deadline.id = platform::NewId(origin.machine_now);
    deadline.state = "OPEN";
    deadline.created_at = origin.machine_now;
    RETURN_IF_ERROR(InsertDeadline(tx, deadline));
    RETURN_IF_ERROR(PutSchedule(tx, origin, draft.kind, &deadline));
    RETURN_IF_ERROR(SetNextFire(tx, deadline.id, deadline.next_fire_at));
    return AppendChanged(tx, origin, deadline, std::nullopt);
  }
  if (before->stale) {
    deadline.stale = false;
    ASSIGN_OR_RETURN(deadline.next_fire_at, NextPending(tx, deadline.id));
  }
  if (SameContent(*before, deadline)) {
    return before->stale ? SetNextFire(tx, deadline.id, deadline.next_fire_at) : absl::OkStatus();
  }
  if (!SameDays(*before, deadline) && deadline.state == "OPEN") {
    RETURN_IF_ERROR(CancelPending(tx, deadline.id, "RESCHEDULED", origin.business_today));
    RETURN_IF_ERROR(PutSchedule(tx, origin, draft.kind, &deadline));
  }
  deadline.row_version += 1;
  RETURN_IF_ERROR(UpdateDeadline(tx, deadline));
  return AppendChanged(tx, origin, deadline, before);
}

absl::Status MeetDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key,
                          absl::CivilDay met_on) {
  ASSIGN_OR_RETURN(const std::optional<Deadline> before, LockByKey(tx, key));
  if (!before.has_value() || before->state == "MET") return absl::OkStatus();
  Deadline deadline = *before;
  RETURN_IF_ERROR(CancelPending(tx, deadline.id, "DEADLINE_MET", origin.business_today));
  deadline.state = "MET";
  deadline.met_on = met_on;
  deadline.next_fire_at = std::nullopt;
  deadline.stale = false;
  deadline.row_version += 1;
  RETURN_IF_ERROR(UpdateDeadline(tx, deadline));
  return AppendChanged(tx, origin, deadline, before);
}

absl::Status ReopenDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key,
                            absl::CivilDay returned_on) {
  ASSIGN_OR_RETURN(const std::optional<Deadline> before, LockByKey(tx, key));
  if (!before.has_value() || before->state != "MET" ||
      !ReopensWhenReturned(before->due, returned_on)) {
    return absl::OkStatus();
  }
  return Reopen(tx, origin, *before, Past::kSkipped);
}

absl::Status UndoMeeting(db::Tx& tx, const feed::Origin& origin, const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<Deadline> before, LockByKey(tx, key));
  if (!before.has_value() || before->state != "MET") return absl::OkStatus();
  return Reopen(tx, origin, *before, Past::kSkippedButOverdue);
}

absl::Status SuspendDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<Deadline> deadline, LockByKey(tx, key));
  if (!deadline.has_value()) return absl::OkStatus();
  RETURN_IF_ERROR(CancelPending(tx, deadline->id, "SUSPENDED", origin.business_today));
  return SetNextFire(tx, deadline->id, std::nullopt);
}

absl::Status ResumeDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key) {
  ASSIGN_OR_RETURN(std::optional<Deadline> deadline, LockByKey(tx, key));
  // One that reminds of something to come was not suspended.
  if (!deadline.has_value() || deadline->state != "OPEN" || deadline->next_fire_at.has_value()) {
    return absl::OkStatus();
  }
  const std::optional<Kind> kind = KindFromName(deadline->kind);
  if (!kind.has_value()) return absl::InternalError("deadline of unknown kind " + deadline->kind);
  RETURN_IF_ERROR(PutSchedule(tx, origin, *kind, &*deadline));
  return SetNextFire(tx, deadline->id, deadline->next_fire_at);
}

absl::Status Reset(db::Tx& tx, std::string_view producer) {
  for (const Kind kind : KindsOf(producer)) RETURN_IF_ERROR(MarkStale(tx, NameOf(kind)));
  return absl::OkStatus();
}

}  // namespace thidua::notify::deadlines
