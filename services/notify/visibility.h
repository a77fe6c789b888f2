// Which units a list may show: those the caller may see, or the one asked for when it is among
// them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/call.h"

namespace thidua::notify {

// `unit` is a filter, "units/<id>" or empty. nullopt means all units; an empty list means none: a
// unit outside the caller's rights shows nothing, and does not tell whether it exists.
absl::StatusOr<std::optional<std::vector<std::string>>> VisibleUnitsOf(const platform::Call& call,
                                                                       const std::string& unit);

}  // namespace thidua::notify
