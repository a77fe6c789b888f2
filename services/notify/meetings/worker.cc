#include "notify/meetings/worker.h"

#include <optional>
#include <string>
#include <vector>

#include "notify/inbox/notices.h"
#include "notify/meetings/events.h"
#include "notify/meetings/rules.h"
#include "notify/meetings/store.h"
#include "notify/meetings/words.h"
#include "notify/origin.h"
#include "platform/status_macros.h"

namespace thidua::notify::meetings {
namespace {

// What a transaction did; counted after its commit.
struct Tally {
  int meetings = 0;
  int fired = 0;
  int skipped = 0;
};

absl::StatusOr<std::string> Remind(db::Tx& tx, const feed::Origin& origin, const Meeting& meeting,
                                   const Reminder& reminder) {
  ASSIGN_OR_RETURN(inbox::NoticeDraft draft, DraftAbout(tx, meeting, origin.business_today));
  draft.kind = templates::Kind::kMeetingReminder;
  draft.key = "meeting_reminder:" + reminder.id;
  ASSIGN_OR_RETURN(const std::optional<std::string> notice,
                   inbox::MakeNoticeToPeople(tx, origin, draft, meeting.people, inbox::Ways::kSms));
  // The key holds the reminder's own id and the reminder was pending, so there was none.
  if (!notice.has_value()) return absl::InternalError("a pending reminder had its notice already");
  return *notice;
}

absl::Status Settle(db::Tx& tx, const feed::Origin& origin, absl::Time business_now,
                    Meeting meeting, Tally* tally) {
  ASSIGN_OR_RETURN(const std::vector<Reminder> pending, PendingReminders(tx, meeting.id));
  std::vector<Reminder> due;
  std::vector<absl::Time> times;
  meeting.next_fire_at = std::nullopt;
  for (const Reminder& reminder : pending) {
    if (reminder.fire_at <= business_now) {
      due.push_back(reminder);
      times.push_back(reminder.fire_at);
    } else if (!meeting.next_fire_at.has_value()) {
      meeting.next_fire_at = reminder.fire_at;
    }
  }
  const Decision decision = Decide(times, meeting.begin, business_now);
  std::vector<std::string> skipped;
  for (const size_t index : decision.skipped) {
    Reminder& reminder = due[index];
    reminder.state = "SKIPPED";
    reminder.reason = decision.fire.has_value() ? "SUPERSEDED" : "MEETING_BEGAN";
    reminder.decided_on = origin.business_today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
    skipped.push_back(reminder.code);
  }
  if (decision.fire.has_value()) {
    Reminder& reminder = due[*decision.fire];
    ASSIGN_OR_RETURN(reminder.notice_id, Remind(tx, origin, meeting, reminder));
    reminder.state = "FIRED";
    reminder.decided_on = origin.business_today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
    RETURN_IF_ERROR(AppendFired(tx, origin, meeting, reminder, skipped));
    meeting.told_by_sms = true;
    tally->fired += 1;
  }
  tally->meetings += 1;
  tally->skipped += static_cast<int>(skipped.size());
  return SetProgress(tx, meeting);
}

}  // namespace

Worker::Worker(WorkerOptions options, db::Pool& pool, const platform::Clock& clock,
               const platform::BusinessClock& business, platform::MetricsRegistry& metrics,
               const platform::Logger& log)
    : PollingTask(options.poll, log),
      options_(options),
      pool_(pool),
      clock_(clock),
      business_(business),
      fired_(metrics
                 .Counters("thidua_notify_meeting_reminders_total",
                           "Reminders of meetings settled, by outcome")
                 .Add({{"outcome", "FIRED"}})),
      skipped_(metrics
                   .Counters("thidua_notify_meeting_reminders_total",
                             "Reminders of meetings settled, by outcome")
                   .Add({{"outcome", "SKIPPED"}})) {}

absl::StatusOr<int> Worker::FireDue() {
  Tally tally;
  RETURN_IF_ERROR(pool_.InTransaction(TransactionDeadline(), [&](db::Tx& tx) -> absl::Status {
    tally = Tally{};
    const absl::Time business_now = business_.Now();
    const feed::Origin origin =
        OriginAt(clock_.Now(), absl::ToCivilDay(business_now, platform::VietnamTime()));
    ASSIGN_OR_RETURN(const std::vector<Meeting> due, LockDue(tx, business_now, options_.batch));
    for (const Meeting& meeting : due) {
      RETURN_IF_ERROR(Settle(tx, origin, business_now, meeting, &tally));
    }
    return absl::OkStatus();
  }));
  fired_.Increment(tally.fired);
  skipped_.Increment(tally.skipped);
  return tally.meetings;
}

absl::StatusOr<bool> Worker::Round() {
  ASSIGN_OR_RETURN(const int settled, FireDue());
  return settled > 0;
}

}  // namespace thidua::notify::meetings
