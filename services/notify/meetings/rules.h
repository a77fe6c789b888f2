// When people are reminded of a meeting, and which way. Pure functions over business time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace thidua::notify::meetings {

// One reminder of a plan.
struct Slot {
  std::string code;  // as it is written: "T-1@14:00", "60m"
  int days = 0;      // days before the day of the meeting, at hour:minute in Vietnam …
  int hour = 0;
  int minute = 0;
  std::optional<absl::Duration> before;  // … or, when set, so long before it begins
};
using Plan = std::vector<Slot>;

inline constexpr std::string_view kDefaultPlan = "T-1@14:00,60m";

// R-NOT-60 a plan is written as "T-1@14:00,60m": at 14:00 on the day before, and 60 minutes before.
// At most six, none twice; 0..30 days, 1..1440 minutes. nullopt for anything else.
std::optional<Plan> ParsePlan(std::string_view text);

struct Firing {
  std::string code;
  absl::Time at;
  bool operator==(const Firing& other) const { return code == other.code && at == other.at; }
};
// R-NOT-61 the reminders of a meeting in order of time. Those not before it begins are left out.
std::vector<Firing> Schedule(const Plan& plan, absl::Time begin);
// R-NOT-61 a reminder whose time is not after the moment at which the meeting was called or moved
// is skipped (PAST_WHEN_SET): the invitation tells of it.
bool IsPastWhenSet(absl::Time fire_at, absl::Time set_at);

// What to do with the pending reminders whose time has come.
struct Decision {
  std::optional<size_t> fire;   // index into the list asked about
  std::vector<size_t> skipped;  // indices, in order of time
};
// R-NOT-62 of several that are due at once only the latest fires, and none once the meeting has
// begun.
Decision Decide(const std::vector<absl::Time>& due, absl::Time begin, absl::Time now);

// R-NOT-63 an invitation or a change goes by SMS, too, when no reminder is left that would; and so
// do a change and a cancelling once any SMS has told of the meeting, which would else be believed.
bool GoesBySms(bool told_by_sms, bool reminder_to_come);

}  // namespace thidua::notify::meetings
