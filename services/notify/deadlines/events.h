// What deadlines tell the feed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "notify/deadlines/store.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"
#include "thidua/notify/v1/events.pb.h"

namespace thidua::notify::deadlines {

v1::DeadlineChanged ToEvent(const Deadline& deadline);

// The deadline was set, moved, met or re-opened. before: nullopt when it is new.
absl::Status AppendChanged(db::Tx& tx, const feed::Origin& origin, const Deadline& deadline,
                           const std::optional<Deadline>& before);
// The reminder fired; `skipped` are the codes of those it made superfluous.
absl::Status AppendFired(db::Tx& tx, const feed::Origin& origin, const Deadline& deadline,
                         const Reminder& fired, const std::vector<std::string>& skipped);

}  // namespace thidua::notify::deadlines
