#include "campaign/conferences/rules_conferences.h"

#include <algorithm>

namespace thidua::campaign::conferences {

bool IsLate(const ReviewDays& review, absl::CivilDay held) {
  return review.last && held > *review.last;
}

ReviewState StateOf(const ReviewDays& review, const std::vector<absl::CivilDay>& held,
                    absl::CivilDay today) {
  if (!held.empty()) {
    const absl::CivilDay first = *std::min_element(held.begin(), held.end());
    return IsLate(review, first) ? ReviewState::kHeldLate : ReviewState::kHeld;
  }
  if (review.last && today > *review.last) return ReviewState::kOverdue;
  return review.first && today >= *review.first ? ReviewState::kOpen : ReviewState::kToCome;
}

HeldProblem CheckHeld(absl::CivilDay held, const std::optional<absl::CivilDay>& launch,
                      absl::CivilDay today) {
  if (held > today) return HeldProblem::kToCome;
  return launch && held < *launch ? HeldProblem::kBeforeLaunch : HeldProblem::kNone;
}

}  // namespace thidua::campaign::conferences
