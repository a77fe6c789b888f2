// Writing to the feed: one event for one change, in the change's own transaction.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::feed {

// What happened. `payload` is one of the service's events.proto messages (or any message for the
// audit alone); `before` the earlier state or null. unit_id may be empty.
struct Draft {
  std::string aggregate_type;
  std::string aggregate_id;
  int64_t aggregate_version = 1;
  std::string unit_id;
  const google::protobuf::Message* payload = nullptr;
  const google::protobuf::Message* before = nullptr;
  std::string reason;
};

// Who and when, when there is no Call (consumers, timers).
struct Origin {
  std::string actor;  // "service:notify"
  std::string request_id;
  absl::Time machine_now;
  absl::CivilDay business_today;
};

absl::Status Append(db::Tx& tx, const platform::Call& call, const Draft& draft);
absl::Status Append(db::Tx& tx, const Origin& origin, const Draft& draft);

}  // namespace thidua::feed
