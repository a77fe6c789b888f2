// Deadlines of work in the database that no call asked for: background tasks and start-up.
#pragma once

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace thidua::db {

// So far from now, in the real time by which connections live. Never recorded.
inline absl::Time DeadlineIn(absl::Duration duration) { return absl::Now() + duration; }

}  // namespace thidua::db
