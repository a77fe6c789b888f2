// The sender of mails: claims what is due, sends it, records the outcome. Any number of senders may
// run, in one process or several.
//
// An attempt is committed as SENDING before the mail server is spoken to. A sender that dies inside
// a send leaves it so; when its lease has run out another sender takes the mail over, ends the old
// attempt as UNKNOWN and counts a possible repeat. A sender that comes back after its lease ran out
// finds a newer fence and records nothing.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "notify/channels/channel.h"
#include "notify/deliveries/store.h"
#include "platform/background.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"

namespace thidua::notify::deliveries {

struct SenderOptions {
  std::string holder;  // names this sender in the lease
  std::string from_address;
  std::string from_name = "Thi đua cải cách hành chính";
  absl::Duration lease = absl::Seconds(60);       // longer than the channel's longest send
  absl::Duration poll = absl::Milliseconds(200);  // how soon to look again when nothing is due
};

class Sender final : public platform::BackgroundTask {
 public:
  Sender(SenderOptions options, std::unique_ptr<channels::Channel> channel, db::Pool& pool,
         const platform::Clock& clock, const platform::BusinessClock& business,
         platform::MetricsRegistry& metrics, const platform::Logger& log);

  std::string name() const override { return "mail_sender"; }
  void Run() override;
  void Stop() override;

  // Takes one mail that is due through one attempt. False when none was due. For Run and for tests.
  absl::StatusOr<bool> SendOne();

 private:
  absl::StatusOr<std::optional<Delivery>> Claim();
  absl::Status Record(const Delivery& claimed, const channels::SendResult& result);
  // Record again and again while the database is away: a mail that was sent must not be sent twice
  // for that.
  absl::Status RecordPatiently(const Delivery& claimed, const channels::SendResult& result);
  void LookAtBacklog();
  // False when stopping.
  bool Wait(absl::Duration time);

  const SenderOptions options_;
  const std::unique_ptr<channels::Channel> channel_;
  db::Pool& pool_;
  const platform::Clock& clock_;
  const platform::BusinessClock& business_;
  const platform::Logger& log_;
  platform::CounterFamily& attempts_;
  prometheus::Counter& possible_repeats_;
  std::atomic<int64_t> waiting_{0};
  std::atomic<int64_t> oldest_seconds_{0};
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace thidua::notify::deliveries
