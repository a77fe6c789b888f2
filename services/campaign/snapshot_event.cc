#include "campaign/snapshot_event.h"

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"

namespace thidua::campaign {

absl::StatusOr<common::v1::Event> SnapshotEvent(absl::CivilDay day,
                                                const std::string& aggregate_type,
                                                const std::string& aggregate_id, int64_t version,
                                                const std::string& unit_id,
                                                const google::protobuf::Message& payload) {
  common::v1::Event event;
  event.set_type(payload.GetDescriptor()->full_name());
  event.set_aggregate_type(aggregate_type);
  event.set_aggregate_id(aggregate_id);
  event.set_aggregate_version(version);
  event.set_unit_id(unit_id);
  event.set_business_date(platform::FormatDate(day));
  ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(payload));
  return event;
}

}  // namespace thidua::campaign
