// Checking a nomination against its plan's standards with what is known on a day.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_inputs.h"
#include "awards/nominations/store_standards.h"
#include "platform/db/session.h"

namespace thidua::awards::nominations {

// The plan of a nomination; a defect of ours when it is not there.
absl::StatusOr<Plan> PlanOf(db::Session& session, const NominationRow& nomination);

// The newest publication of the ranking a nomination was chosen from.
absl::StatusOr<PublishedRanking> NewestRankingOf(db::Session& session,
                                                 const NominationRow& nomination);

// Gathers the facts as of the day, checks every standard and keeps the result. The caller holds the
// nomination's lock.
absl::StatusOr<CheckRow> RunCheck(db::Tx& tx, const NominationRow& nomination, const Plan& plan,
                                  Stage stage, absl::CivilDay as_of);

}  // namespace thidua::awards::nominations
