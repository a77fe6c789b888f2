// One log line and one count for each request. Never query strings, tokens or bodies.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "gateway/headers.h"
#include "gateway/route_table.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/metrics.h"

namespace thidua::gateway {

// What is known of a request when its head has been read.
struct RequestRecord {
  std::string method;
  std::string path;   // without query
  std::string route;  // "/v1/{name=plans/*}"; empty when there was none
  std::string rpc;
  Trace trace;
  absl::Time start;
  uint64_t bytes_in = 0;
};

// How it ended.
struct RequestOutcome {
  int http_status = 0;
  std::string code;    // "OK", "NOT_FOUND"
  std::string reason;  // of errors
  uint64_t bytes_out = 0;
  int64_t messages = -1;  // of a stream; -1: no stream
};

// Thread-safe.
class AccessLog {
 public:
  AccessLog(const platform::Logger& log, platform::MetricsRegistry& metrics,
            const platform::Clock& clock, const RouteTable& routes);
  absl::Time Now() const { return clock_.Now(); }
  void Write(const RequestRecord& record, const RequestOutcome& outcome);

 private:
  const platform::Logger& log_;
  const platform::Clock& clock_;
  platform::CounterFamily& requests_;
  platform::CounterFamily& messages_;
  std::map<std::string, prometheus::Histogram*> seconds_;  // by rpc; "" for what is no rpc
};

}  // namespace thidua::gateway
