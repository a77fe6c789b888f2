// The timeliness of one unit in a period: closed dossiers from the summary, open ones from their
// rows.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"
#include "scoring/dossiers/rules.h"

namespace thidua::scoring::dossiers {

struct Counts {
  Counters closed;
  int64_t running = 0;
  int64_t overdue = 0;
  int64_t suspended = 0;
  int64_t open_without_due_date = 0;

  Counts& operator+=(const Counts& other);
};

// A period of whole months and the day up to which is judged.
struct Window {
  absl::CivilDay first;  // first day of a month
  absl::CivilDay last;   // last day of a month
  absl::CivilDay as_of;
};

// By channel. `today` is the business date: nothing held lies after it.
absl::StatusOr<std::map<Channel, Counts>> ReadTimeliness(db::Session& session,
                                                         const std::string& unit_id,
                                                         const Window& window,
                                                         absl::CivilDay today);

Counts Total(const std::map<Channel, Counts>& by_channel);

}  // namespace thidua::scoring::dossiers
