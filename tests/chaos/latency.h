// How long calls take: quantiles over many, medians over runs.
#pragma once

#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace thidua::chaos {

struct Latency {
  absl::Duration p50;
  absl::Duration p99;
  int calls = 0;
  int failed = 0;
};

// Makes so many calls, one beginning every `pace` at the earliest, so that no limit is met.
Latency Measure(int calls, absl::Duration pace, const std::function<absl::Status()>& call);

double MedianOf(std::vector<double> values);
absl::Duration MedianOf(std::vector<absl::Duration> values);

}  // namespace thidua::chaos
