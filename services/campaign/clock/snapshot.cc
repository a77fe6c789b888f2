#include "campaign/clock/snapshot.h"

#include "campaign/snapshot_event.h"
#include "platform/db/business_time.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::campaign::clock {

feed::SnapshotSource BusinessTimeSnapshot(const platform::Clock& machine) {
  return
      [&machine](db::Session& session,
                 absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
        ASSIGN_OR_RETURN(const absl::Duration offset, db::ReadBusinessOffset(session));
        v1::BusinessTimeSet payload;
        const absl::Time business_now = machine.Now() + offset;
        *payload.mutable_business_time() = platform::ToTimestamp(business_now);
        payload.set_offset_ms(absl::ToInt64Milliseconds(offset));
        ASSIGN_OR_RETURN(const common::v1::Event event,
                         SnapshotEvent(absl::ToCivilDay(business_now, platform::VietnamTime()),
                                       "business_time", "business_time", 1, "", payload));
        return emit(event);
      };
}

}  // namespace thidua::campaign::clock
