// What a caller is told of an id that names nothing.
#pragma once

#include "absl/status/status.h"
#include "platform/call.h"

namespace thidua::platform {

// For handlers that ask for the right at the unit of what a request names: what looking for it
// gave, as it is, except that NOT_FOUND is for those alone who hold the call's permission
// everywhere. Others get the refusal that a resource out of their reach gets, so that nobody learns
// from it which ids exist.
absl::Status NotFoundFor(const Call& call, absl::Status looked_for);

}  // namespace thidua::platform
