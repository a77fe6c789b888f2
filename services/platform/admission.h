// Admission of calls: who is it, may it, how long has it, is there room. Shared by all services of
// a process. Blocks only where it says so.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/grpcpp.h"
#include "platform/call.h"
#include "platform/clock.h"
#include "platform/executor.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/stream_places.h"
#include "platform/token.h"

namespace thidua::platform {

// One admitted (or refused) call on its way through the frame.
struct CallRecord {
  std::unique_ptr<Call> call;  // null when refused before a principal was known
  std::string method;
  std::string call_id;
  std::string trace_id;
  std::string peer;
  absl::Time start;
  absl::Time work_start;  // when a worker took it
};

// Whether a call has too little time left to be begun: less than 25 ms.
bool TooLateToBegin(absl::Time deadline, absl::Time now);

class Admission {
 public:
  struct Dependencies {
    std::string service_name;                 // "campaign"; the error domain is "campaign.thidua"
    TokenVerifier* tokens = nullptr;          // required
    const Clock* clock = nullptr;             // required
    const BusinessClock* business = nullptr;  // required
    Executor* calls = nullptr;                // unary rpcs; required
    Executor* streams = nullptr;  // server streams, one worker each while it runs; required
    Executor* chunks =
        nullptr;  // messages of bidirectional streams, so imports cannot starve others; required
    MetricsRegistry* metrics = nullptr;                   // required
    Logger* log = nullptr;                                // required
    absl::Duration default_deadline = absl::Seconds(30);  // for callers that name none
    // Unary calls are clamped to this. The edge waits a little longer (grpc_read_timeout, see
    // tests/checks/edge_deadlines.py), so that the service's own answer arrives.
    absl::Duration longest_deadline = absl::Seconds(60);
    // How long one message of a server stream may wait to be taken, besides LongestWrite's share
    // for its size: what the stream holds, a worker and perhaps a connection to the database, is
    // held no longer for who does not read.
    absl::Duration longest_write = absl::Seconds(30);
    int most_snapshots = 4;  // at once; each holds a connection to the database while it is read
    int most_watches = 8;    // at once; each holds a stream worker for as long as it likes
  };
  explicit Admission(Dependencies dependencies);

  // The tree that Call::Require asks. Set once, before the server starts.
  void SetUnitTree(UnitTree* tree) { unit_tree_ = tree; }

  // Done on a worker before the handler of each call and before each message of a stream; it may
  // block until `deadline`. For what a call must begin with as it is now: business time where that
  // can be moved. Set once, before the server starts.
  void SetBeforeWork(std::function<absl::Status(absl::Time deadline)> before) {
    before_work_ = std::move(before);
  }

  // Reads the policy of every method of the service; false when one has none or an invalid one.
  absl::Status RegisterService(std::string_view service_full_name);

  // The service whose policies were read since the last time this was asked; "" when it was none or
  // more than one.
  std::string TakeRegistered();

  // Until the process has finished starting every call is refused with NOT_READY.
  void SetReady(bool ready) { ready_.store(ready); }

  // Verifies token and admission by policy, clamps the deadline. `record` is filled as far as
  // known.
  absl::Status Admit(const std::string& method, const grpc::CallbackServerContext& context,
                     bool streaming, CallRecord* record);

  // On the worker that takes the call: CANCELLED when the caller is gone, DEADLINE_EXCEEDED when
  // the call waited too long for a worker. Then what SetBeforeWork named, whose error is the
  // call's, and after which its clocks are those of now.
  absl::Status BeginWork(bool caller_gone, CallRecord* record) const;

  // The end of a call: checks that a UNIT rpc answered OK only after Require, maps the status,
  // counts, logs one line (none for an OK call that is Quiet).
  grpc::Status Done(const CallRecord& record, absl::Status status);

  Executor& calls() { return *deps_.calls; }
  Executor& streams() { return *deps_.streams; }
  Executor& chunks() { return *deps_.chunks; }

  // The context of one message of a long stream: clocks of now, 30 s at most. TOKEN_EXPIRED as
  // StillValid. On a worker; what SetBeforeWork named is done first.
  absl::StatusOr<Call::Context> Renewed(const Call& call) const;
  // TOKEN_EXPIRED when the token that the call came with is taken no longer.
  absl::Status StillValid(const Call& call) const;

  // How long a message of this size may wait to be taken: a second more for each 16 KiB, so that a
  // slow line is not taken for a reader who has gone.
  absl::Duration LongestWrite(size_t bytes) const {
    return deps_.longest_write + absl::Seconds(bytes / (size_t{16} * 1024));
  }

  // Streams that read one state of the whole schema, and those without an end: taken for as long as
  // they run.
  StreamPlaces& snapshots() { return snapshots_; }
  StreamPlaces& watches() { return watches_; }

  // The process is about to end: streams that would go on for ever (WatchEvents) end themselves
  // instead of holding up the drain.
  void BeginStopping() { stopping_.store(true); }
  bool stopping() const { return stopping_.load(); }

  const Dependencies& deps() const { return deps_; }

 private:
  void ReadClocks(Call::Context* context) const;

  Dependencies deps_;
  UnitTree* unit_tree_ = nullptr;
  std::function<absl::Status(absl::Time)> before_work_;  // null: nothing
  std::atomic<bool> stopping_{false};
  std::atomic<bool> ready_{true};
  StreamPlaces snapshots_;
  StreamPlaces watches_;
  absl::Mutex mutex_;
  std::map<std::string, common::v1::Policy> policies_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> registered_ ABSL_GUARDED_BY(mutex_);  // not yet taken
  CounterFamily* handled_;
  HistogramFamily* seconds_;
};

}  // namespace thidua::platform
