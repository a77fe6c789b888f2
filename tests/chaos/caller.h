// Callers that go on calling whatever happens, and what became of their calls.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "e2e/stack.h"

namespace thidua::chaos {

struct Made {
  absl::Time start;
  absl::Duration took;
  absl::Status status;
};

// Makes a call again and again on a thread of its own, until it is stopped.
class Caller {
 public:
  using Call = std::function<absl::Status()>;
  // `pause`: between the end of one and the beginning of the next.
  Caller(std::string name, absl::Duration pause, Call call);
  ~Caller();
  void Stop();
  const std::string& name() const { return name_; }
  // Those that began at or after `since` and have ended.
  std::vector<Made> Since(absl::Time since) const;
  // What became of the last one.
  absl::Status Last() const;
  // Waits until one that began at or after `since` has succeeded; false when that takes too long.
  bool AwaitSuccess(absl::Time since, absl::Duration longest);

 private:
  bool Succeeded(absl::Time since) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  const std::string name_;
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Made> made_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

// A client of the stack's edge, or in plaintext of one process.
std::unique_ptr<ctl::RpcClient> Client(e2e::Stack& stack, absl::Duration timeout);
std::unique_ptr<ctl::RpcClient> ClientOf(const std::string& address, absl::Duration timeout);

// New dossiers, one chunk a call, under codes that say whose they are; what was acknowledged must
// be there in the end.
class DossierPusher {
 public:
  DossierPusher(std::string name, std::string token, size_t rows_in_chunk = 5);
  // Pushes the next chunk. What failed is pushed again by the next call: with the same request id
  // it takes effect once.
  absl::Status Push(ctl::RpcClient& client);
  int64_t acknowledged() const { return acknowledged_.load(); }
  // Every row of an acknowledged chunk is in the database, once.
  void ExpectAllKept(e2e::Stack& stack) const;

 private:
  const std::string name_;
  const std::string token_;
  const std::vector<e2e::json> patterns_;
  const size_t rows_in_chunk_;
  int64_t chunk_ = 0;
  std::atomic<int64_t> acknowledged_{0};  // rows
};

}  // namespace thidua::chaos
