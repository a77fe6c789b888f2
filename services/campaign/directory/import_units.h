// Units from a CSV file: the whole file or nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/intake/apply.h"
#include "campaign/intake/table.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::directory {

extern const std::vector<std::string> kUnitColumns;

// A row that describes a unit with a history (several names, codes or parents) is accepted only as
// it is: histories are kept by UpdateUnit and CloseUnit.
// Needs the right at every stored unit that the file changes, below which it puts a unit, and from
// below which it takes one; a new root needs it everywhere.
absl::StatusOr<v1::ImportReport> ImportUnits(db::Tx& tx, const platform::Call& call,
                                             intake::Table table, bool validate_only,
                                             intake::Rights& rights);

}  // namespace thidua::campaign::directory
