// Queueing mails and SMS in the transaction of their inbox items.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "notify/deliveries/rules.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::deliveries {

// A mail or SMS to queue.
struct NewDelivery {
  Channel channel = Channel::kMail;
  std::string item_id;
  std::string notice_id;
  std::string person_id;
  std::string unit_id;
  std::string address;
};

// Queues them. One whose address is none (R-NOT-30, R-NOT-33) is recorded as failed at once, with
// its event, so that somebody can see that a person gets no mail or no SMS.
absl::Status Queue(db::Tx& tx, const feed::Origin& origin,
                   const std::vector<NewDelivery>& deliveries);

}  // namespace thidua::notify::deliveries
