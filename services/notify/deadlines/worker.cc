#include "notify/deadlines/worker.h"

#include <set>
#include <string>
#include <vector>

#include "notify/deadlines/events.h"
#include "notify/deadlines/rules.h"
#include "notify/deadlines/store.h"
#include "notify/inbox/notices.h"
#include "notify/inbox/units.h"
#include "notify/origin.h"
#include "notify/wording.h"
#include "platform/status_macros.h"

namespace thidua::notify::deadlines {
namespace {

// In business time.
constexpr absl::Duration kUnknownUnitRetry = absl::Hours(1);

templates::Kind TemplateOf(Phase phase) {
  switch (phase) {
    case Phase::kOpens:
      return templates::Kind::kReminderOpens;
    case Phase::kDue:
      return templates::Kind::kReminderDue;
    case Phase::kToday:
      return templates::Kind::kReminderToday;
    case Phase::kPassed:
      return templates::Kind::kReminderPassed;
    case Phase::kOverdue:
      return templates::Kind::kReminderOverdue;
  }
  return templates::Kind::kReminderDue;
}

// What a transaction did; counted after its commit.
struct Tally {
  int deadlines = 0;
  std::vector<Deadline> postponed;
  int fired = 0;
  int skipped = 0;
  std::vector<absl::Duration> lateness;
};

absl::StatusOr<std::string> Remind(db::Tx& tx, const feed::Origin& origin, const Deadline& deadline,
                                   Kind kind, const Reminder& reminder) {
  const absl::CivilDay today = origin.business_today;
  const Phase phase = PhaseOn(today, kind, deadline.start, deadline.due);
  ASSIGN_OR_RETURN(const std::string unit_name, inbox::UnitName(tx, deadline.unit_id, today));
  inbox::NoticeDraft draft;
  draft.key = "reminder:" + reminder.id;
  draft.kind = TemplateOf(phase);
  draft.unit_id = deadline.unit_id;
  draft.date = today;
  draft.link = deadline.link;
  draft.values = {
      {"unit_name", unit_name},
      {"deadline_title", deadline.title},
      {"source_phrase", OrNotStated(deadline.source_phrase)},
      {"start_date",
       deadline.start.has_value() ? platform::FormatDateVi(*deadline.start) : OrNotStated("")},
      {"due_date", platform::FormatDateVi(deadline.due)},
      {"days", std::to_string(DaysToTell(phase, today, deadline.start, deadline.due))},
  };
  ASSIGN_OR_RETURN(const std::optional<std::string> notice, inbox::MakeNotice(tx, origin, draft));
  // The key holds the reminder's own id and the reminder was pending, so there was none.
  if (!notice.has_value()) return absl::InternalError("a pending reminder had its notice already");
  return *notice;
}

absl::Status Settle(db::Tx& tx, const feed::Origin& origin, absl::Time business_now,
                    const Deadline& deadline, Tally* tally) {
  const std::optional<Kind> kind = KindFromName(deadline.kind);
  if (!kind.has_value()) return absl::InternalError("deadline of unknown kind " + deadline.kind);
  ASSIGN_OR_RETURN(const std::vector<Reminder> all, RemindersOf(tx, deadline.id));
  std::vector<Reminder> due;
  std::vector<Slot> slots;
  std::optional<absl::Time> next;
  for (const Reminder& reminder : all) {
    if (reminder.state != "PENDING") continue;
    if (reminder.fire_at <= business_now) {
      due.push_back(reminder);
      slots.push_back({reminder.code, reminder.day});
    } else if (!next.has_value()) {
      next = reminder.fire_at;
    }
  }
  const Firing firing = Decide(slots);
  std::vector<std::string> skipped;
  for (const size_t index : firing.supersede) {
    Reminder& reminder = due[index];
    reminder.state = "SKIPPED";
    reminder.reason = "SUPERSEDED";
    reminder.decided_on = origin.business_today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
    skipped.push_back(reminder.code);
  }
  if (firing.fire.has_value()) {
    Reminder& reminder = due[*firing.fire];
    ASSIGN_OR_RETURN(reminder.notice_id, Remind(tx, origin, deadline, *kind, reminder));
    reminder.state = "FIRED";
    reminder.decided_on = origin.business_today;
    RETURN_IF_ERROR(UpdateReminder(tx, reminder));
    RETURN_IF_ERROR(AppendFired(tx, origin, deadline, reminder, skipped));
    tally->fired += 1;
    tally->lateness.push_back(business_now - reminder.fire_at);
  }
  tally->deadlines += 1;
  tally->skipped += static_cast<int>(skipped.size());
  return SetNextFire(tx, deadline.id, next);
}

// R-NOT-53 of a unit that campaign does not know (any more) nobody can be reminded, and it must not
// keep others from being: its reminders stay pending and are looked at again later.
absl::Status Postpone(db::Tx& tx, absl::Time business_now, const Deadline& deadline, Tally* tally) {
  tally->deadlines += 1;
  tally->postponed.push_back(deadline);
  return SetNextFire(tx, deadline.id, business_now + kUnknownUnitRetry);
}

}  // namespace

ReminderWorker::ReminderWorker(ReminderWorkerOptions options, db::Pool& pool,
                               const platform::Clock& clock,
                               const platform::BusinessClock& business,
                               platform::MetricsRegistry& metrics, const platform::Logger& log)
    : PollingTask(options.poll, log),
      options_(options),
      pool_(pool),
      clock_(clock),
      business_(business),
      fired_(metrics.Counters("thidua_notify_reminders_total", "Reminders settled, by outcome")
                 .Add({{"outcome", "FIRED"}})),
      skipped_(metrics.Counters("thidua_notify_reminders_total", "Reminders settled, by outcome")
                   .Add({{"outcome", "SKIPPED"}})),
      postponed_(metrics.Counters("thidua_notify_reminders_total", "Reminders settled, by outcome")
                     .Add({{"outcome", "POSTPONED"}})),
      lateness_(metrics
                    .Histograms("thidua_notify_deadline_overdue_seconds",
                                "Business time between the instant of a reminder and its firing")
                    .Add({}, prometheus::Histogram::BucketBoundaries{1, 10, 60, 600, 3600})) {}

absl::StatusOr<int> ReminderWorker::FireDue() {
  Tally tally;
  RETURN_IF_ERROR(pool_.InTransaction(TransactionDeadline(), [&](db::Tx& tx) -> absl::Status {
    tally = Tally{};
    const absl::Time business_now = business_.Now();
    const feed::Origin origin =
        OriginAt(clock_.Now(), absl::ToCivilDay(business_now, platform::VietnamTime()));
    ASSIGN_OR_RETURN(const std::vector<Deadline> due, LockDue(tx, business_now, options_.batch));
    std::set<std::string> addressed;
    for (const Deadline& deadline : due) addressed.insert(deadline.unit_id);
    ASSIGN_OR_RETURN(const std::set<std::string> unknown, inbox::LockUnits(tx, addressed));
    for (const Deadline& deadline : due) {
      if (unknown.count(deadline.unit_id) > 0) {
        RETURN_IF_ERROR(Postpone(tx, business_now, deadline, &tally));
        continue;
      }
      RETURN_IF_ERROR(Settle(tx, origin, business_now, deadline, &tally));
    }
    return absl::OkStatus();
  }));
  fired_.Increment(tally.fired);
  skipped_.Increment(tally.skipped);
  postponed_.Increment(static_cast<double>(tally.postponed.size()));
  for (const Deadline& deadline : tally.postponed) {
    log().Warning("a reminder of a unit that campaign does not know waits",
                  {{"deadline", deadline.id}, {"unit", deadline.unit_id}});
  }
  for (const absl::Duration late : tally.lateness) {
    lateness_.Observe(absl::ToDoubleSeconds(late));
  }
  return tally.deadlines;
}

absl::StatusOr<bool> ReminderWorker::Round() {
  ASSIGN_OR_RETURN(const int settled, FireDue());
  return settled > 0;
}

}  // namespace thidua::notify::deadlines
