#include "platform/feed/consumer.h"

#include <atomic>
#include <utility>

#include "absl/synchronization/notification.h"
#include "platform/feed/consumer_core.h"
#include "platform/retry_pace.h"

namespace thidua::feed {
namespace {

class Consumer final : public platform::BackgroundTask {
 public:
  Consumer(ConsumerOptions options, db::Pool& pool, std::unique_ptr<FeedReader> reader,
           const platform::Clock& clock)
      : producer_(options.producer),
        poll_(options.poll),
        log_(options.log),
        reader_(std::move(reader)) {
    if (options.metrics != nullptr) {
      const auto lag = lag_;
      options.metrics->Gauge("feed_consumer_lag", "Events of a feed that are not yet applied here",
                             {{"producer", producer_}},
                             [lag] { return static_cast<double>(lag->load()); });
    }
    core_ = std::make_unique<ConsumerCore>(std::move(options), pool, *reader_, clock);
  }

  std::string name() const override { return ("feed-" + producer_).substr(0, 15); }

  void Run() override {
    platform::RetryPace pace(absl::Milliseconds(200), absl::Seconds(10));
    while (!stopping_.HasBeenNotified()) {
      const absl::StatusOr<bool> more = core_->Round();
      lag_->store(core_->lag());
      if (more.ok()) {
        if (pace.Succeeded() && log_ != nullptr) {
          log_->Info("feed is read again", {{"producer", producer_}});
        }
        if (*more) continue;
        stopping_.WaitForNotificationWithTimeout(poll_);
      } else if (!stopping_.HasBeenNotified()) {
        if (pace.failures() == 0 && log_ != nullptr) {
          log_->Warning(
              "feed cannot be read on",
              {{"producer", producer_}, {"detail", std::string(more.status().message())}});
        }
        stopping_.WaitForNotificationWithTimeout(pace.Failed());
      }
    }
  }

  void Stop() override {
    stopping_.Notify();
    reader_->Cancel();
  }

 private:
  const std::string producer_;
  const absl::Duration poll_;
  const platform::Logger* const log_;
  const std::shared_ptr<std::atomic<int64_t>> lag_ = std::make_shared<std::atomic<int64_t>>(0);
  const std::unique_ptr<FeedReader> reader_;
  std::unique_ptr<ConsumerCore> core_;
  absl::Notification stopping_;
};

}  // namespace

std::unique_ptr<platform::BackgroundTask> NewConsumer(ConsumerOptions options, db::Pool& pool,
                                                      platform::PeerChannel channel,
                                                      const platform::Clock& clock) {
  std::unique_ptr<FeedReader> reader = NewPeerFeed(options.producer, std::move(channel));
  return std::make_unique<Consumer>(std::move(options), pool, std::move(reader), clock);
}

}  // namespace thidua::feed
