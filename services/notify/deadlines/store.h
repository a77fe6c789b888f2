// The tables deadlines and reminders.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::notify::deadlines {

// A row of deadlines.
struct Deadline {
  std::string id;
  std::string key;   // "milestone:<plan>:<milestone>:<unit>", "award_filing:<nomination>", …
  std::string kind;  // of NameOf(Kind): "MILESTONE", …
  std::string unit_id;
  std::string plan_id;     // empty for none
  std::string subject_id;  // milestone, nomination, report record or round
  std::string link;
  std::string title;
  std::string source_phrase;
  std::optional<absl::CivilDay> start;
  absl::CivilDay due;
  std::string state;  // OPEN, MET
  std::optional<absl::CivilDay> met_on;
  std::optional<absl::Time> next_fire_at;
  int64_t row_version = 1;
  absl::Time created_at;
  // Open, and not told of since its producer's feed began anew: reminds of nothing and is not
  // shown.
  bool stale = false;
};

// A row of reminders.
struct Reminder {
  std::string id;
  std::string deadline_id;
  std::string code;
  absl::CivilDay day;
  absl::Time fire_at;
  std::string state;   // PENDING, FIRED, SKIPPED, CANCELLED
  std::string reason;  // empty, or SUPERSEDED, PAST_WHEN_SET, DEADLINE_MET, RESCHEDULED,
                       // SUSPENDED
  std::optional<absl::CivilDay> decided_on;
  std::optional<std::string> notice_id;  // FIRED only
};

absl::Status InsertDeadline(db::Tx& tx, const Deadline& deadline);
// Writes all but id, key and created_at, and raises row_version.
absl::Status UpdateDeadline(db::Tx& tx, const Deadline& deadline);
// Writes next_fire_at alone, which is no change of the deadline itself. One that has been told of
// or settled is not stale.
absl::Status SetNextFire(db::Tx& tx, const std::string& deadline_id,
                         std::optional<absl::Time> next_fire_at);
// For when the feed that tells of deadlines of this kind (of NameOf(Kind)) begins anew.
absl::Status MarkStale(db::Tx& tx, std::string_view kind);
// The deadline with the key, locked until the end of the transaction.
absl::StatusOr<std::optional<Deadline>> LockByKey(db::Tx& tx, const std::string& key);
// Deadlines with a reminder that is due, the longest waiting first, locked; those that others hold
// are passed over.
absl::StatusOr<std::vector<Deadline>> LockDue(db::Tx& tx, absl::Time business_now, int limit);

absl::Status InsertReminder(db::Tx& tx, const Reminder& reminder);
// Writes state, reason, decided_on and notice_id.
absl::Status UpdateReminder(db::Tx& tx, const Reminder& reminder);
// Of one deadline, in order of time.
absl::StatusOr<std::vector<Reminder>> RemindersOf(db::Session& session,
                                                  const std::string& deadline_id);

// Which deadlines a list shows. units: nullopt means all.
struct DeadlineFilter {
  std::optional<std::vector<std::string>> units;
  std::optional<std::string> plan_id;
  std::optional<std::string> state;
  std::optional<absl::CivilDay> after_due;  // with after_id: the last row of the page before
  std::string after_id;
  int limit = 0;
};
// By due date. Stale deadlines are as none in these two.
absl::StatusOr<std::vector<Deadline>> ListDeadlines(db::Session& session,
                                                    const DeadlineFilter& filter);
absl::StatusOr<std::optional<Deadline>> FindDeadline(db::Session& session, const std::string& id);

}  // namespace thidua::notify::deadlines
