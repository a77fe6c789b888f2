// Compiles the yearly report on a movement.
#pragma once

#include "absl/status/statusor.h"
#include "campaign/directory/rules_tree.h"
#include "campaign/plans/record.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/movement_report.pb.h"

namespace thidua::campaign::records {

// YEAR_OUTSIDE_MOVEMENT, YEAR_TO_COME, PLAN_NOT_LAUNCHED.
absl::StatusOr<v1::MovementReport> CompileReport(db::Session& session, const directory::Tree& tree,
                                                 const plans::Record& plan, int year,
                                                 absl::CivilDay today);

}  // namespace thidua::campaign::records
