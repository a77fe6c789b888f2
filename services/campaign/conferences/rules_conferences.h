// Reviews of a movement and the conferences held for them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::conferences {

struct ReviewDays {
  std::optional<absl::CivilDay> first;
  std::optional<absl::CivilDay> last;
};

// R-CNF-01 A review is open from its first day on, held once a conference is recorded, late when
// the first one was held after the last day, and overdue when that day has passed without any. A
// day that is not known opens nothing and is never missed. `held`: days of its conferences.
enum class ReviewState { kToCome, kOpen, kHeld, kHeldLate, kOverdue };
ReviewState StateOf(const ReviewDays& review, const std::vector<absl::CivilDay>& held,
                    absl::CivilDay today);

// R-CNF-02 A conference was held: on a day that has come, and not before the launch.
enum class HeldProblem { kNone, kToCome, kBeforeLaunch };
HeldProblem CheckHeld(absl::CivilDay held, const std::optional<absl::CivilDay>& launch,
                      absl::CivilDay today);

// R-CNF-03 Held after the review's last day it is late.
bool IsLate(const ReviewDays& review, absl::CivilDay held);

}  // namespace thidua::campaign::conferences
