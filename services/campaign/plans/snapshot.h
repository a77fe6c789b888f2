// Plans as events, for readers that start anew.
#pragma once

#include "platform/feed/services.h"

namespace thidua::campaign::plans {

// The launched ones.
feed::SnapshotSource LaunchSnapshot();
// The tasks of all plans.
feed::SnapshotSource TaskSnapshot(const platform::BusinessClock& clock);

}  // namespace thidua::campaign::plans
