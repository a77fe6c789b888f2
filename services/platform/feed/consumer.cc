#include "platform/feed/consumer.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "platform/db/deadline.h"
#include "platform/feed/consumer_core.h"
#include "platform/retry_pace.h"
#include "platform/status.h"

namespace thidua::feed {
namespace {

// How many may ask for a reading: tokens that come back one each kCatchUpEvery.
class Allowance {
 public:
  bool Take(absl::Time now) {
    const absl::Time used = std::max(used_until_, now - kCatchUpEvery * (kCatchUpBurst - 1));
    if (used > now) return false;
    used_until_ = used + kCatchUpEvery;
    return true;
  }

 private:
  absl::Time used_until_ = absl::InfinitePast();
};

class Task final : public Consumer {
 public:
  Task(ConsumerOptions options, db::Pool& pool, std::unique_ptr<FeedReader> reader,
       const platform::Clock& clock)
      : producer_(options.producer),
        poll_(options.poll),
        log_(options.log),
        clock_(clock),
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
    while (!stopping()) {
      const bool first = BeginCatchUp();
      const absl::StatusOr<bool> more = core_->Round(/*include_waiting=*/first);
      lag_->store(core_->lag());
      if (first && more.ok()) catching_up_->target = core_->head();
      EndCatchUp(more);
      if (more.ok()) {
        if (pace.Succeeded() && log_ != nullptr) {
          log_->Info("feed is read again", {{"producer", producer_}});
        }
        if (!*more) AwaitWork(poll_);
      } else if (!stopping()) {
        if (pace.failures() == 0 && log_ != nullptr) {
          log_->Warning(
              "feed cannot be read on",
              {{"producer", producer_}, {"detail", std::string(more.status().message())}});
        }
        AwaitWork(pace.Failed());
      }
    }
  }

  void Stop() override {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    reader_->Cancel();
  }

  absl::Status CatchUp(absl::Time deadline) override {
    // A physical limit on waiting, not a recorded time.
    const absl::Time give_up = std::min(deadline, db::DeadlineIn(kCatchUpLongest));
    absl::MutexLock lock(&mutex_);
    // One that has not begun yet serves this caller as well. Who may not ask for another waits for
    // the one under way, if there is one.
    if (asked_ == begun_ && allowance_.Take(clock_.Now())) ++asked_;
    const int64_t mine = asked_;
    const auto done = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return stopping_ || ended_ >= mine;
    };
    mutex_.AwaitWithDeadline(absl::Condition(&done), give_up);
    return ended_ >= mine ? last_ : NotRead();
  }

 private:
  struct CatchingUp {
    int64_t number;
    std::optional<FeedPlace> target;  // the head as its first round saw it
  };

  absl::Status NotRead() const {
    return platform::Unavailable(
        "FEED_NOT_READ",
        {"Chưa đọc được thay đổi mới nhất của dịch vụ " + producer_ + "; hãy thử lại sau giây lát.",
         "The newest changes of " + producer_ + " could not be read; retry shortly."},
        absl::Seconds(1));
  }

  bool stopping() const {
    absl::MutexLock lock(&mutex_);
    return stopping_;
  }

  // Whether the next round is the first of a catching up.
  bool BeginCatchUp() {
    if (catching_up_.has_value()) return !catching_up_->target.has_value();
    absl::MutexLock lock(&mutex_);
    if (asked_ == begun_) return false;
    begun_ = asked_;
    catching_up_ = CatchingUp{begun_, std::nullopt};
    return true;
  }

  void EndCatchUp(const absl::StatusOr<bool>& more) {
    if (!catching_up_.has_value()) return;
    if (more.ok() && *more) {
      const FeedPlace place = core_->place();
      const FeedPlace& target = *catching_up_->target;
      // In another epoch the snapshot brought more than the target.
      if (place.epoch == target.epoch && place.position < target.position) return;
    }
    absl::MutexLock lock(&mutex_);
    ended_ = catching_up_->number;
    last_ = more.ok() ? absl::OkStatus() : NotRead();
    catching_up_.reset();
  }

  void AwaitWork(absl::Duration longest) {
    absl::MutexLock lock(&mutex_);
    const auto work = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return stopping_ || asked_ > begun_;
    };
    mutex_.AwaitWithTimeout(absl::Condition(&work), longest);
  }

  const std::string producer_;
  const absl::Duration poll_;
  const platform::Logger* const log_;
  const platform::Clock& clock_;
  const std::shared_ptr<std::atomic<int64_t>> lag_ = std::make_shared<std::atomic<int64_t>>(0);
  const std::unique_ptr<FeedReader> reader_;
  std::unique_ptr<ConsumerCore> core_;
  std::optional<CatchingUp> catching_up_;  // of the running thread
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  Allowance allowance_ ABSL_GUARDED_BY(mutex_);
  // Catchings up are numbered from 1: asked for, begun, ended.
  int64_t asked_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t begun_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t ended_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status last_ ABSL_GUARDED_BY(mutex_);  // of the last that ended
};

}  // namespace

std::unique_ptr<Consumer> NewConsumer(ConsumerOptions options, db::Pool& pool,
                                      platform::PeerChannel channel, const platform::Clock& clock) {
  std::unique_ptr<FeedReader> reader = NewPeerFeed(options.producer, std::move(channel));
  return NewConsumerOf(std::move(options), pool, std::move(reader), clock);
}

std::unique_ptr<Consumer> NewConsumerOf(ConsumerOptions options, db::Pool& pool,
                                        std::unique_ptr<FeedReader> reader,
                                        const platform::Clock& clock) {
  return std::make_unique<Task>(std::move(options), pool, std::move(reader), clock);
}

}  // namespace thidua::feed
