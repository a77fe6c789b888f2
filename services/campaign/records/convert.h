// Reports as contract messages.
#pragma once

#include "absl/time/civil_time.h"
#include "campaign/records/store.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/campaign/v1/record_service.pb.h"

namespace thidua::campaign::records {

// The state is that of `today`.
v1::PeriodicReport ToProto(const ReportRow& row, absl::CivilDay today);
v1::PeriodicReportRecorded ToEvent(const ReportRow& row);

}  // namespace thidua::campaign::records
