// The periodic reports as events, for readers that start anew.
#pragma once

#include "platform/feed/services.h"

namespace thidua::campaign::records {

feed::SnapshotSource ReportSnapshot();

}  // namespace thidua::campaign::records
