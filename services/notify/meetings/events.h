// What meetings tell the feed.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "notify/meetings/store.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::meetings {

// The reminder fired; `skipped` are the codes of those it made superfluous.
absl::Status AppendFired(db::Tx& tx, const feed::Origin& origin, const Meeting& meeting,
                         const Reminder& fired, const std::vector<std::string>& skipped);

}  // namespace thidua::notify::meetings
