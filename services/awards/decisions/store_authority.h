// Who may give which award form, in the database.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "awards/decisions/rules_authority.h"
#include "platform/db/session.h"

namespace thidua::awards::decisions {

absl::StatusOr<std::vector<Authority>> ReadAuthorities(db::Session& session);

}  // namespace thidua::awards::decisions
