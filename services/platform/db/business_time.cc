#include "platform/db/business_time.h"

#include <algorithm>
#include <atomic>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "platform/clock.h"
#include "platform/db/deadline.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::db {
namespace {

constexpr absl::Duration kCall = absl::Seconds(30);  // at most: streams go on for long
constexpr absl::Duration kRound = absl::Seconds(10);

// Keeps a clock at what the table says. Thread-safe.
class StoredTime {
 public:
  StoredTime(Pool& pool, platform::BusinessClock& business) : pool_(pool), business_(business) {}

  // Afterwards the clock is at least as new as the table was when this was called.
  absl::Status Read(absl::Time deadline) {
    const int64_t mine = ++begun_;
    absl::Duration offset;
    RETURN_IF_ERROR(pool_.ReadOnly(deadline, [&](Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(offset, ReadBusinessOffset(session));
      return absl::OkStatus();
    }));
    absl::MutexLock lock(&mutex_);
    // A reading that began later has seen at least as much: it is not undone by a slow one.
    if (mine < newest_) return absl::OkStatus();
    newest_ = mine;
    business_.SetOffset(offset);
    return absl::OkStatus();
  }

 private:
  Pool& pool_;
  platform::BusinessClock& business_;
  std::atomic<int64_t> begun_{0};  // readings are numbered from 1
  absl::Mutex mutex_;
  int64_t newest_ ABSL_GUARDED_BY(mutex_) = 0;  // whose offset the clock has
};

}  // namespace

absl::StatusOr<absl::Duration> ReadBusinessOffset(Session& session) {
  ASSIGN_OR_RETURN(const auto offset, session.QueryOptional<int64_t>(
                                          [](const Row& row) { return row.Get<int64_t>(0); },
                                          "SELECT offset_ms FROM business_time WHERE id = 1"));
  if (!offset.has_value()) return platform::Internal("business_time has lost its row");
  return absl::Milliseconds(*offset);
}

std::function<absl::Status()> FollowBusinessTime(platform::ServerHost& host, Pool& pool) {
  const auto stored = std::make_shared<StoredTime>(pool, host.business_clock());
  host.admission().SetBeforeWork([stored](absl::Time deadline) {
    return stored->Read(std::min(deadline, DeadlineIn(kCall)));
  });
  return [stored] { return stored->Read(DeadlineIn(kRound)); };
}

}  // namespace thidua::db
