// Reading a whole list page by page.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "thiduactl/session.h"

namespace thidua::ctl {

// All items of the field `items` of a List rpc, as whoever acts by default.
absl::StatusOr<json> ListAll(Session& session, const std::string& method, const std::string& items,
                             json request);

}  // namespace thidua::ctl
