// How long to wait before trying again.
#pragma once

#include <algorithm>

#include "absl/random/random.h"
#include "absl/time/time.h"

namespace thidua::platform {

// Doubles from `first` to `longest`; each wait is drawn between half of it and the whole, so that
// replicas do not come at once. Not thread-safe.
class RetryPace {
 public:
  RetryPace(absl::Duration first, absl::Duration longest) : first_(first), longest_(longest) {}

  // How long to wait after one more failure.
  absl::Duration Failed() {
    const absl::Duration whole =
        std::min(longest_, first_ * (int64_t{1} << std::min(failures_, 20)));
    ++failures_;
    return whole * absl::Uniform(random_, 0.5, 1.0);
  }
  // Whether this ends a row of failures.
  bool Succeeded() {
    const bool after_failure = failures_ > 0;
    failures_ = 0;
    return after_failure;
  }
  int failures() const { return failures_; }

 private:
  const absl::Duration first_;
  const absl::Duration longest_;
  int failures_ = 0;
  absl::BitGen random_;
};

}  // namespace thidua::platform
