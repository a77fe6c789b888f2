// Awards of a plan's year, for counting places.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awards/nominations/rules_quota.h"
#include "platform/db/session.h"

namespace thidua::awards::nominations {

// Those of issued decisions whose certificate was not revoked (R-AWD-112).
absl::StatusOr<std::vector<CountedAward>> ReadDecided(db::Session& session,
                                                      const std::string& plan_id, int year);
// Nominations that were carried and not decided.
absl::StatusOr<std::vector<CountedAward>> ReadCarried(db::Session& session,
                                                      const std::string& plan_id, int year);

}  // namespace thidua::awards::nominations
