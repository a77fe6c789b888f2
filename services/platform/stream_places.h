// How many streams of one kind may run at once, so that none of them can use up what all share.
#pragma once

#include <atomic>
#include <memory>

#include "absl/status/statusor.h"
#include "platform/frame_errors.h"

namespace thidua::platform {

// Thread-safe. Must outlive the places taken.
class StreamPlaces {
 public:
  struct Release {
    void operator()(std::atomic<int>* free) const { free->fetch_add(1); }
  };
  // Free again at the end of its life.
  using Place = std::unique_ptr<std::atomic<int>, Release>;

  explicit StreamPlaces(int most) : free_(most) {}
  // Never waits: TOO_MANY_STREAMS when none is free.
  absl::StatusOr<Place> Take() {
    int free = free_.load();
    while (free > 0) {
      if (free_.compare_exchange_weak(free, free - 1)) return Place(&free_);
    }
    return TooManyStreams();
  }

 private:
  std::atomic<int> free_;
};

}  // namespace thidua::platform
