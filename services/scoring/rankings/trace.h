// From a published rank back to what it rests on: rule and version, inputs, evidence, persons and
// times.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "platform/db/session.h"
#include "scoring/rankings/publish.h"
#include "thidua/scoring/v1/ranking_service.pb.h"

namespace thidua::scoring::rankings {

// UNIT_NOT_RANKED (NOT_FOUND) when the unit is not in the publication.
absl::Status Explain(db::Session& session, const Published& published, const std::string& unit_id,
                     v1::ExplainRankResponse& out);

// UNIT_NOT_RANKED.
absl::Status NotInPublication(const std::string& unit_id);

}  // namespace thidua::scoring::rankings
