// A server process: gRPC server, health, metrics port, background tasks, signals, drain. Test and
// binary use the same class.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/impl/codegen/service_type.h"
#include "grpcpp/server.h"
#include "platform/admission.h"
#include "platform/background.h"
#include "platform/client.h"
#include "platform/clock.h"
#include "platform/executor.h"
#include "platform/key_follower.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/token.h"

namespace thidua::platform {

struct HostOptions {
  std::string service_name;                    // required: "campaign"
  std::string listen = "127.0.0.1:0";          // gRPC, plaintext: loopback only (refused otherwise)
  std::string metrics_listen = "127.0.0.1:0";  // /metrics; empty: none
  std::string profile = "production";          // production | local | test
  std::string jwks_file;                       // required: trusted public keys
  int workers = 8;                             // unary rpcs
  int stream_workers = 16;                     // server streams, one each while it runs
  int chunk_workers = 4;                       // messages of bidirectional streams
  int queue_limit = 256;                       // unary rpcs waiting
  // See Admission::Dependencies. Together they leave stream workers free for downloads.
  int snapshot_streams = 4;
  int watch_streams = 8;
  absl::Duration stream_write = absl::Seconds(30);
  absl::Duration drain = absl::Seconds(20);          // how long calls in flight may take at the end
  absl::Duration probe_interval = absl::Seconds(2);  // readiness
  absl::Duration key_fetch_gap = absl::Seconds(5);   // see KeyFollowerOptions::at_least
};

class ServerHost {
 public:
  // Blocks SIGTERM and SIGINT in the calling thread, so make it before any thread.
  static absl::StatusOr<std::unique_ptr<ServerHost>> Create(HostOptions options);
  ~ServerHost();

  Admission& admission() { return *admission_; }
  MetricsRegistry& metrics() { return *metrics_; }
  Logger& log() { return *log_; }
  const Clock& clock() const { return clock_; }
  BusinessClock& business_clock() { return business_; }
  TokenVerifier& tokens() { return *tokens_; }
  const HostOptions& options() const { return options_; }
  // A name that no other process has, for leases: "<service>-<id>".
  std::string NewHolder() const;

  // All of these before Start. Owned. A service must have read its policies (made its Runner)
  // since the last Add.
  template <class Service>
  Service& Add(std::unique_ptr<Service> service) {
    Service& reference = *service;
    AddService(std::move(service));
    return reference;
  }
  // Started once all startup steps are done.
  void AddTask(std::unique_ptr<BackgroundTask> task);
  // What must be done before the first call is answered: done in the order added, on a thread that
  // may block, and tried again while the answer is UNAVAILABLE or DEADLINE_EXCEEDED, so that a
  // database that comes up after the service is no failure. Until then health is NOT_SERVING and
  // calls are refused with NOT_READY. Any other error ends RunUntilSignal with it.
  void AddStartup(std::string name, std::function<absl::Status(absl::Time deadline)> step);
  // Serving only while every check is OK; checks run on a thread of their own every probe_interval.
  void AddReadiness(std::string name, std::function<absl::Status(absl::Time deadline)> check);
  // Trusts the access keys that `published` says besides those of the file, and keeps a copy of
  // them for the time when it cannot be asked. Nothing when `published` is null.
  void FollowKeys(JwksSource published, std::string cache_file);

  // Nothing goes on after a failure.
  absl::Status Start();
  // Waits until the startup steps are done: their error, or DEADLINE_EXCEEDED.
  absl::Status AwaitStartup(absl::Time deadline);
  int port() const { return port_; }                  // of gRPC, after Start
  int metrics_port() const { return metrics_port_; }  // after Start
  // SIGTERM/SIGINT → health NOT_SERVING → tasks stop → calls drain → OK. The error of a startup
  // step ends it in the same way.
  absl::Status RunUntilSignal();
  void Shutdown();

 private:
  explicit ServerHost(HostOptions options);
  void AddService(std::unique_ptr<grpc::Service> service);
  absl::Status Listen();
  absl::Status ServeMetrics();
  bool RunStartup();
  absl::Status RetryStep(const std::function<absl::Status(absl::Time)>& step,
                         const std::string& name);
  void StartTasks();
  void Probe();
  struct Parts;
  const HostOptions options_;
  SystemClock clock_;
  BusinessClock business_{clock_};
  std::unique_ptr<Logger> log_;
  std::unique_ptr<MetricsRegistry> metrics_;
  std::shared_ptr<KeyRing> keys_;
  std::unique_ptr<KeyFollower> key_follower_;
  std::unique_ptr<TokenVerifier> tokens_;
  std::unique_ptr<Executor> calls_;
  std::unique_ptr<Executor> streams_;
  std::unique_ptr<Executor> chunks_;
  std::unique_ptr<Admission> admission_;
  std::unique_ptr<Parts> parts_;
  int port_ = 0;
  int metrics_port_ = 0;
};

}  // namespace thidua::platform
