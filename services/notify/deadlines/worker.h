// Fires reminders when business time has passed them. Holds no timers: what is due stands in the
// table, and any number of workers may look for it. A worker that dies loses its transaction and
// nothing else.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/polling_task.h"

namespace thidua::notify::deadlines {

struct ReminderWorkerOptions {
  absl::Duration poll = absl::Milliseconds(500);  // how soon to look again when nothing is due
  int batch = 20;                                 // deadlines in one transaction
};

class ReminderWorker final : public platform::PollingTask {
 public:
  ReminderWorker(ReminderWorkerOptions options, db::Pool& pool, const platform::Clock& clock,
                 const platform::BusinessClock& business, platform::MetricsRegistry& metrics,
                 const platform::Logger& log);

  std::string name() const override { return "reminders"; }

  // Settles one batch of deadlines with a reminder that is due at this business time. Returns how
  // many deadlines.
  absl::StatusOr<int> FireDue();

 private:
  absl::StatusOr<bool> Round() override;

  const ReminderWorkerOptions options_;
  db::Pool& pool_;
  const platform::Clock& clock_;
  const platform::BusinessClock& business_;
  prometheus::Counter& fired_;
  prometheus::Counter& skipped_;
  prometheus::Counter& postponed_;
  prometheus::Histogram& lateness_;
};

}  // namespace thidua::notify::deadlines
