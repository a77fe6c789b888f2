// Issues as events, for readers that start anew.
#pragma once

#include "platform/feed/services.h"

namespace thidua::campaign::issues {

feed::SnapshotSource IssueSnapshot(const platform::BusinessClock& clock);

}  // namespace thidua::campaign::issues
