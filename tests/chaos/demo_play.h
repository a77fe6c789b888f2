// The demo being played while something is done to what it is played on.
#pragma once

#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "e2e/effects.h"
#include "e2e/stack.h"

namespace thidua::chaos {

// When each line of a demo that nobody disturbed was printed, since its start, and how long it
// took.
struct Timeline {
  std::vector<absl::Duration> lines;
  absl::Duration whole;
};

// A point of the demo: after so many lines, so much later. It stays the same point when everything
// takes longer, because something was killed.
struct Point {
  size_t lines = 0;
  absl::Duration later;
  bool operator<(const Point& other) const {
    return lines != other.lines ? lines < other.lines : later < other.later;
  }
};

// Where a demo that nobody disturbs is at that time.
Point PointAt(const Timeline& timeline, absl::Duration time);

class DemoPlay {
 public:
  // Begins to play it, in a thread of its own.
  explicit DemoPlay(e2e::Stack& stack);
  ~DemoPlay();
  // Waits for the point. False when the demo ended before.
  bool Await(const Point& point);
  // Whether the point is over.
  bool Passed(const Point& point);
  // Waits until that much time has gone by. False when the demo ended before.
  bool AwaitAfter(absl::Duration pause);
  // Waits for its end; whether it succeeded.
  bool Join();
  // After Join.
  const std::string& output() const { return output_; }
  const Timeline& timeline() const { return timeline_; }

 private:
  void Heard(const std::string& line);
  e2e::Stack& stack_;
  absl::Time start_;
  absl::Mutex mutex_;
  std::vector<absl::Time> printed_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  int exit_code_ = -1;
  std::string output_;
  Timeline timeline_;
  std::thread thread_;
};

// What a demo leaves that nobody disturbs, and what every other one must leave.
struct Expected {
  std::string digest;
  e2e::json state;
  std::vector<std::string> staff;
  e2e::Inboxes inboxes;
  Timeline timeline;
};

// Plays it on a stack of its own, which ends with it.
Expected PlayUndisturbed();

// State and digest are those of the undisturbed demo, the audit log verifies, inbox items are there
// once and the same as there, mails arrived as counted.
e2e::MailCounts ExpectSameEnd(e2e::Stack& stack, const Expected& expected);

// Copies logs of a stack whose test failed to <build>/chaos/<name>, and says so.
void KeepLogs(const e2e::Stack& stack, const std::string& name);

}  // namespace thidua::chaos
