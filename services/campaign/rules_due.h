// Due dates of whatever is to be done.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/civil_time.h"

namespace thidua::campaign {

// R-DUE-01 Days are counted from today to the due date, which is in time itself; they are negative
// once it has passed. Without a due date there are none, and nothing is late.
inline int32_t DaysLeft(const std::optional<absl::CivilDay>& due, absl::CivilDay today) {
  return due ? static_cast<int32_t>(*due - today) : 0;
}
inline bool IsPast(const std::optional<absl::CivilDay>& due, absl::CivilDay today) {
  return due && today > *due;
}

}  // namespace thidua::campaign
