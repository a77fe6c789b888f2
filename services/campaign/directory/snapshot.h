// The present units and people as events, for readers that start anew.
#pragma once

#include "platform/clock.h"
#include "platform/feed/services.h"

namespace thidua::campaign::directory {

feed::SnapshotSource UnitSnapshot(const platform::BusinessClock& clock);
feed::SnapshotSource PersonSnapshot(const platform::BusinessClock& clock);

}  // namespace thidua::campaign::directory
