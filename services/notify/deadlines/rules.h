// When a unit is reminded of a deadline, and what becomes of reminders when business time moves.
// Pure functions over business dates.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace thidua::notify::deadlines {

enum class Kind {
  kMilestone,
  kAwardFiling,
  kPeriodicReport,
  kSelfScore,
  kAppraisal,
  kExplanation,
};

// "MILESTONE".
std::string_view NameOf(Kind kind);
// The service whose feed tells of deadlines of the kind: "campaign".
std::string_view ProducerOf(Kind kind);
// Of one producer, in the order above.
std::vector<Kind> KindsOf(std::string_view producer);
std::optional<Kind> KindFromName(std::string_view name);

// One planned reminder.
struct Slot {
  std::string code;  // "S-7", "T-7", "T-3", "T-1", "T", "T+1"
  absl::CivilDay day;
  bool operator==(const Slot& other) const { return code == other.code && day == other.day; }
};

// R-NOT-10 the schedule of a deadline, in order of time: seven days before the first day (when
// there is a first day before the last), then 7, 3 and 1 days before the last day, on the last day,
// and the day after where it is known whether a unit that had to act has acted. So not for
// milestones: nobody may be called late on a guess; nor for explanations, which no unit has to
// give.
std::vector<Slot> Schedule(Kind kind, std::optional<absl::CivilDay> start, absl::CivilDay due);

// R-NOT-11 reminders go out at 08:00 of their day in Vietnam.
absl::Time FireInstant(absl::CivilDay day);

// R-NOT-12 a reminder whose day is not after the day on which the deadline was set is skipped
// (PAST_WHEN_SET): what sets the deadline tells of it.
bool IsPastWhenSet(absl::CivilDay day, absl::CivilDay set_on);

// What to do with the pending reminders of one deadline whose instant has come.
struct Firing {
  std::optional<size_t> fire;     // index into the list asked about
  std::vector<size_t> supersede;  // indices, in order of time; skipped as SUPERSEDED
};
// R-NOT-13 of several that are due at once only the latest fires; the earlier ones would say what
// is no longer true.
Firing Decide(const std::vector<Slot>& pending_and_due);

// What a reminder says on the day on which it really goes out, which may be long after its own day.
enum class Phase {
  kOpens,    // the first day is still to come
  kDue,      // the last day is still to come
  kToday,    // today is the last day
  kPassed,   // it has passed; whether the unit has acted is not known, or it need not
  kOverdue,  // it has passed and the unit has not acted
};
// R-NOT-14 the words follow the day of sending, not the reminder's own.
Phase PhaseOn(absl::CivilDay today, Kind kind, std::optional<absl::CivilDay> start,
              absl::CivilDay due);
// Days told with the phase: until the first day, until the last day, 0, or since the last day.
int DaysToTell(Phase phase, absl::CivilDay today, std::optional<absl::CivilDay> start,
               absl::CivilDay due);

// R-NOT-15 a deadline that was met is open again when its fulfilment is sent back while its last
// day has not passed. Whose fulfilment never was (a restore has undone it) is open whatever the
// day, and the reminder after its last day is still to come, however late.
bool ReopensWhenReturned(absl::CivilDay due, absl::CivilDay returned_on);
bool RemindsThoughPast(absl::CivilDay day, absl::CivilDay due);

// R-NOT-16 a unit has scored itself once its assessment is no draft; a round is appraised once
// every unit's assessment has gone beyond being submitted. `states`: one for each unit of the
// round; empty for one that nothing is known of.
bool IsSelfScored(std::string_view state);
bool IsAppraised(const std::vector<std::string>& states);

// R-NOT-17 a unit may explain from when it is appraised until it has handed its explanation in or
// its score is final; given back to the appraisers there is nothing to explain yet, and where the
// appraisal is what the unit gave itself there is nothing at all. `explainable`: how many leaves it
// may explain; none: not told.
enum class Explaining { kNotYet, kOpen, kDone };
Explaining ExplainingIn(std::string_view state, std::optional<int> explainable);

// R-NOT-19 a unit is told once that it may explain, as soon as it is appraised, whatever the day on
// which explaining begins; not when its last day has passed already.
bool TellsOfExplaining(absl::CivilDay due, absl::CivilDay today);

// R-NOT-18 what the state of a nomination says of the day for filing. A dossier that was returned
// has to be filed again; what has gone beyond filing has met it, and so has a refusal.
enum class Filing { kNotYet, kOpen, kDone };
Filing FilingIn(std::string_view state);

}  // namespace thidua::notify::deadlines
