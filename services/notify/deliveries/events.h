// What deliveries tell the feed.
#pragma once

#include "absl/status/status.h"
#include "notify/deliveries/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::deliveries {

// The mail server took the mail over.
absl::Status AppendSent(db::Tx& tx, const feed::Origin& origin, const Delivery& delivery);
// The mail was given up; delivery.failure says why.
absl::Status AppendFailed(db::Tx& tx, const feed::Origin& origin, const Delivery& delivery);
// Deliveries of others were shown to the caller.
absl::Status AppendRead(db::Tx& tx, const platform::Call& call, const std::string& query,
                        const std::vector<Delivery>& shown);

}  // namespace thidua::notify::deliveries
