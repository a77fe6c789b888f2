// The launched plans as events, for readers that start anew.
#pragma once

#include "platform/feed/services.h"

namespace thidua::campaign::plans {

feed::SnapshotSource LaunchSnapshot();

}  // namespace thidua::campaign::plans
