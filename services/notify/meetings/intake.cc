#include "notify/meetings/intake.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notify/inbox/notices.h"
#include "notify/meetings/store.h"
#include "notify/meetings/words.h"
#include "notify/origin.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::notify::meetings {
namespace {

using People = std::vector<std::string>;

absl::StatusOr<absl::Time> TimeIn(const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_sec, text, &time, &error)) return time;
  return platform::Internal("a meeting's time is \"" + text + "\"");
}

absl::StatusOr<Meeting> MeetingIn(const awards::v1::CouncilMeeting& told) {
  Meeting meeting;
  meeting.id = told.meeting_id();
  meeting.version = told.version();
  meeting.council_title = told.council_title();
  meeting.unit_id = told.unit_id();
  ASSIGN_OR_RETURN(meeting.begin, TimeIn(told.begin()));
  meeting.place = told.place();
  meeting.agenda = told.agenda();
  meeting.people = {told.person_ids().begin(), told.person_ids().end()};
  std::sort(meeting.people.begin(), meeting.people.end());
  return meeting;
}

// Those of a that are not in b.
People Without(const People& a, const People& b) {
  People rest;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
  return rest;
}

absl::Status CancelPending(db::Tx& tx, const std::string& meeting_id, const char* reason,
                           absl::CivilDay today) {
  ASSIGN_OR_RETURN(std::vector<Reminder> pending, PendingReminders(tx, meeting_id));
  for (Reminder& reminder : pending) {
    reminder.state = "CANCELLED";
    reminder.reason = reason;
    reminder.decided_on = today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
  }
  return absl::OkStatus();
}

// The reminders of the meeting as it is now; sets next_fire_at.
std::vector<Reminder> PlanReminders(const feed::Origin& origin, const Plan& plan, absl::Time set_at,
                                    Meeting& meeting) {
  std::vector<Reminder> reminders;
  meeting.next_fire_at = std::nullopt;
  for (const Firing& firing : Schedule(plan, meeting.begin)) {
    Reminder reminder;
    reminder.id = platform::NewId(origin.machine_now);
    reminder.meeting_id = meeting.id;
    reminder.revision = meeting.revision;
    reminder.code = firing.code;
    reminder.fire_at = firing.at;
    const bool past = IsPastWhenSet(firing.at, set_at);
    reminder.state = past ? "SKIPPED" : "PENDING";
    reminder.reason = past ? "PAST_WHEN_SET" : "";
    reminder.decided_on = past ? std::optional(origin.business_today) : std::nullopt;
    if (!past && !meeting.next_fire_at.has_value()) meeting.next_fire_at = firing.at;
    reminders.push_back(std::move(reminder));
  }
  return reminders;
}

bool Same(const Meeting& a, const Meeting& b) {
  return a.begin == b.begin && a.place == b.place && a.agenda == b.agenda && a.people == b.people &&
         a.council_title == b.council_title && a.unit_id == b.unit_id && a.cancelled == b.cancelled;
}

// A snapshot tells what stands, however long ago that was; nobody is told of a meeting that is
// over.
bool IsHistory(const common::v1::Event& event, const Meeting& meeting, absl::Time business_now) {
  return IsSnapshotItem(event) && meeting.begin <= business_now;
}

absl::StatusOr<std::optional<absl::Time>> NextPending(db::Session& session,
                                                      const std::string& meeting_id) {
  ASSIGN_OR_RETURN(const std::vector<Reminder> pending, PendingReminders(session, meeting_id));
  if (pending.empty()) return std::nullopt;
  return pending.front().fire_at;
}

struct Telling {
  templates::Kind kind;
  std::string key;  // with the meeting and its revision behind it
  const People& people;
  std::map<std::string, std::string> values;  // besides those that all kinds know
};

absl::Status Tell(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                  const Meeting& meeting, const Telling& telling) {
  if (telling.people.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(inbox::NoticeDraft draft, DraftAbout(tx, meeting, origin.business_today));
  draft.kind = telling.kind;
  draft.key = telling.key + ":" + meeting.id + ":" + std::to_string(meeting.revision);
  draft.source_event_id = event.id();
  draft.values.insert(telling.values.begin(), telling.values.end());
  return inbox::MakeNoticeToPeople(
             tx, origin, draft, telling.people,
             meeting.told_by_sms ? inbox::Ways::kMailAndSms : inbox::Ways::kMail)
      .status();
}

}  // namespace

absl::Status OnMeetingSet(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                          const awards::v1::CouncilMeeting& told, const Plan& plan,
                          absl::Time business_now) {
  ASSIGN_OR_RETURN(Meeting meeting, MeetingIn(told));
  ASSIGN_OR_RETURN(absl::Time set_at, TimeIn(told.set_time()));
  if (IsSnapshotItem(event)) set_at = std::max(set_at, business_now);
  ASSIGN_OR_RETURN(const std::optional<Meeting> before, LockMeeting(tx, meeting.id));
  // Told again. After a restore of awards the version may be one that meant something else.
  if (before.has_value() && !before->stale && before->version >= meeting.version) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(meeting.next_fire_at, NextPending(tx, meeting.id));
  meeting.revision = before.has_value() ? before->revision : meeting.version;
  meeting.told_by_sms = before.has_value() && before->told_by_sms;
  if (before.has_value() && Same(*before, meeting)) return PutMeeting(tx, meeting);
  if (before.has_value()) meeting.revision = std::max(before->revision + 1, meeting.version);

  // Whoever was told that it is called off, which a restore of awards may undo, is invited anew.
  const bool known = before.has_value() && !before->cancelled;
  const bool moved = !known || before->begin != meeting.begin;
  std::vector<Reminder> reminders;
  if (moved) {
    RETURN_IF_ERROR(CancelPending(tx, meeting.id, "RESCHEDULED", origin.business_today));
    reminders = PlanReminders(origin, plan, set_at, meeting);
  }
  const bool history = IsHistory(event, meeting, business_now);
  if (!history) {
    meeting.told_by_sms = GoesBySms(meeting.told_by_sms, meeting.next_fire_at.has_value());
  }
  RETURN_IF_ERROR(PutMeeting(tx, meeting));
  for (const Reminder& reminder : reminders) RETURN_IF_ERROR(InsertReminder(tx, reminder));
  if (history) return absl::OkStatus();

  const People former = known ? before->people : People();
  const People added = Without(meeting.people, former);
  RETURN_IF_ERROR(Tell(tx, origin, event, meeting,
                       {templates::Kind::kMeetingInvited, "meeting_invited", added, {}}));
  if (!known) return absl::OkStatus();
  if (moved || before->place != meeting.place || before->agenda != meeting.agenda) {
    RETURN_IF_ERROR(Tell(tx, origin, event, meeting,
                         {templates::Kind::kMeetingChanged,
                          "meeting_changed",
                          Without(meeting.people, added),
                          {{"former_time", TimeOf(before->begin)},
                           {"former_date", DayOf(before->begin)},
                           {"former_place", before->place}}}));
  }
  // They know the meeting by its former time.
  Meeting past = *before;
  past.revision = meeting.revision;
  past.told_by_sms = meeting.told_by_sms;
  return Tell(tx, origin, event, past,
              {templates::Kind::kMeetingUninvited,
               "meeting_uninvited",
               Without(former, meeting.people),
               {}});
}

absl::Status OnMeetingCancelled(db::Tx& tx, const feed::Origin& origin,
                                const common::v1::Event& event,
                                const awards::v1::CouncilMeetingCancelled& cancelled,
                                absl::Time business_now) {
  ASSIGN_OR_RETURN(std::optional<Meeting> meeting,
                   LockMeeting(tx, cancelled.meeting().meeting_id()));
  if (!meeting.has_value()) return absl::OkStatus();  // nobody was told of it
  const bool known = !meeting->cancelled;
  meeting->version = cancelled.meeting().version();
  meeting->stale = false;
  if (!known) return PutMeeting(tx, *meeting);
  RETURN_IF_ERROR(CancelPending(tx, meeting->id, "MEETING_CANCELLED", origin.business_today));
  meeting->cancelled = true;
  meeting->revision = std::max(meeting->revision + 1, meeting->version);
  meeting->next_fire_at = std::nullopt;
  RETURN_IF_ERROR(PutMeeting(tx, *meeting));
  if (IsHistory(event, *meeting, business_now)) return absl::OkStatus();
  return Tell(tx, origin, event, *meeting,
              {templates::Kind::kMeetingCancelled,
               "meeting_cancelled",
               meeting->people,
               {{"reason", cancelled.reason()}}});
}

}  // namespace thidua::notify::meetings
