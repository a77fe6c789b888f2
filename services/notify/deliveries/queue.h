// Queueing mails in the transaction of their inbox items.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::deliveries {

// A mail to queue.
struct NewDelivery {
  std::string item_id;
  std::string notice_id;
  std::string person_id;
  std::string unit_id;
  std::string address;
};

// Queues the mails. One whose address is none (R-NOT-30) is recorded as failed at once, with its
// event, so that somebody can see that a person gets no mail.
absl::Status Queue(db::Tx& tx, const feed::Origin& origin, const std::vector<NewDelivery>& mails);

}  // namespace thidua::notify::deliveries
