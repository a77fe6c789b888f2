// The tables round_units and round_explanations: how far the units of a round of assessment are,
// and when they explain what the appraisal found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "platform/db/session.h"

namespace thidua::notify::deadlines {

// A unit of a round; its state is left as it is when it is known already.
absl::Status AddRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id);
absl::Status SetRoundUnit(db::Tx& tx, const std::string& round_id, const std::string& unit_id,
                          const std::string& state);
// The states of all units of the round; "" for one that nothing is known of. Locks them.
absl::StatusOr<std::vector<std::string>> LockRoundStates(db::Tx& tx, const std::string& round_id);

// When the units of a round may explain.
struct RoundExplanation {
  std::string round_id;
  std::string plan_id;
  std::string title;  // of the round
  absl::CivilDay start;
  absl::CivilDay end;
};
absl::Status PutRoundExplanation(db::Tx& tx, const RoundExplanation& explanation);
// None for a round without an explanation.
absl::StatusOr<std::optional<RoundExplanation>> FindRoundExplanation(db::Session& session,
                                                                     const std::string& round_id);

}  // namespace thidua::notify::deadlines
