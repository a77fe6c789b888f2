// The sender of the mails or of the SMS: claims what is due, has it carried, records the outcome.
// Any number of senders may run, in one process or several.
//
// An attempt is committed as SENDING before the other side is spoken to. A sender that dies inside
// a send leaves it so; when its lease has run out another sender takes the delivery over, ends the
// old attempt as UNKNOWN and counts a possible repeat. A sender that comes back after its lease ran
// out finds a newer fence and records nothing.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "notify/deliveries/carrier.h"
#include "notify/deliveries/store.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/polling_task.h"

namespace thidua::notify::deliveries {

struct SenderOptions {
  std::string holder;                             // names this sender in the lease
  int most_to_number = 0;                         // SMS in an hour (R-NOT-24); 0: no limit
  absl::Duration lease = absl::Seconds(60);       // longer than the channel's longest send
  absl::Duration poll = absl::Milliseconds(200);  // how soon to look again when nothing is due
};

class Sender final : public platform::PollingTask {
 public:
  Sender(SenderOptions options, std::unique_ptr<Carrier> carrier, db::Pool& pool,
         const platform::Clock& clock, const platform::BusinessClock& business,
         platform::MetricsRegistry& metrics, const platform::Logger& log);

  std::string name() const override { return word_ + "_sender"; }

  // Takes one delivery that is due through one attempt. False when none was due. For rounds and
  // for tests.
  absl::StatusOr<bool> SendOne();

 private:
  absl::StatusOr<bool> Round() override;
  absl::StatusOr<std::optional<Delivery>> Claim();
  absl::Status Record(const Delivery& claimed, const channels::SendResult& result);
  // Record again and again while the database is away: what was sent must not be sent twice for
  // that.
  absl::Status RecordPatiently(const Delivery& claimed, const channels::SendResult& result);
  void LookAtBacklog();

  // When the number has had its share (R-NOT-24): claimed waits on instead.
  absl::StatusOr<bool> Postpone(db::Tx& tx, Delivery& claimed, absl::Time now);

  const SenderOptions options_;
  const std::unique_ptr<Carrier> carrier_;
  const std::string word_;  // "mail" or "sms"
  db::Pool& pool_;
  const platform::Clock& clock_;
  const platform::BusinessClock& business_;
  platform::CounterFamily& attempts_;
  prometheus::Counter& possible_repeats_;
  std::atomic<int64_t> waiting_{0};
  std::atomic<int64_t> oldest_seconds_{0};
  absl::Time looked_ = absl::InfinitePast();  // at the backlog; of Round alone
};

}  // namespace thidua::notify::deliveries
