#include "platform/feed/event_row.h"

#include <optional>
#include <utility>

#include "platform/clock.h"
#include "platform/feed/leaf.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/timestamp.h"

namespace thidua::feed {

common::v1::Event ReadEvent(const db::Row& row) {
  common::v1::Event event;
  event.set_id(row.Get<std::string>(0));
  event.set_position(row.Get<std::optional<int64_t>>(1).value_or(0));
  event.set_type(row.Get<std::string>(2));
  event.set_aggregate_type(row.Get<std::string>(3));
  event.set_aggregate_id(row.Get<std::string>(4));
  event.set_aggregate_version(row.Get<int64_t>(5));
  event.set_unit_id(row.Get<std::string>(6));
  event.set_actor(row.Get<std::string>(7));
  *event.mutable_occur_time() = platform::ToTimestamp(row.Get<absl::Time>(8));
  event.set_business_date(platform::FormatDate(row.Get<absl::CivilDay>(9)));
  event.set_payload_json(row.Get<std::string>(10));
  event.set_before_json(row.Get<std::optional<std::string>>(11).value_or(""));
  event.set_reason(row.Get<std::string>(12));
  event.set_request_id(row.Get<std::string>(13));
  return event;
}

absl::StatusOr<Head> ReadHead(db::Session& session) {
  ASSIGN_OR_RETURN(std::optional<Head> head,
                   session.QueryOptional<Head>(
                       [](const db::Row& row) {
                         return Head{.epoch = row.Get<std::string>(0),
                                     .position = row.Get<int64_t>(1),
                                     .frontier = row.Get<std::string>(2)};
                       },
                       "SELECT epoch, position, frontier FROM feed_head WHERE id = 1"));
  if (!head.has_value()) return platform::Internal("feed_head has no row: is the schema migrated?");
  return *std::move(head);
}

}  // namespace thidua::feed
