#include "platform/polling_task.h"

#include <string>

#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

constexpr absl::Duration kWaitAfterError = absl::Seconds(1);

}  // namespace

void PollingTask::Run() {
  for (;;) {
    const absl::StatusOr<bool> more = PrecededRound();
    if (!more.ok()) log_.Error(name(), {{"detail", std::string(more.status().message())}});
    if (!Wait(!more.ok() ? kWaitAfterError : *more ? absl::ZeroDuration() : poll_)) return;
  }
}

absl::StatusOr<bool> PollingTask::PrecededRound() {
  if (before_ != nullptr) RETURN_IF_ERROR(before_());
  return Round();
}

void PollingTask::Stop() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
}

bool PollingTask::Wait(absl::Duration time) {
  absl::MutexLock lock(&mutex_);
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), time);
  return !stopping_;
}

}  // namespace thidua::platform
