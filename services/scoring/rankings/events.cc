#include "scoring/rankings/events.h"

#include <string>
#include <vector>

#include "platform/clock.h"
#include "platform/json.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"
#include "scoring/rankings/convert.h"
#include "scoring/rankings/publish.h"

namespace thidua::scoring::rankings {

absl::Status WriteSnapshot(db::Session& session,
                           absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, Store::CurrentIds(session));
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(const Published published, LoadPublished(session, id));
    v1::RankingPublished payload;
    ToProto(published.row, published.ranked, payload);
    common::v1::Event event;
    event.set_type(payload.GetDescriptor()->full_name());
    event.set_aggregate_type("publication");
    event.set_aggregate_id(id);
    event.set_aggregate_version(1);
    event.set_unit_id(published.row.unit_id);
    event.set_actor(published.row.published_by);
    *event.mutable_occur_time() = platform::ToTimestamp(published.row.published_at);
    event.set_business_date(platform::FormatDate(published.row.publish_date));
    ASSIGN_OR_RETURN(*event.mutable_payload_json(), platform::ToJson(payload));
    RETURN_IF_ERROR(emit(event));
  }
  return absl::OkStatus();
}

}  // namespace thidua::scoring::rankings
