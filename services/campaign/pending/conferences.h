// Reviews that wait for their conference.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "campaign/pending/store.h"

namespace thidua::campaign::pending {

// As ReadWork, of plans that units of the filter issued or coordinate.
absl::StatusOr<std::vector<Item>> ReadConferencesToHold(db::Session& session,
                                                        const WorkFilter& filter,
                                                        absl::CivilDay today);

}  // namespace thidua::campaign::pending
