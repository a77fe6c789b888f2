#include "chaos/latency.h"

#include <algorithm>

#include "absl/time/clock.h"

namespace thidua::chaos {

Latency Measure(int calls, absl::Duration pace, const std::function<absl::Status()>& call) {
  Latency latency;
  std::vector<absl::Duration> took;
  absl::Time next = absl::Now();
  for (int i = 0; i < calls; ++i) {
    absl::SleepFor(next - absl::Now());
    const absl::Time start = absl::Now();
    next = start + pace;
    if (!call().ok()) ++latency.failed;
    took.push_back(absl::Now() - start);
  }
  std::sort(took.begin(), took.end());
  latency.calls = calls;
  latency.p50 = took[took.size() / 2];
  latency.p99 = took[took.size() * 99 / 100];
  return latency;
}

double MedianOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

absl::Duration MedianOf(std::vector<absl::Duration> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? absl::ZeroDuration() : values[values.size() / 2];
}

}  // namespace thidua::chaos
