// Rows of the table `events` as Event messages.
#pragma once

#include <string>

#include "platform/db/session.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// What ReadEvent expects to be selected, in its order. `before_payload` NULL and an unnumbered
// position read as the field's default.
inline constexpr char kEventColumns[] =
    "event_id, position, type, aggregate_type, aggregate_id, aggregate_version, unit_id, actor, "
    "occurred_at, business_date, payload, before_payload, reason, request_id";
inline constexpr int kEventColumnCount = 14;

common::v1::Event ReadEvent(const db::Row& row);

// Where the feed stands: the one row of feed_head.
struct Head {
  std::string epoch;
  int64_t position = 0;
  std::string frontier;
};
absl::StatusOr<Head> ReadHead(db::Session& session);

}  // namespace thidua::feed
