#include "platform/metrics.h"

#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"

namespace thidua::platform {

// Values are asked for at the scrape, so nothing is updated on hot paths.
struct MetricsRegistry::Gauges final : public prometheus::Collectable {
  struct Series {
    std::string help;
    std::vector<std::pair<prometheus::ClientMetric, std::function<double()>>> values;
  };
  mutable absl::Mutex mutex;
  std::map<std::string, Series> by_name ABSL_GUARDED_BY(mutex);

  std::vector<prometheus::MetricFamily> Collect() const override {
    absl::MutexLock lock(&mutex);
    std::vector<prometheus::MetricFamily> families;
    for (const auto& [name, series] : by_name) {
      prometheus::MetricFamily family;
      family.name = name;
      family.help = series.help;
      family.type = prometheus::MetricType::Gauge;
      for (const auto& [metric, read] : series.values) {
        prometheus::ClientMetric value = metric;
        value.gauge.value = read();
        family.metric.push_back(std::move(value));
      }
      families.push_back(std::move(family));
    }
    return families;
  }
};

MetricsRegistry::MetricsRegistry(std::string service)
    : service_(std::move(service)),
      registry_(std::make_shared<prometheus::Registry>()),
      gauges_(std::make_shared<Gauges>()) {}

CounterFamily& MetricsRegistry::Counters(const std::string& name, const std::string& help) {
  return prometheus::BuildCounter()
      .Name(name)
      .Help(help)
      .Labels({{"service", service_}})
      .Register(*registry_);
}

HistogramFamily& MetricsRegistry::Histograms(const std::string& name, const std::string& help) {
  return prometheus::BuildHistogram()
      .Name(name)
      .Help(help)
      .Labels({{"service", service_}})
      .Register(*registry_);
}

void MetricsRegistry::Gauge(const std::string& name, const std::string& help,
                            const std::map<std::string, std::string>& labels,
                            std::function<double()> read) {
  prometheus::ClientMetric metric;
  metric.label.push_back({"service", service_});
  for (const auto& [key, value] : labels) metric.label.push_back({key, value});
  absl::MutexLock lock(&gauges_->mutex);
  auto& series = gauges_->by_name[name];
  series.help = help;
  series.values.emplace_back(std::move(metric), std::move(read));
}

std::shared_ptr<prometheus::Collectable> MetricsRegistry::gauges() { return gauges_; }

const prometheus::Histogram::BucketBoundaries& LatencyBuckets() {
  static const auto* const kBuckets = new prometheus::Histogram::BucketBoundaries{
      .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  return *kBuckets;
}

}  // namespace thidua::platform
