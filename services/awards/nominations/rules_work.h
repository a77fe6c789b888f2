// What a nomination waits for.
//
// R-AWD-43  Every state that has not ended waits for exactly one thing: the unit's answer or
//           dossier, or an act of the coordinator, appraiser, council or issuer. A day is due only
//           where the invitation set one.
#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "awards/nominations/rules_states.h"

namespace thidua::awards::nominations {

// In the order of the contract's enum.
enum class Work {
  kSelection,
  kInvitation,
  kAnswer,
  kFiling,
  kMissed,
  kAppraisal,
  kBallot,
  kVotes,
  kDecision,
  kIssue,
};

// `state` as it stands today; nothing when nothing is to be done.
std::optional<Work> WorkOf(State state, bool ballot_open, bool in_draft);

// Whether the last day of filing is the day by which it is due.
bool DueByDeadline(Work work);

}  // namespace thidua::awards::nominations
