// Setting, meeting and re-opening deadlines, in the transaction of the event that causes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "notify/deadlines/rules.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::deadlines {

// A deadline as another service's event tells it.
struct DeadlineDraft {
  std::string key;
  Kind kind = Kind::kMilestone;
  std::string unit_id;
  std::string plan_id;
  std::string subject_id;
  std::string link;
  std::string title;
  std::string source_phrase;
  std::optional<absl::CivilDay> start;
  absl::CivilDay due;
};

// Makes the deadline with its reminders. One that exists under the key with other days is
// rescheduled: its pending reminders are cancelled (RESCHEDULED) and the schedule of the new days
// is set. With the same content nothing happens. set_on is the business date of the cause.
absl::Status SetDeadline(db::Tx& tx, const feed::Origin& origin, const DeadlineDraft& draft);

// The unit has acted: pending reminders are cancelled (DEADLINE_MET). No deadline under the key, or
// one that is met already: nothing happens.
absl::Status MeetDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key,
                          absl::CivilDay met_on);

// What met the deadline was sent back: when its last day has not passed, it is open again and the
// reminders that are still to come are pending again (R-NOT-15).
absl::Status ReopenDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key,
                            absl::CivilDay returned_on);

// What met the deadline never was: it is open again whatever the day, and a unit that is late by
// now is told so (R-NOT-15).
absl::Status UndoMeeting(db::Tx& tx, const feed::Origin& origin, const std::string& key);

// There is nothing to do for the time being: an open deadline stays as it is and reminds of nothing
// (SUSPENDED) until it is resumed.
absl::Status SuspendDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key);
absl::Status ResumeDeadline(db::Tx& tx, const feed::Origin& origin, const std::string& key);

// The feed of a producer begins anew: what it does not tell of again is of plans, reports,
// nominations and rounds that a restore has undone. Their open deadlines stay, stale, until they
// are told of.
absl::Status Reset(db::Tx& tx, std::string_view producer);

}  // namespace thidua::notify::deadlines
