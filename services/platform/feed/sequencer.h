// Gives committed events their gapless places and appends them to the Merkle log.
#pragma once

#include <memory>
#include <string>

#include "platform/background.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/token.h"

namespace thidua::feed {

struct SequencerOptions {
  std::string holder;                            // names this process in the lease
  absl::Duration poll = absl::Milliseconds(50);  // when nothing waits
  absl::Duration lease = absl::Seconds(5);       // saves work only; the fence is the head row
  int batch = 500;                               // events numbered in one transaction
  absl::Duration sign_interval =
      absl::Seconds(3);        // between signed tree heads, when something is new
  std::string tree_head_file;  // copies of signed tree heads, one JSON a line, appended and synced;
                               // empty: none
  const platform::Logger* log = nullptr;  // told when it begins to fail and when it works again
};

// `key` signs tree heads. Any number of processes may run one on the same schema; one of them works
// and the others take over when its lease ends.
std::unique_ptr<platform::BackgroundTask> NewSequencer(SequencerOptions options, db::Pool& pool,
                                                       std::shared_ptr<platform::SigningKey> key,
                                                       const platform::Clock& clock,
                                                       platform::MetricsRegistry& metrics);

// Numbers what waits, once, now. Returns how many; 0 also when another process was quicker. Used by
// the task, by snapshots and by tests.
absl::StatusOr<int> SequenceOnce(db::Pool& pool, int batch, absl::Time deadline);

// Begins a new epoch, so that readers start again from a snapshot. To be called after the schema
// was restored from a backup and before anything is written to it. Returns the epoch.
absl::StatusOr<std::string> StartNewEpoch(db::Pool& pool, absl::Time now, absl::Time deadline);

}  // namespace thidua::feed
