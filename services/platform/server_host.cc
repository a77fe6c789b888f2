#include "platform/server_host.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "platform/frame_errors.h"
#include "platform/framed_service.h"
#include "platform/grpc_log.h"
#include "platform/ids.h"
#include "platform/loopback.h"
#include "platform/retry_pace.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "prometheus/exposer.h"

namespace thidua::platform {
namespace {

// A message up to this size is read to be refused with a reason; gRPC refuses what is longer, with
// RESOURCE_EXHAUSTED and none.
constexpr int kLargestRead = 2 * kLargestMessage;
constexpr absl::Duration kStartupStep = absl::Seconds(10);

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { ::close(fd_); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

}  // namespace

struct ServerHost::Parts {
  using Step = std::function<absl::Status(absl::Time)>;
  enum class Startup { kGoesOn, kDone, kFailed };

  explicit Parts(const Logger& log) : grpc_log(log) {}
  bool StartupOver() const ABSL_SHARED_LOCKS_REQUIRED(mutex) { return startup != Startup::kGoesOn; }
  void EndStartup(Startup how, absl::Status status) {
    absl::MutexLock lock(&mutex);
    startup = how;
    startup_status = std::move(status);
  }

  const GrpcLogScope grpc_log;
  absl::Status added;  // whether all services could be added
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::vector<std::unique_ptr<BackgroundTask>> tasks;
  std::vector<std::thread> task_threads;
  std::vector<std::pair<std::string, Step>> steps;
  std::vector<std::pair<std::string, Step>> checks;
  std::unique_ptr<prometheus::Exposer> exposer;
  std::unique_ptr<grpc::Server> server;
  std::thread keys;
  std::thread life;  // startup, then readiness
  absl::Notification stopping;
  bool shut_down = false;
  FileDescriptor startup_failed{::eventfd(0, EFD_CLOEXEC)};  // readable when a step has failed
  absl::Mutex mutex;
  Startup startup ABSL_GUARDED_BY(mutex) = Startup::kGoesOn;
  absl::Status startup_status ABSL_GUARDED_BY(mutex);
};

absl::StatusOr<std::unique_ptr<ServerHost>> ServerHost::Create(HostOptions options) {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  if (!IsLoopbackAddress(options.listen)) {
    return absl::InvalidArgumentError("--listen must be on loopback: the service speaks plaintext");
  }
  auto host = std::unique_ptr<ServerHost>(new ServerHost(std::move(options)));
  RETURN_IF_ERROR(host->key_follower_->Load());
  Admission::Dependencies deps;
  deps.service_name = host->options_.service_name;
  deps.tokens = host->tokens_.get();
  deps.clock = &host->clock_;
  deps.business = &host->business_;
  deps.calls = host->calls_.get();
  deps.streams = host->streams_.get();
  deps.chunks = host->chunks_.get();
  deps.most_snapshots = host->options_.snapshot_streams;
  deps.most_watches = host->options_.watch_streams;
  deps.longest_write = host->options_.stream_write;
  deps.metrics = host->metrics_.get();
  deps.log = host->log_.get();
  host->admission_ = std::make_unique<Admission>(deps);
  return host;
}

ServerHost::ServerHost(HostOptions options)
    : options_(std::move(options)),
      log_(std::make_unique<Logger>(options_.service_name, clock_)),
      metrics_(std::make_unique<MetricsRegistry>(options_.service_name)),
      keys_(std::make_shared<KeyRing>()),
      parts_(std::make_unique<Parts>(*log_)) {
  KeyFollowerOptions keys;
  keys.trusted_file = options_.jwks_file;
  keys.at_least = options_.key_fetch_gap;
  key_follower_ = std::make_unique<KeyFollower>(std::move(keys), *keys_, clock_, *log_);
  tokens_ = TokenVerifier::New(keys_, clock_);
  const auto limit = static_cast<size_t>(options_.queue_limit);
  calls_ = std::make_unique<Executor>(Executor::Options{"call", options_.workers, limit});
  streams_ = std::make_unique<Executor>(Executor::Options{"stream", options_.stream_workers, 8});
  chunks_ = std::make_unique<Executor>(Executor::Options{"chunk", options_.chunk_workers, 64});
}

ServerHost::~ServerHost() { Shutdown(); }

std::string ServerHost::NewHolder() const {
  return options_.service_name + "-" + NewId(clock_.Now());
}

void ServerHost::AddService(std::unique_ptr<grpc::Service> service) {
  const std::string name = admission_->TakeRegistered();
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
  if (descriptor == nullptr) {
    parts_->added = absl::FailedPreconditionError("a service was added without one Runner");
    return;
  }
  parts_->services.push_back(std::make_unique<FramedService>(std::move(service), *descriptor));
}

void ServerHost::AddTask(std::unique_ptr<BackgroundTask> task) {
  parts_->tasks.push_back(std::move(task));
}

void ServerHost::AddStartup(std::string name, std::function<absl::Status(absl::Time)> step) {
  parts_->steps.emplace_back(std::move(name), std::move(step));
}

void ServerHost::AddReadiness(std::string name, std::function<absl::Status(absl::Time)> check) {
  parts_->checks.emplace_back(std::move(name), std::move(check));
}

void ServerHost::FollowKeys(JwksSource published, std::string cache_file) {
  key_follower_->Follow(std::move(published), std::move(cache_file));
}

absl::Status ServerHost::Start() {
  RETURN_IF_ERROR(parts_->added);
  // The port of metrics first: nobody has been answered yet when it is taken.
  absl::Status status = ServeMetrics();
  admission_->SetReady(parts_->steps.empty());
  if (status.ok()) status = Listen();
  if (!status.ok()) {
    Shutdown();  // what was started may use what the caller destroys now
    return status;
  }
  parts_->keys = std::thread([this] {
    pthread_setname_np(pthread_self(), "keys");
    key_follower_->Run();
  });
  log_->Info("started", {{"port", std::to_string(port_)}, {"profile", options_.profile}});
  // With nothing to wait for the process serves when Start returns.
  if (parts_->steps.empty()) StartTasks();
  parts_->life = std::thread([this] {
    const WorkerScope scope;
    pthread_setname_np(pthread_self(), "life");
    if (!parts_->steps.empty()) {
      if (!RunStartup()) return;
      StartTasks();
      log_->Info("ready to serve");
    }
    Probe();
  });
  return absl::OkStatus();
}

absl::Status ServerHost::ServeMetrics() {
  if (options_.metrics_listen.empty()) return absl::OkStatus();
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
  return absl::OkStatus();
}

absl::Status ServerHost::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  if (options_.profile != "production") grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddListeningPort(options_.listen, grpc::InsecureServerCredentials(), &port_);
  builder.SetMaxReceiveMessageSize(kLargestRead);
  builder.SetMaxSendMessageSize(kLargestMessage);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
  // Two servers on one port would share calls by chance: refuse instead.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (auto& service : parts_->services) builder.RegisterService(service.get());
  parts_->server = builder.BuildAndStart();
  if (parts_->server == nullptr || port_ == 0) {
    return absl::UnavailableError("cannot listen on " + options_.listen + " (is the port taken?)");
  }
  parts_->server->GetHealthCheckService()->SetServingStatus(parts_->steps.empty() &&
                                                            parts_->checks.empty());
  return absl::OkStatus();
}

// False when the process is to end.
bool ServerHost::RunStartup() {
  for (const auto& [name, step] : parts_->steps) {
    absl::Status status = RetryStep(step, name);
    if (status.ok()) continue;
    if (!parts_->stopping.HasBeenNotified()) {
      log_->Error("start failed", {{"step", name}, {"detail", std::string(status.message())}});
    }
    parts_->EndStartup(Parts::Startup::kFailed, std::move(status));
    const uint64_t one = 1;
    if (::write(parts_->startup_failed.get(), &one, sizeof(one)) < 0) std::abort();
    return false;
  }
  return true;
}

// OK, an error that will not go away, or CANCELLED when the process stops.
absl::Status ServerHost::RetryStep(const std::function<absl::Status(absl::Time)>& step,
                                   const std::string& name) {
  RetryPace pace(absl::Milliseconds(100), absl::Seconds(3));
  for (;;) {
    if (parts_->stopping.HasBeenNotified()) return absl::CancelledError("stopped while starting");
    absl::Status status = step(clock_.Now() + kStartupStep);
    if (status.ok()) {
      if (pace.Succeeded()) log_->Info("start goes on", {{"step", name}});
      return status;
    }
    if (!absl::IsUnavailable(status) && !absl::IsDeadlineExceeded(status)) return status;
    if (pace.failures() == 0) {
      log_->Warning("start waits", {{"step", name}, {"detail", std::string(status.message())}});
    }
    parts_->stopping.WaitForNotificationWithTimeout(pace.Failed());
  }
}

void ServerHost::StartTasks() {
  for (auto& task : parts_->tasks) {
    parts_->task_threads.emplace_back([&task] {
      const WorkerScope scope;
      pthread_setname_np(pthread_self(), task->name().substr(0, 15).c_str());
      task->Run();
    });
  }
  admission_->SetReady(true);
  parts_->EndStartup(Parts::Startup::kDone, absl::OkStatus());
}

void ServerHost::Probe() {
  std::map<std::string, bool> last;
  bool serving = parts_->steps.empty() && parts_->checks.empty();
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
      serving ? options_.probe_interval
              : std::min(options_.probe_interval, absl::Milliseconds(200))));
}

absl::Status ServerHost::AwaitStartup(absl::Time deadline) {
  absl::MutexLock lock(&parts_->mutex);
  if (!parts_->mutex.AwaitWithDeadline(absl::Condition(parts_.get(), &Parts::StartupOver),
                                       deadline)) {
    return absl::DeadlineExceededError("the process has not finished starting");
  }
  return parts_->startup_status;
}

absl::Status ServerHost::RunUntilSignal() {
  const sigset_t signals = StopSignals();
  const FileDescriptor arrived(::signalfd(-1, &signals, SFD_CLOEXEC));
  pollfd waits[] = {{arrived.get(), POLLIN, 0}, {parts_->startup_failed.get(), POLLIN, 0}};
  while (::poll(waits, 2, -1) < 0) {  // EINTR only
  }
  if ((waits[0].revents & POLLIN) != 0) {
    signalfd_siginfo info{};
    if (::read(arrived.get(), &info, sizeof(info)) == sizeof(info)) {
      log_->Info("stopping", {{"signal", std::to_string(info.ssi_signo)}});
    }
    Shutdown();
    log_->Info("stopped");
    return absl::OkStatus();
  }
  Shutdown();
  return AwaitStartup(absl::InfinitePast());
}

void ServerHost::Shutdown() {
  if (parts_ == nullptr || parts_->shut_down) return;
  parts_->shut_down = true;
  if (admission_ != nullptr) admission_->BeginStopping();
  parts_->stopping.Notify();
  if (parts_->life.joinable()) parts_->life.join();
  key_follower_->Stop();
  if (parts_->keys.joinable()) parts_->keys.join();
  if (parts_->server != nullptr) parts_->server->GetHealthCheckService()->Shutdown();
  if (!parts_->task_threads.empty()) {
    for (auto& task : parts_->tasks) task->Stop();
  }
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
