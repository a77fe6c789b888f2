// Business time as stored: for readers that start anew, and for a second process over the same
// tables.
#pragma once

#include <memory>

#include "platform/background.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/feed/services.h"

namespace thidua::campaign::clock {

// Puts the stored offset into `business`; call once before the server starts.
absl::Status LoadOffset(db::Pool& pool, platform::BusinessClock& business, absl::Time deadline);

// Follows the stored offset, which another process may have moved.
std::unique_ptr<platform::BackgroundTask> NewOffsetFollower(db::Pool& pool,
                                                            platform::BusinessClock& business,
                                                            const platform::Clock& machine);

feed::SnapshotSource BusinessTimeSnapshot(const platform::Clock& machine);

}  // namespace thidua::campaign::clock
