// A background task that looks for due work again and again. What is due stands in a table, so a
// task that dies leaves nothing behind and any number of them may look.
#pragma once

#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "platform/background.h"
#include "platform/log.h"

namespace thidua::platform {

class PollingTask : public BackgroundTask {
 public:
  // `poll`: how soon to look again when nothing was due.
  PollingTask(absl::Duration poll, const Logger& log) : poll_(poll), log_(log) {}

  // Before Run: is done at the start of each round; its error is the round's. Nothing when it is
  // null.
  void SetBeforeRounds(std::function<absl::Status()> before) { before_ = std::move(before); }

  // Rounds until Stop: at once again while there is work, after `poll` when there is none, after a
  // second when a round failed, which is logged under name().
  void Run() final;
  void Stop() final;

 protected:
  // One round. True when there may be more work.
  virtual absl::StatusOr<bool> Round() = 0;
  // False when the task is to end.
  bool Wait(absl::Duration time);
  const Logger& log() const { return log_; }

 private:
  absl::StatusOr<bool> PrecededRound();

  const absl::Duration poll_;
  const Logger& log_;
  std::function<absl::Status()> before_;
  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace thidua::platform
