#include "platform/feed/sequencer.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "absl/synchronization/notification.h"
#include "platform/db/deadline.h"
#include "platform/feed/event_row.h"
#include "platform/feed/tree_head_store.h"
#include "platform/retry_pace.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

constexpr absl::Duration kRound = absl::Seconds(10);  // longest time in the database
constexpr absl::Duration kMeasure = absl::Seconds(1);

// What the gauges show; outlives the task, because the registry does.
struct Readings {
  std::atomic<int64_t> unnumbered{0};
  std::atomic<double> oldest_seconds{0};
  std::atomic<int64_t> position{0};
  std::atomic<int64_t> signed_position{0};
};

class Sequencer final : public platform::BackgroundTask {
 public:
  Sequencer(SequencerOptions options, db::Pool& pool, std::shared_ptr<platform::SigningKey> key,
            const platform::Clock& clock, platform::MetricsRegistry& metrics)
      : options_(std::move(options)),
        pool_(pool),
        key_(std::move(key)),
        clock_(clock),
        copy_(options_.tree_head_file),
        failures_(metrics
                      .Counters("feed_sequencer_failures_total",
                                "Rounds of the sequencer that failed and will be repeated")
                      .Add({})) {
    const std::shared_ptr<Readings> readings = readings_;
    metrics.Gauge("feed_unnumbered", "Events that are committed and wait for a place", {},
                  [readings] { return static_cast<double>(readings->unnumbered.load()); });
    metrics.Gauge("feed_oldest_unnumbered_age_seconds", "Age of the oldest of them", {},
                  [readings] { return readings->oldest_seconds.load(); });
    metrics.Gauge("feed_position", "The last place given", {},
                  [readings] { return static_cast<double>(readings->position.load()); });
    metrics.Gauge("feed_signed_position", "The last place that a signed tree head covers", {},
                  [readings] { return static_cast<double>(readings->signed_position.load()); });
  }

  std::string name() const override { return "sequencer"; }

  void Run() override {
    platform::RetryPace pace(absl::Milliseconds(100), absl::Seconds(2));
    while (!stopping_.HasBeenNotified()) {
      const absl::StatusOr<bool> more = Round();
      if (more.ok()) {
        if (pace.Succeeded() && options_.log != nullptr)
          options_.log->Info("sequencer works again");
        if (*more) continue;
        stopping_.WaitForNotificationWithTimeout(options_.poll);
      } else {
        failures_.Increment();
        if (pace.failures() == 0 && options_.log != nullptr) {
          options_.log->Warning("sequencer failed",
                                {{"detail", std::string(more.status().message())}});
        }
        stopping_.WaitForNotificationWithTimeout(pace.Failed());
      }
    }
    GiveLeaseBack();
  }

  void Stop() override { stopping_.Notify(); }

 private:
  // True when a full batch was numbered, so that more is likely to wait.
  absl::StatusOr<bool> Round() {
    // A physical limit on one round of work, not a recorded time.
    const absl::Time deadline = db::DeadlineIn(kRound);
    bool more = false;
    ASSIGN_OR_RETURN(const bool ours, HoldLease(deadline));
    if (ours) {
      ASSIGN_OR_RETURN(const int numbered, SequenceOnce(pool_, options_.batch, deadline));
      more = numbered >= options_.batch;
      const absl::Time now = clock_.Now();
      if (now >= next_signature_) {
        ASSIGN_OR_RETURN(const bool grown, SignIfGrown(pool_, *key_, now, deadline));
        if (grown) next_signature_ = now + options_.sign_interval;
      }
    }
    if (clock_.Now() >= next_copy_ && !options_.tree_head_file.empty()) {
      RETURN_IF_ERROR(copy_.CatchUp(pool_, deadline));
      next_copy_ = clock_.Now() + std::min(options_.sign_interval, absl::Seconds(1));
    }
    if (clock_.Now() >= next_measure_) {
      RETURN_IF_ERROR(Measure(deadline));
      next_measure_ = clock_.Now() + kMeasure;
    }
    return more;
  }

  // Takes or prolongs the lease when it is free, ours or over. Written at most twice a lease.
  absl::StatusOr<bool> HoldLease(absl::Time deadline) {
    const absl::Time now = clock_.Now();
    if (lease_until_ - now > options_.lease / 2) return true;
    if (now < next_lease_) return false;
    const absl::Time until = now + options_.lease;
    bool ours = false;
    RETURN_IF_ERROR(pool_.InTransaction(deadline, [&](db::Tx& tx) -> absl::Status {
      ASSIGN_OR_RETURN(const int64_t taken,
                       tx.Execute("UPDATE feed_head SET lease_holder = ?, lease_until = ? "
                                  "WHERE id = 1 AND (lease_holder IN ('', ?) "
                                  "OR lease_until IS NULL OR lease_until < ?)",
                                  options_.holder, until, options_.holder, now));
      ours = taken == 1;
      return absl::OkStatus();
    }));
    lease_until_ = ours ? until : absl::InfinitePast();
    next_lease_ = ours ? absl::InfinitePast() : now + options_.lease / 4;
    return ours;
  }

  // So that another process need not wait for the lease to end. When this fails, it waits.
  void GiveLeaseBack() {
    if (lease_until_ == absl::InfinitePast()) return;
    pool_
        .InTransaction(db::DeadlineIn(absl::Seconds(2)),
                       [&](db::Tx& tx) {
                         return tx
                             .Execute(
                                 "UPDATE feed_head SET lease_holder = '', lease_until = NULL "
                                 "WHERE id = 1 AND lease_holder = ?",
                                 options_.holder)
                             .status();
                       })
        .IgnoreError();
  }

  absl::Status Measure(absl::Time deadline) {
    struct Backlog {
      int64_t count;
      std::optional<absl::Time> oldest;
    };
    return pool_.ReadOnly(deadline, [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(const Head head, ReadHead(session));
      ASSIGN_OR_RETURN(
          const auto backlog,
          session.QueryOptional<Backlog>(
              [](const db::Row& row) {
                return Backlog{row.Get<int64_t>(0), row.Get<std::optional<absl::Time>>(1)};
              },
              "SELECT COUNT(*), MIN(occurred_at) FROM events WHERE position IS NULL"));
      ASSIGN_OR_RETURN(
          const std::optional<int64_t> signed_position,
          session.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                         "SELECT tree_size FROM tree_heads WHERE epoch = ? "
                                         "ORDER BY tree_size DESC LIMIT 1",
                                         head.epoch));
      readings_->signed_position.store(signed_position.value_or(0));
      readings_->position.store(head.position);
      readings_->unnumbered.store(backlog->count);
      readings_->oldest_seconds.store(
          backlog->oldest.has_value()
              ? std::max(0.0, absl::ToDoubleSeconds(clock_.Now() - *backlog->oldest))
              : 0.0);
      return absl::OkStatus();
    });
  }

  const SequencerOptions options_;
  db::Pool& pool_;
  const std::shared_ptr<platform::SigningKey> key_;
  const platform::Clock& clock_;
  const std::shared_ptr<Readings> readings_ = std::make_shared<Readings>();
  TreeHeadCopy copy_;
  prometheus::Counter& failures_;
  absl::Notification stopping_;
  absl::Time lease_until_ = absl::InfinitePast();
  absl::Time next_lease_ = absl::InfinitePast();
  absl::Time next_signature_ = absl::InfinitePast();
  absl::Time next_copy_ = absl::InfinitePast();
  absl::Time next_measure_ = absl::InfinitePast();
};

}  // namespace

std::unique_ptr<platform::BackgroundTask> NewSequencer(SequencerOptions options, db::Pool& pool,
                                                       std::shared_ptr<platform::SigningKey> key,
                                                       const platform::Clock& clock,
                                                       platform::MetricsRegistry& metrics) {
  return std::make_unique<Sequencer>(std::move(options), pool, std::move(key), clock, metrics);
}

}  // namespace thidua::feed
