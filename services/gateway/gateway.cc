#include "gateway/gateway.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/openapi.h"
#include "platform/status_macros.h"
#include "prometheus/exposer.h"

namespace thidua::gateway {

Gateway::Gateway(const GatewayOptions& options) : options_(options) {}
Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Create(const GatewayOptions& options) {
  std::unique_ptr<Gateway> gateway(new Gateway(options));
  RETURN_IF_ERROR(gateway->Build());
  return gateway;
}

absl::Status Gateway::Build() {
  ASSIGN_OR_RETURN(contract_, Contract::Load(options_.descriptors));
  ASSIGN_OR_RETURN(RouteTable routes, RouteTable::Build(*contract_));
  routes_ = std::make_unique<RouteTable>(std::move(routes));
  ASSIGN_OR_RETURN(upstreams_, Upstreams::Connect(options_.upstreams));
  for (const auto& route : routes_->routes()) {
    const std::string& package = route->method->file()->package();
    if (upstreams_->For(package) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("no --upstream for package ", package));
    }
  }
  errors_ = std::make_unique<ErrorRenderer>(*contract_);
  access_log_ = std::make_unique<AccessLog>(log_, metrics_, clock_, *routes_);
  handler_ = std::make_unique<RestHandler>(
      RestContext{*contract_, *upstreams_, *errors_, *access_log_}, *routes_, options_.time,
      MakeOpenApi(*routes_, options_.api), [this] { return !server_->draining(); });
  server_ = std::make_unique<HttpServer>(*handler_, options_.http);
  metrics_.Gauge("gateway_connections", "Open client connections", {},
                 [this] { return static_cast<double>(server_->connections()); });
  return absl::OkStatus();
}

absl::Status Gateway::Start() {
  RETURN_IF_ERROR(server_->Listen(options_.listen));
  if (!options_.metrics_listen.empty()) {
    try {
      exposer_ = std::make_unique<prometheus::Exposer>(options_.metrics_listen, 1);
    } catch (const std::exception& error) {
      return absl::UnavailableError(
          absl::StrCat("cannot listen on ", options_.metrics_listen, ": ", error.what()));
    }
    exposer_->RegisterCollectable(metrics_.registry());
    exposer_->RegisterCollectable(metrics_.gauges());
    metrics_port_ = exposer_->GetListeningPorts().front();
  }
  server_->Start(options_.threads);
  log_.Info("serving", {{"port", absl::StrCat(port())},
                        {"metrics_port", absl::StrCat(metrics_port_)},
                        {"routes", absl::StrCat(routes_->routes().size())}});
  return absl::OkStatus();
}

void Gateway::Shutdown() {
  log_.Info("draining");
  server_->Shutdown(options_.drain);
  exposer_.reset();
  log_.Info("stopped");
}

}  // namespace thidua::gateway
