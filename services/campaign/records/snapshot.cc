#include "campaign/records/snapshot.h"

#include "campaign/records/convert.h"
#include "campaign/records/store.h"
#include "campaign/snapshot_event.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {

feed::SnapshotSource ReportSnapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    return EachReport(session, [&](const ReportRow& row) -> absl::Status {
      ASSIGN_OR_RETURN(const common::v1::Event event,
                       SnapshotEvent(clock.Today(), "periodic_report", row.report_id,
                                     row.row_version, row.unit_id, ToEvent(row)));
      return emit(event);
    });
  };
}

}  // namespace thidua::campaign::records
