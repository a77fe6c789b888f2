// Business time for readers that start anew.
#pragma once

#include "platform/clock.h"
#include "platform/feed/services.h"

namespace thidua::campaign::clock {

feed::SnapshotSource BusinessTimeSnapshot(const platform::Clock& machine);

}  // namespace thidua::campaign::clock
