// Moving the single row of business_time (read by db::ReadBusinessOffset).
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"

namespace thidua::campaign::clock {

// Locks the row, so that two settings follow one another.
absl::StatusOr<int64_t> LockOffset(db::Tx& tx);
absl::Status WriteOffset(db::Tx& tx, int64_t offset_ms);

}  // namespace thidua::campaign::clock
