// Fires the reminders of meetings when business time has passed them. Holds no timers: what is due
// stands in the table, and any number of workers may look for it. A worker that dies loses its
// transaction and nothing else.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/polling_task.h"

namespace thidua::notify::meetings {

struct WorkerOptions {
  absl::Duration poll = absl::Milliseconds(500);  // how soon to look again when nothing is due
  int batch = 10;                                 // meetings in one transaction
};

class Worker final : public platform::PollingTask {
 public:
  Worker(WorkerOptions options, db::Pool& pool, const platform::Clock& clock,
         const platform::BusinessClock& business, platform::MetricsRegistry& metrics,
         const platform::Logger& log);

  std::string name() const override { return "meetings"; }

  // Settles one batch of meetings with a reminder that is due at this business time. Returns how
  // many meetings.
  absl::StatusOr<int> FireDue();

 private:
  absl::StatusOr<bool> Round() override;

  const WorkerOptions options_;
  db::Pool& pool_;
  const platform::Clock& clock_;
  const platform::BusinessClock& business_;
  prometheus::Counter& fired_;
  prometheus::Counter& skipped_;
};

}  // namespace thidua::notify::meetings
