// People from a CSV file: the whole file or nothing.
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

extern const std::vector<std::string> kPersonColumns;

// A row stands for a person with one post; somebody who holds or held another post is accepted only
// as they are. Needs the right at every unit where somebody gets, has or had a post.
absl::StatusOr<v1::ImportReport> ImportPeople(db::Tx& tx, const platform::Call& call,
                                              intake::Table table, bool validate_only,
                                              intake::Rights& rights);

}  // namespace thidua::campaign::directory
