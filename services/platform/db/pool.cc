#include "platform/db/pool.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "platform/db/connection.h"
#include "platform/db/errors.h"
#include "platform/db/leased_session.h"
#include "platform/executor.h"
#include "platform/status.h"

namespace thidua::db {
namespace {

constexpr int kAttempts = 4;
// A connection that rested longer is asked whether it still lives before it is given out for
// reading; in a transaction START TRANSACTION itself tells.
constexpr absl::Duration kTrustedRest = absl::Milliseconds(200);

struct Idle {
  std::unique_ptr<Connection> connection;
  absl::Time since;
  absl::Time expires;
};

class PoolImpl final : public Pool {
 public:
  explicit PoolImpl(Options options) : options_(std::move(options)) {}

  absl::Status InTransaction(absl::Time deadline,
                             absl::FunctionRef<absl::Status(Tx&)> body) override;
  absl::Status ReadOnly(absl::Time deadline,
                        absl::FunctionRef<absl::Status(Session&)> body) override;
  absl::Status Snapshot(absl::Time deadline,
                        absl::FunctionRef<absl::Status(Session&)> body) override;
  absl::Status Autocommit(absl::Time deadline,
                          absl::FunctionRef<absl::Status(Session&)> body) override;
  absl::Status Ping(absl::Time deadline) override;
  PoolStats stats() const override;

 private:
  class Lease;
  // One connection, new or used. Waits while all are out.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);
  // The same, and has run `start` on it: a connection that proves dead is replaced.
  absl::StatusOr<Lease> AcquireStarted(absl::Time deadline, const char* start);
  absl::StatusOr<Lease> AcquireAlive(absl::Time deadline);
  void GiveBack(Idle idle);
  void Discarded();
  // After a lost connection the resting ones are no better.
  void DropIdle();
  absl::Duration Jitter(absl::Duration up_to);
  bool HasConnection() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return !idle_.empty() || open_ < options_.connections;
  }

  const Options options_;
  mutable absl::Mutex mutex_;
  std::vector<Idle> idle_ ABSL_GUARDED_BY(mutex_);  // the last one is the last used
  int open_ ABSL_GUARDED_BY(mutex_) = 0;            // given out, resting or being opened
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t discarded_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t retries_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::BitGen random_ ABSL_GUARDED_BY(mutex_);
};

// A connection that goes back to the pool only when it is said to be clean; on every other way out
// of a scope, exceptions too, it is closed.
class PoolImpl::Lease {
 public:
  Lease(PoolImpl* pool, Idle idle) : pool_(pool), idle_(std::move(idle)) {}
  Lease(Lease&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)), idle_(std::move(other.idle_)) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease() {
    if (pool_ == nullptr) return;
    idle_.connection.reset();
    pool_->Discarded();
  }
  Connection& operator*() { return *idle_.connection; }
  Connection* operator->() { return idle_.connection.get(); }
  absl::Time rested_since() const { return idle_.since; }
  void GiveBack() { std::exchange(pool_, nullptr)->GiveBack(std::move(idle_)); }
  void GiveBackUnlessBroken(Fault fault) {
    if (SessionSurvives(fault)) return GiveBack();
    if (fault == Fault::kUnavailable) pool_->DropIdle();
  }

 private:
  PoolImpl* pool_;
  Idle idle_;
};

absl::StatusOr<PoolImpl::Lease> PoolImpl::Acquire(absl::Time deadline) {
  if (options_.require_worker_thread && !platform::Executor::OnWorker()) return NotAWorkerThread();
  std::vector<Idle> expired;  // closed outside the lock
  {
    absl::MutexLock lock(&mutex_);
    ++waiting_;
    const bool has_one =
        mutex_.AwaitWithDeadline(absl::Condition(this, &PoolImpl::HasConnection), deadline);
    --waiting_;
    if (!has_one) return NoConnectionInTime();
    const absl::Time now = absl::Now();
    while (!idle_.empty()) {
      Idle idle = std::move(idle_.back());
      idle_.pop_back();
      if (idle.expires > now) return Lease(this, std::move(idle));
      --open_;
      expired.push_back(std::move(idle));
    }
    ++open_;
  }
  expired.clear();
  absl::StatusOr<std::unique_ptr<Connection>> opened = Connection::Open(options_, deadline);
  if (!opened.ok()) {
    absl::MutexLock lock(&mutex_);
    --open_;
    return opened.status();
  }
  const absl::Time now = absl::Now();
  // Not all at the same moment.
  const absl::Time expires = now + options_.max_age - Jitter(options_.max_age / 10);
  return Lease(this, Idle{*std::move(opened), now, expires});
}

absl::StatusOr<PoolImpl::Lease> PoolImpl::AcquireStarted(absl::Time deadline, const char* start) {
  for (bool again = true;; again = false) {
    absl::StatusOr<Lease> lease = Acquire(deadline);
    if (!lease.ok()) return lease.status();
    const Outcome outcome = (*lease)->Control(start);
    if (outcome.ok()) return lease;
    if (outcome.fault == Fault::kUnavailable) DropIdle();
    if (outcome.fault != Fault::kUnavailable || !again) return outcome.status;
  }
}

absl::StatusOr<PoolImpl::Lease> PoolImpl::AcquireAlive(absl::Time deadline) {
  for (;;) {
    absl::StatusOr<Lease> lease = Acquire(deadline);
    if (!lease.ok()) return lease.status();
    if (absl::Now() - lease->rested_since() < kTrustedRest || (*lease)->Alive()) return lease;
    DropIdle();  // the next one is new
  }
}

void PoolImpl::GiveBack(Idle idle) {
  idle.since = absl::Now();
  absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(idle));
}

void PoolImpl::Discarded() {
  absl::MutexLock lock(&mutex_);
  --open_;
  ++discarded_;
}

void PoolImpl::DropIdle() {
  std::vector<Idle> dropped;
  absl::MutexLock lock(&mutex_);
  dropped.swap(idle_);
  open_ -= static_cast<int>(dropped.size());
  discarded_ += static_cast<int64_t>(dropped.size());
}

absl::Duration PoolImpl::Jitter(absl::Duration up_to) {
  absl::MutexLock lock(&mutex_);
  return up_to * absl::Uniform(random_, 0.0, 1.0);
}

absl::Status PoolImpl::InTransaction(absl::Time deadline,
                                     absl::FunctionRef<absl::Status(Tx&)> body) {
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<Lease> lease = AcquireStarted(deadline, "START TRANSACTION");
    if (!lease.ok()) return lease.status();
    LeasedSession session(**lease, deadline, options_.io_timeout, LeasedSession::Use::kWrite);
    absl::Status status = body(session);
    Fault fault = session.fault();
    if (status.ok()) status = session.doom();
    if (status.ok() && absl::Now() >= deadline) status = DeadlineBeforeStatement();
    if (status.ok()) {
      const Outcome commit = (*lease)->Control("COMMIT");
      if (commit.ok()) {
        lease->GiveBack();
        return absl::OkStatus();
      }
      fault = commit.fault;
      status = fault == Fault::kConflict ? commit.status : CommitOutcomeUnknown(commit.code);
      // The connection is not given back: what it did is not known.
      if (fault != Fault::kConflict) {
        DropIdle();
        return status;
      }
    }
    if (SessionSurvives(fault) && (*lease)->Control("ROLLBACK").ok()) {
      lease->GiveBack();
    } else if (fault == Fault::kUnavailable) {
      DropIdle();
    }
    if (fault != Fault::kConflict) return status;
    const absl::Duration pause = Jitter(absl::Milliseconds(5 << attempt));
    if (attempt == kAttempts || absl::Now() + pause >= deadline) return StillInConflict();
    {
      absl::MutexLock lock(&mutex_);
      ++retries_;
    }
    absl::SleepFor(pause);  // apart from the one it met
  }
}

absl::Status PoolImpl::ReadOnly(absl::Time deadline,
                                absl::FunctionRef<absl::Status(Session&)> body) {
  absl::StatusOr<Lease> lease = AcquireAlive(deadline);
  if (!lease.ok()) return lease.status();
  LeasedSession session(**lease, deadline, options_.io_timeout, LeasedSession::Use::kRead);
  absl::Status status = body(session);
  lease->GiveBackUnlessBroken(session.fault());
  return status.ok() ? session.doom() : status;
}

absl::Status PoolImpl::Snapshot(absl::Time deadline,
                                absl::FunctionRef<absl::Status(Session&)> body) {
  absl::StatusOr<Lease> lease =
      AcquireStarted(deadline, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  if (!lease.ok()) return lease.status();
  // It locks nothing, and may wait for whoever takes what it reads.
  for (const char* sql : {"SET SESSION idle_readonly_transaction_timeout = 0",
                          "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"}) {
    if (const Outcome outcome = (*lease)->Control(sql); !outcome.ok()) return outcome.status;
  }
  LeasedSession session(**lease, deadline, options_.io_timeout, LeasedSession::Use::kRead);
  absl::Status status = body(session);
  const Fault fault = session.fault();
  const std::string limit_again =
      absl::StrCat("SET SESSION idle_readonly_transaction_timeout = ",
                   absl::ToInt64Seconds(absl::Ceil(options_.longest_standstill, absl::Seconds(1))));
  if (SessionSurvives(fault) && (*lease)->Control("ROLLBACK").ok() &&
      (*lease)->Control(limit_again.c_str()).ok()) {
    lease->GiveBack();
  }
  if (fault == Fault::kUnavailable) DropIdle();
  return status.ok() ? session.doom() : status;
}

absl::Status PoolImpl::Autocommit(absl::Time deadline,
                                  absl::FunctionRef<absl::Status(Session&)> body) {
  absl::StatusOr<Lease> lease = AcquireAlive(deadline);
  if (!lease.ok()) return lease.status();
  LeasedSession session(**lease, deadline, options_.io_timeout, LeasedSession::Use::kWrite);
  absl::Status status = body(session);
  lease->GiveBackUnlessBroken(session.fault());
  return status.ok() ? session.doom() : status;
}

absl::Status PoolImpl::Ping(absl::Time deadline) {
  return ReadOnly(deadline, [](Session& session) {
    return session.Query([](const Row&) { return absl::OkStatus(); }, "SELECT 1");
  });
}

PoolStats PoolImpl::stats() const {
  absl::MutexLock lock(&mutex_);
  PoolStats stats;
  stats.limit = options_.connections;
  stats.open = open_;
  stats.idle = static_cast<int>(idle_.size());
  stats.waiting = waiting_;
  stats.discarded = discarded_;
  stats.transaction_retries = retries_;
  return stats;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Pool>> Pool::Create(Options options) {
  std::vector<platform::FieldViolation> wrong;
  auto require = [&](bool fine, const char* field, const char* vi, const char* en) {
    if (!fine) wrong.push_back({field, "OPTION_INVALID", {vi, en}});
  };
  require(!options.schema.empty(), "schema", "Chưa nêu tên lược đồ.", "The schema is not named.");
  require(!options.user.empty(), "user", "Chưa nêu người dùng.", "The user is not named.");
  require(options.connections >= 1 && options.connections <= 200, "connections",
          "Số kết nối phải từ 1 đến 200.", "The number of connections must be 1 to 200.");
  require(!options.socket.empty() || !options.host.empty(), "host", "Chưa nêu máy chủ hay socket.",
          "Neither host nor socket is given.");
  require(!options.socket.empty() || (options.port >= 1 && options.port <= 65535), "port",
          "Cổng phải từ 1 đến 65535.", "The port must be 1 to 65535.");
  require(options.socket.empty() || options.tls_ca_file.empty(), "tls_ca_file",
          "TLS chỉ dùng với máy chủ và cổng, không dùng với socket.",
          "TLS goes with host and port, not with a socket.");
  for (const auto& [duration, field] :
       {std::pair(options.connect_timeout, "connect_timeout"),
        std::pair(options.io_timeout, "io_timeout"), std::pair(options.lock_wait, "lock_wait"),
        std::pair(options.longest_standstill, "longest_standstill"),
        std::pair(options.max_age, "max_age")}) {
    require(duration > absl::ZeroDuration() && duration < absl::Hours(1000), field,
            "Khoảng thời gian phải lớn hơn 0.", "The duration must be above 0.");
  }
  if (!wrong.empty()) return platform::InvalidFields(std::move(wrong));
  return std::make_unique<PoolImpl>(std::move(options));
}

}  // namespace thidua::db
