// A real server of one process for tests: the same ServerHost as the binary, keys of its own,
// loopback.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "platform/client.h"
#include "platform/server_host.h"
#include "platform/token.h"

namespace thidua::test {

// A folder that goes away with the object.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Keys of the token endpoint, of the identity provider ("assertion") and of every service, with the
// JWKS that trusts them.
class TestKeys {
 public:
  TestKeys();
  const std::string& jwks_file() const { return jwks_file_; }
  // "access", "assertion", "campaign", "scoring", "awards", "notify".
  std::string key_file(const std::string& name) const;
  std::shared_ptr<platform::SigningKey> key(const std::string& name) const;
  // An access token, valid for an hour.
  std::string Token(const std::string& subject, std::vector<platform::Grant> grants) const;
  std::string ServiceToken(const std::string& service) const;

 private:
  TempDir directory_;
  std::string jwks_file_;
};

class TestServer {
 public:
  // `keys` must outlive the server. Add services to host(), then Start.
  // Name, profile, keys and metrics port of the options are set here.
  TestServer(const std::string& service_name, const TestKeys& keys,
             platform::HostOptions options = {});
  ~TestServer();
  platform::ServerHost& host() { return *host_; }
  // Starts and waits until calls are taken; a failure is fatal to the test program.
  void Start();
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }
  std::string address() const;
  // A channel as other services use it, with the token of service "name".
  platform::PeerChannel PeerFor(const std::string& service) const;

 private:
  const TestKeys& keys_;
  std::unique_ptr<platform::ServerHost> host_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Follows the health of a server as a probe does.
class HealthWatch {
 public:
  explicit HealthWatch(const std::shared_ptr<grpc::Channel>& channel);
  ~HealthWatch();
  HealthWatch(const HealthWatch&) = delete;
  HealthWatch& operator=(const HealthWatch&) = delete;
  // Waits, up to a minute in all, until the server says so; false when it never does.
  bool Await(bool serving);

 private:
  bool Done();  // of the operation that was begun
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  int last_ = 0;  // HealthCheckResponse.ServingStatus
};

// The metrics that a server offers on this port of the loopback address: "name type", sorted.
std::vector<std::string> MetricNames(int port);

// A client context with the token and a deadline of 30 s.
std::unique_ptr<grpc::ClientContext> WithToken(const std::string& token);

// The reason (ErrorInfo) of what a call answered; "" for OK.
std::string Reason(const grpc::Status& status);
// The fields (BadRequest) of what a call answered, in order.
std::vector<std::string> Fields(const grpc::Status& status);

}  // namespace thidua::test
