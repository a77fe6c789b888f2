// thidua-gateway: JSON/REST in front of the gRPC services.
#include <signal.h>

#include <cstdlib>
#include <iostream>

#include "gateway/gateway.h"
#include "gateway/options.h"
#include "platform/status_macros.h"

namespace {

using namespace thidua::gateway;  // NOLINT: this file is nothing but wiring

std::optional<std::string> Environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

absl::Status PrintOpenApi(const GatewayOptions& options) {
  ASSIGN_OR_RETURN(const auto contract, Contract::Load(options.descriptors));
  ASSIGN_OR_RETURN(const RouteTable routes, RouteTable::Build(*contract));
  std::cout << MakeOpenApi(routes, options.api) << "\n";
  return absl::OkStatus();
}

absl::Status Serve(const GatewayOptions& options, const sigset_t& signals) {
  ASSIGN_OR_RETURN(const auto gateway, Gateway::Create(options));
  RETURN_IF_ERROR(gateway->Start());
  int signal = 0;
  sigwait(&signals, &signal);
  gateway->Shutdown();
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  // Before any thread: only sigwait shall see these.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const CommandLine line = ParseCommandLine({argv + 1, argv + argc}, Environment);
  for (const std::string& problem : line.problems) {
    std::cerr << "thidua-gateway: " << problem << "\n";
  }
  if (!line.problems.empty()) return 2;
  if (line.help) {
    std::cout << HelpText();
    return 0;
  }
  const absl::Status status =
      line.openapi ? PrintOpenApi(line.options) : Serve(line.options, signals);
  if (status.ok()) return 0;
  std::cerr << "thidua-gateway: " << status.message() << "\n";
  return 1;
}
