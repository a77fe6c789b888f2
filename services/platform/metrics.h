// Prometheus metrics. Label values are bounded sets (methods, codes, names of pools); never ids.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/histogram.h"
#include "prometheus/registry.h"

namespace thidua::platform {

using CounterFamily = prometheus::Family<prometheus::Counter>;
using HistogramFamily = prometheus::Family<prometheus::Histogram>;

class MetricsRegistry {
 public:
  // Every series carries service="<name>".
  explicit MetricsRegistry(std::string service);
  // The same name twice gives the same family.
  CounterFamily& Counters(const std::string& name, const std::string& help);
  HistogramFamily& Histograms(const std::string& name, const std::string& help);
  // A gauge whose value is asked for at each scrape; `read` must be thread-safe and quick.
  void Gauge(const std::string& name, const std::string& help,
             const std::map<std::string, std::string>& labels, std::function<double()> read);
  std::shared_ptr<prometheus::Registry> registry() { return registry_; }
  // Gauges are collected through this.
  std::shared_ptr<prometheus::Collectable> gauges();

 private:
  struct Gauges;
  const std::string service_;
  std::shared_ptr<prometheus::Registry> registry_;
  std::shared_ptr<Gauges> gauges_;
};

// .001 … 10 s.
const prometheus::Histogram::BucketBoundaries& LatencyBuckets();

}  // namespace thidua::platform
