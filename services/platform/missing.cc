#include "platform/missing.h"

#include <utility>

#include "platform/status_macros.h"

namespace thidua::platform {

absl::Status NotFoundFor(const Call& call, absl::Status looked_for) {
  if (absl::IsNotFound(looked_for)) RETURN_IF_ERROR(call.Require("*"));
  return looked_for;
}

}  // namespace thidua::platform
