// Plans read for somebody, with the right asked for.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "campaign/plans/record.h"
#include "platform/call.h"
#include "platform/db/pool.h"

namespace thidua::campaign::plans {

// The plan "plans/<id>" in `field`, when the caller may read it: at its issuer or, once launched,
// at a unit that takes part.
absl::StatusOr<Record> ReadForReader(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field);
// The plan, when the caller has the policy's right at its issuer or at its coordinator.
absl::StatusOr<Record> ReadForKeeper(db::Pool& pool, const platform::Call& call,
                                     const std::string& name, const std::string& field);

}  // namespace thidua::campaign::plans
