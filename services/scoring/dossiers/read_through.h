// A chunk with a code that belongs to no unit here on its day may be right: the unit may have been
// made just now, and campaign's feed not be read so far. So campaign is read up to now, once,
// before such a row is refused.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "platform/call.h"
#include "platform/feed/consumer.h"

namespace thidua::scoring::dossiers {

// For one chunk.
class ReadThrough {
 public:
  // `campaign` may be null: nobody to ask.
  explicit ReadThrough(feed::Consumer* campaign) : campaign_(campaign) {}

  // Runs `attempt`, which is a transaction; when it ended because of a miss, reads campaign's feed
  // and runs it again. UNITS_NOT_CURRENT (UNAVAILABLE) when the feed could not be read; nothing of
  // the chunk is applied then.
  absl::Status Run(const platform::Call& call, absl::FunctionRef<absl::Status()> attempt);

  // Within an attempt, before anything is decided: a code was not found. An error ends the attempt;
  // OK: everybody has been asked, the code is unknown.
  absl::Status OnMiss();

 private:
  feed::Consumer* const campaign_;
  bool missed_ = false;
  bool asked_ = false;
};

}  // namespace thidua::scoring::dossiers
