#include "platform/server_host.h"

#include <pthread.h>
#include <signal.h>

#include <map>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "prometheus/exposer.h"

namespace thidua::platform {
namespace {

constexpr int kLargestMessage = 4 * 1024 * 1024;

bool IsLoopback(const std::string& address) {
  return address.rfind("127.", 0) == 0 || address.rfind("[::1]:", 0) == 0 ||
         address.rfind("localhost:", 0) == 0;
}

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

struct ServerHost::Parts {
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::vector<std::unique_ptr<BackgroundTask>> tasks;
  std::vector<std::thread> task_threads;
  std::vector<std::pair<std::string, std::function<absl::Status(absl::Time)>>> checks;
  std::unique_ptr<prometheus::Exposer> exposer;
  std::unique_ptr<grpc::Server> server;
  std::thread prober;
  absl::Notification stopping;
  bool shut_down = false;
};

absl::StatusOr<std::unique_ptr<ServerHost>> ServerHost::Create(HostOptions options) {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (!IsLoopback(options.listen)) {
    return absl::InvalidArgumentError("--listen must be on loopback: the service speaks plaintext");
  }
  auto host = std::unique_ptr<ServerHost>(new ServerHost(std::move(options)));
  ASSIGN_OR_RETURN(host->tokens_, TokenVerifier::FromFile(host->options_.jwks_file, host->clock_));
  Admission::Dependencies deps;
  deps.service_name = host->options_.service_name;
  deps.tokens = host->tokens_.get();
  deps.clock = &host->clock_;
  deps.business = &host->business_;
  deps.calls = host->calls_.get();
  deps.streams = host->streams_.get();
  deps.chunks = host->chunks_.get();
  deps.metrics = host->metrics_.get();
  deps.log = host->log_.get();
  deps.production = host->options_.profile == "production";
  host->admission_ = std::make_unique<Admission>(deps);
  return host;
}

ServerHost::ServerHost(HostOptions options)
    : options_(std::move(options)),
      log_(std::make_unique<Logger>(options_.service_name, clock_)),
      metrics_(std::make_unique<MetricsRegistry>(options_.service_name)),
      parts_(std::make_unique<Parts>()) {
  const auto limit = static_cast<size_t>(options_.queue_limit);
  calls_ = std::make_unique<Executor>(Executor::Options{"call", options_.workers, limit});
  streams_ = std::make_unique<Executor>(Executor::Options{"stream", options_.stream_workers, 8});
  chunks_ = std::make_unique<Executor>(Executor::Options{"chunk", options_.chunk_workers, 64});
}

ServerHost::~ServerHost() { Shutdown(); }

void ServerHost::AddService(std::unique_ptr<grpc::Service> service) {
  parts_->services.push_back(std::move(service));
}

void ServerHost::AddTask(std::unique_ptr<BackgroundTask> task) {
  parts_->tasks.push_back(std::move(task));
}

void ServerHost::AddReadiness(std::string name, std::function<absl::Status(absl::Time)> check) {
  parts_->checks.emplace_back(std::move(name), std::move(check));
}

absl::Status ServerHost::Start() {
  grpc::EnableDefaultHealthCheckService(true);
  if (options_.profile != "production") grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddListeningPort(options_.listen, grpc::InsecureServerCredentials(), &port_);
  builder.SetMaxReceiveMessageSize(kLargestMessage);
  builder.SetMaxSendMessageSize(kLargestMessage);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
  // Two servers on one port would share calls by chance: refuse instead.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (auto& service : parts_->services) builder.RegisterService(service.get());
  parts_->server = builder.BuildAndStart();
  if (parts_->server == nullptr || port_ == 0) {
    return absl::UnavailableError("cannot listen on " + options_.listen + " (is the port taken?)");
  }
  parts_->server->GetHealthCheckService()->SetServingStatus(parts_->checks.empty());
  if (!options_.metrics_listen.empty()) {
    try {
      parts_->exposer = std::make_unique<prometheus::Exposer>(options_.metrics_listen, 1);
    } catch (const std::exception& e) {
      return absl::UnavailableError("cannot serve metrics on " + options_.metrics_listen + ": " +
                                    e.what());
    }
    parts_->exposer->RegisterCollectable(metrics_->registry());
    parts_->exposer->RegisterCollectable(metrics_->gauges());
    const auto ports = parts_->exposer->GetListeningPorts();
    metrics_port_ = ports.empty() ? 0 : ports.front();
  }
  for (auto& task : parts_->tasks) {
    parts_->task_threads.emplace_back([&task] {
      WorkerScope scope;
      pthread_setname_np(pthread_self(), task->name().substr(0, 15).c_str());
      task->Run();
    });
  }
  parts_->prober = std::thread([this] {
    WorkerScope scope;
    std::map<std::string, bool> last;
    bool serving = parts_->checks.empty();
    do {
      bool all_well = true;
      for (const auto& [name, check] : parts_->checks) {
        const absl::Status status = check(clock_.Now() + options_.probe_interval * 0.9);
        all_well = all_well && status.ok();
        const auto before = last.find(name);
        if (before == last.end() ? !status.ok() : before->second != status.ok()) {
          log_->Write(status.ok() ? Severity::kInfo : Severity::kWarning, "readiness changed",
                      {{"check", name},
                       {"state", status.ok() ? "ready" : "not ready"},
                       {"detail", std::string(status.message())}});
        }
        last[name] = status.ok();
      }
      if (all_well != serving) {
        serving = all_well;
        parts_->server->GetHealthCheckService()->SetServingStatus(serving);
      }
    } while (!parts_->stopping.WaitForNotificationWithTimeout(
        last.empty() || serving ? options_.probe_interval : absl::Milliseconds(200)));
  });
  log_->Info("started", {{"port", std::to_string(port_)}, {"profile", options_.profile}});
  return absl::OkStatus();
}

int ServerHost::RunUntilSignal() {
  const sigset_t signals = StopSignals();
  int signal_number = 0;
  sigwait(&signals, &signal_number);
  log_->Info("stopping", {{"signal", std::to_string(signal_number)}});
  Shutdown();
  log_->Info("stopped");
  return 0;
}

void ServerHost::Shutdown() {
  if (parts_ == nullptr || parts_->shut_down) return;
  parts_->shut_down = true;
  if (admission_ != nullptr) admission_->BeginStopping();
  parts_->stopping.Notify();
  if (parts_->prober.joinable()) parts_->prober.join();
  if (parts_->server != nullptr) parts_->server->GetHealthCheckService()->Shutdown();
  for (auto& task : parts_->tasks) task->Stop();
  for (auto& thread : parts_->task_threads) thread.join();
  if (parts_->server != nullptr) {
    parts_->server->Shutdown(absl::ToChronoTime(clock_.Now() + options_.drain));
    parts_->server->Wait();
  }
  calls_->Drain();
  streams_->Drain();
  chunks_->Drain();
  parts_->exposer.reset();
  parts_->tasks.clear();
  parts_->server.reset();
  parts_->services.clear();
}

}  // namespace thidua::platform
