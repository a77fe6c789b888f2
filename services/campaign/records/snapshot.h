// The periodic reports as events, for readers that start anew.
#pragma once

#include "platform/feed/services.h"

namespace thidua::campaign::records {

feed::SnapshotSource ReportSnapshot(const platform::BusinessClock& clock);

}  // namespace thidua::campaign::records
