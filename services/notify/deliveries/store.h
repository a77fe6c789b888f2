// The tables deliveries and delivery_attempts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "notify/deliveries/rules.h"
#include "platform/db/session.h"

namespace thidua::notify::deliveries {

// A row of deliveries, and of the notice what a mail or SMS needs.
struct Delivery {
  std::string id;
  std::string item_id;
  std::string notice_id;
  std::string person_id;
  std::string unit_id;
  Channel channel = Channel::kMail;
  std::string address;  // mail address, or number as NormalisePhone writes it
  std::string message_id;
  std::string state;  // PENDING, SENDING, SENT, FAILED
  int32_t attempts = 0;
  int32_t possible_repeats = 0;
  std::optional<absl::Time> due_at;  // PENDING: next attempt; SENDING: end of the lease
  int64_t fence = 0;
  std::string failure;
  std::string last_error;
  absl::Time created_at;
  std::optional<absl::Time> sent_at;
  std::string subject;  // of the notice; read only
  std::string body;
  std::string sms;
};

// A row of delivery_attempts.
struct Attempt {
  int32_t number = 0;
  std::string outcome;  // SENDING, SENT, TRANSIENT, PERMANENT, UNKNOWN
  std::string detail;
  absl::Time started_at;
  std::optional<absl::Time> ended_at;
};

absl::Status InsertDeliveries(db::Tx& tx, const std::vector<Delivery>& deliveries);

// The delivery of the channel that has waited longest: pending and due, or sending with a lease
// that ran out. Locked; those that others hold are passed over. nullopt when there is none.
absl::StatusOr<std::optional<Delivery>> LockNextDue(db::Tx& tx, Channel channel, absl::Time now);
// When SMS to the number were sent since a time, or an attempt is under way (then: now).
absl::StatusOr<std::vector<absl::Time>> SentTo(db::Session& session, const std::string& number,
                                               absl::Time since, absl::Time now);
// How many wait or are under way, and since when the oldest of them.
struct Backlog {
  int64_t waiting = 0;
  std::optional<absl::Time> oldest;
};
absl::StatusOr<Backlog> ReadBacklog(db::Session& session, Channel channel);
// Writes state, attempts, possible_repeats, due_at, fence, failure, last_error and sent_at, and the
// holder of the lease, under a row that LockNextDue locked.
absl::Status UpdateClaimed(db::Tx& tx, const Delivery& delivery, const std::string& holder);
// The same when the row is still SENDING under `fence`; false when another sender has taken over.
absl::StatusOr<bool> UpdateIfHeld(db::Tx& tx, const Delivery& delivery, int64_t fence);

absl::Status InsertAttempt(db::Tx& tx, const std::string& delivery_id, const Attempt& attempt);
// Ends an attempt that is under way.
absl::Status EndAttempt(db::Tx& tx, const std::string& delivery_id, const Attempt& attempt);
absl::StatusOr<std::vector<Attempt>> ListAttempts(db::Session& session,
                                                  const std::string& delivery_id);

// Which deliveries a list shows. units: nullopt means all.
struct DeliveryFilter {
  std::optional<std::vector<std::string>> units;
  std::optional<std::string> state;
  std::optional<Channel> channel;
  std::string before_id;  // empty: from the newest
  int limit = 0;
};
// Newest first.
absl::StatusOr<std::vector<Delivery>> ListDeliveries(db::Session& session,
                                                     const DeliveryFilter& filter);
absl::StatusOr<std::optional<Delivery>> FindDelivery(db::Session& session, const std::string& id);

struct DeliveryCounts {
  int64_t sent = 0;
  int64_t pending = 0;
  int64_t failed = 0;
  int64_t possible_repeats = 0;
  int64_t attempts = 0;
};
absl::StatusOr<DeliveryCounts> CountDeliveries(db::Session& session,
                                               const std::optional<std::vector<std::string>>& units,
                                               std::optional<Channel> channel);

}  // namespace thidua::notify::deliveries
