// Rights that may be held at one of several units.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/call.h"

namespace thidua::campaign {

// The call's permission at one of the units, of which there is one at least; else what the last one
// says.
absl::Status RequireAtOne(const platform::Call& call, const std::vector<std::string>& unit_ids);

// The units at which the caller holds a permission other than the call's own.
absl::StatusOr<platform::VisibleUnits> VisibleFor(const platform::Call& call,
                                                  std::string_view permission);

}  // namespace thidua::campaign
