// Roles of people from a CSV file: the whole file or nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/intake/apply.h"
#include "campaign/intake/table.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::access {

extern const std::vector<std::string> kBindingColumns;

// A row stands for a person's role at a unit from a day on; a stored one gets the row's last day,
// and one that has ended is not opened again by an old file. Needs the right to give each role at
// the unit that has the row's code on the row's first day (see RequireToGive); a unit or role that
// is not known is told to those who have the right everywhere or at the unit.
absl::StatusOr<v1::ImportReport> ImportBindings(db::Tx& tx, const platform::Call& call,
                                                intake::Table table, bool validate_only,
                                                intake::Rights& rights);

}  // namespace thidua::campaign::access
