#include "gateway/access_log.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace thidua::gateway {
namespace {
constexpr size_t kLongestPath = 256;

// "thidua.awards.v1.CouncilService" of "/thidua.awards.v1.CouncilService/GetBallot". Times are kept
// by these: by rpc the buckets alone are more series than a scrape should bring, and each service
// tells its own times by rpc.
std::string ServiceOf(const std::string& rpc) {
  const size_t end = rpc.rfind('/');
  return end == std::string::npos || end == 0 ? rpc : rpc.substr(1, end - 1);
}

}  // namespace

AccessLog::AccessLog(const platform::Logger& log, platform::MetricsRegistry& metrics,
                     const platform::Clock& clock, const RouteTable& routes)
    : log_(log),
      clock_(clock),
      requests_(metrics.Counters("gateway_requests_total", "Requests answered")),
      messages_(metrics.Counters("gateway_stream_messages_total", "Messages sent in streams")) {
  platform::HistogramFamily& seconds = metrics.Histograms(
      "gateway_request_seconds", "From the head of a request to the end of its answer");
  seconds_[""] = &seconds.Add({{"grpc_service", "none"}}, platform::LatencyBuckets());
  for (const auto& route : routes.routes()) {
    // The same labels give the same histogram.
    seconds_[route->rpc] =
        &seconds.Add({{"grpc_service", ServiceOf(route->rpc)}}, platform::LatencyBuckets());
  }
}

void AccessLog::Write(const RequestRecord& record, const RequestOutcome& outcome) {
  const absl::Duration took = clock_.Now() - record.start;
  const std::string rpc = record.rpc.empty() ? "none" : record.rpc;
  requests_.Add({{"rpc", rpc}, {"status", absl::StrCat(outcome.http_status)}}).Increment();
  if (outcome.messages > 0) {
    messages_.Add({{"rpc", rpc}}).Increment(static_cast<double>(outcome.messages));
  }
  if (const auto found = seconds_.find(record.rpc); found != seconds_.end()) {
    found->second->Observe(absl::ToDoubleSeconds(took));
  }
  const platform::Severity severity = outcome.http_status >= 500 && outcome.http_status != 503
                                          ? platform::Severity::kError
                                          : platform::Severity::kInfo;
  log_.Write(severity, "request",
             {{"method", record.method},
              {"path", record.path.substr(0, kLongestPath)},
              {"route", record.route},
              {"rpc", record.rpc},
              {"status", absl::StrCat(outcome.http_status)},
              {"code", outcome.code},
              {"reason", outcome.reason},
              {"ms", absl::StrFormat("%.1f", absl::ToDoubleMilliseconds(took))},
              {"bytes_in", absl::StrCat(record.bytes_in)},
              {"bytes_out", absl::StrCat(outcome.bytes_out)},
              {"messages", outcome.messages < 0 ? "" : absl::StrCat(outcome.messages)},
              {"request_id", record.trace.request_id},
              {"trace_id", record.trace.trace_id}});
}

}  // namespace thidua::gateway
