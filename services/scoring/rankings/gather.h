// Everything a ranking is computed from, read from the tables.
#pragma once

#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "scoring/assessments/store.h"
#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

// The finalised assessments of a round, the others by name only, and last year's ranks. Names are
// those of the last day of the round's period.
absl::StatusOr<Basis> Gather(db::Session& session, const assessments::RoundRow& round);

}  // namespace thidua::scoring::rankings
