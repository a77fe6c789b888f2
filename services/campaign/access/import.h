// Role bindings from a CSV file: whole or not at all.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::access {

// Columns: staff_code, role, unit_code ("*" for everywhere), valid_from, valid_to. Fills the
// report; an error of a row is in the report, not in the status. The caller rolls back when the
// report has errors.
absl::Status ImportBindings(db::Tx& tx, const platform::Call& call, std::string_view csv,
                            v1::ImportReport& report);

}  // namespace thidua::campaign::access
