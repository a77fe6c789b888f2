// A bounded pool of worker threads: the only place where blocking work (SQL, files, peers) runs.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace thidua::platform {

class Executor {
 public:
  struct Options {
    std::string name = "calls";  // in metrics and thread names, at most 15 characters
    int workers = 8;             // 1..64; 8 was best for writes on 2 cores (measured)
    size_t queue_limit = 256;    // tasks waiting, beyond which TryPost refuses
  };
  explicit Executor(Options options);
  ~Executor();  // Drain()s
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False when the queue is full or the pool is draining; the task is then not taken.
  bool TryPost(std::function<void()> task);
  // Runs what is queued, takes nothing more, joins the workers.
  void Drain();
  size_t queued() const;
  int running() const { return running_.load(); }
  // Whether the calling thread is a worker of any Executor; SQL on any other thread of a server is
  // a bug.
  static bool OnWorker();

 private:
  void Work(int index);
  const Options options_;
  mutable absl::Mutex mutex_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mutex_);
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<int> running_{0};
  std::vector<std::thread> threads_;
};

// Marks the calling thread as one that may block, for as long as it lives: background tasks and
// tests.
class WorkerScope {
 public:
  WorkerScope();
  ~WorkerScope();
  WorkerScope(const WorkerScope&) = delete;
  WorkerScope& operator=(const WorkerScope&) = delete;
};

}  // namespace thidua::platform
