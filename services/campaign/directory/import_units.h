// Units from a CSV file: the whole file or nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/intake/table.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::directory {

extern const std::vector<std::string> kUnitColumns;

// Asks for the right at every unit that the file changes and at every stored unit below which it
// makes one; a new root asks for it everywhere.
absl::Status RequireForUnits(db::Pool& pool, const platform::Call& call,
                             const intake::Table& table);

// A row that describes a unit with a history (several names, codes or parents) is accepted only as
// it is: histories are kept by UpdateUnit and CloseUnit.
absl::StatusOr<v1::ImportReport> ImportUnits(db::Tx& tx, const platform::Call& call,
                                             intake::Table table, bool validate_only);

}  // namespace thidua::campaign::directory
