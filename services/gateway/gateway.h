// The whole gateway: descriptor set, routes, upstreams, HTTP server, metrics. Program and tests use
// the same class.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/contract.h"
#include "gateway/http_server.h"
#include "gateway/options.h"
#include "gateway/rest_handler.h"
#include "gateway/route_table.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/metrics.h"

namespace prometheus {
class Exposer;
}

namespace thidua::gateway {

class Gateway {
 public:
  // Fails when the descriptor set cannot be used or a package with routes has no upstream.
  static absl::StatusOr<std::unique_ptr<Gateway>> Create(const GatewayOptions& options);
  ~Gateway();

  absl::Status Start();
  int port() const { return server_->port(); }
  int metrics_port() const { return metrics_port_; }
  // Takes no more requests, lets those in work finish, and returns when all is over. Once.
  void Shutdown();

 private:
  explicit Gateway(const GatewayOptions& options);
  absl::Status Build();

  const GatewayOptions options_;
  platform::SystemClock clock_;
  platform::Logger log_{"gateway", clock_};
  platform::MetricsRegistry metrics_{"gateway"};
  std::unique_ptr<Contract> contract_;
  std::unique_ptr<RouteTable> routes_;
  std::unique_ptr<Upstreams> upstreams_;
  std::unique_ptr<ErrorRenderer> errors_;
  std::unique_ptr<AccessLog> access_log_;
  std::unique_ptr<RestHandler> handler_;
  std::unique_ptr<HttpServer> server_;
  std::unique_ptr<prometheus::Exposer> exposer_;
  int metrics_port_ = 0;
};

}  // namespace thidua::gateway
