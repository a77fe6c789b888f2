// Tasks of a plan from a CSV file: the whole file or nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/directory/rules_tree.h"
#include "campaign/intake/table.h"
#include "campaign/plans/record.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::plans {

extern const std::vector<std::string> kTaskColumns;

// `plan` is locked. A row stands for a task by its code; tasks that the file does not name stay.
absl::StatusOr<v1::ImportReport> ImportTasks(db::Tx& tx, const platform::Call& call,
                                             const directory::Tree& tree, const Record& plan,
                                             intake::Table table, bool validate_only);

}  // namespace thidua::campaign::plans
