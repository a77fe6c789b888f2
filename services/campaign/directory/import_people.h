// People from a CSV file: the whole file or nothing.
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

extern const std::vector<std::string> kPersonColumns;

// Asks for the right at every unit where somebody gets or has a post.
absl::Status RequireForPeople(db::Pool& pool, const platform::Call& call,
                              const intake::Table& table);

// A row stands for a person with one post; somebody who holds or held another post is accepted only
// as they are.
absl::StatusOr<v1::ImportReport> ImportPeople(db::Tx& tx, const platform::Call& call,
                                              intake::Table table, bool validate_only);

}  // namespace thidua::campaign::directory
