#include "support/test_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "absl/time/clock.h"
#include "google/protobuf/wrappers.pb.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/security/credentials.h"
#include "nlohmann/json.hpp"
#include "platform/status.h"

namespace thidua::test {
namespace {

[[noreturn]] void Die(const std::string& what) {
  std::cerr << "test support: " << what << "\n";
  std::abort();
}

template <class T>
T OrDie(absl::StatusOr<T> value, const std::string& what) {
  if (!value.ok()) Die(what + ": " + std::string(value.status().message()));
  return *std::move(value);
}

}  // namespace

TempDir::TempDir() {
  std::string pattern = (std::filesystem::temp_directory_path() / "thidua-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) Die("no temporary folder");
  path_ = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TestKeys::TestKeys() : jwks_file_(directory_.path() + "/trusted.jwks") {
  nlohmann::json keys = nlohmann::json::array();
  for (const char* name : {"access", "assertion", "campaign", "scoring", "awards", "notify"}) {
    const auto key = OrDie(platform::SigningKey::Generate(key_file(name)), "key");
    nlohmann::json jwk = nlohmann::json::parse(key->public_jwk());
    const std::string use = name;
    jwk["thidua_use"] = use == "access" || use == "assertion" ? use : "service:" + use;
    keys.push_back(jwk);
  }
  std::ofstream(jwks_file_) << nlohmann::json{{"keys", keys}}.dump();
}

std::string TestKeys::key_file(const std::string& name) const {
  return directory_.path() + "/" + name + ".pem";
}

std::shared_ptr<platform::SigningKey> TestKeys::key(const std::string& name) const {
  return OrDie(platform::SigningKey::Load(key_file(name)), "key " + name);
}

std::string TestKeys::Token(const std::string& subject, std::vector<platform::Grant> grants) const {
  return OrDie(platform::MintAccessToken(*key("access"), {subject, std::move(grants)}, absl::Now(),
                                         absl::Hours(1)),
               "token");
}

std::string TestKeys::ServiceToken(const std::string& service) const {
  return OrDie(
      platform::MintAccessToken(*key(service),
                                {"service:" + service, {{"*", {"*.feed.read", "*.service.read"}}}},
                                absl::Now(), absl::Hours(1)),
      "service token");
}

TestServer::TestServer(const std::string& service_name, const TestKeys& keys,
                       platform::HostOptions options)
    : keys_(keys) {
  options.service_name = service_name;
  options.profile = "test";
  options.jwks_file = keys.jwks_file();
  options.metrics_listen = "";  // civetweb takes two seconds to stop, and a test reads no /metrics
  host_ = OrDie(platform::ServerHost::Create(std::move(options)), "server host");
}

TestServer::~TestServer() { host_->Shutdown(); }

void TestServer::Start() {
  const absl::Status started = host_->Start();
  if (!started.ok()) Die("start: " + std::string(started.message()));
  const absl::Status ready = host_->AwaitStartup(absl::Now() + absl::Seconds(60));
  if (!ready.ok()) Die("startup: " + std::string(ready.message()));
  channel_ = grpc::CreateChannel(address(), grpc::InsecureChannelCredentials());
}

std::string TestServer::address() const { return "127.0.0.1:" + std::to_string(host_->port()); }

platform::PeerChannel TestServer::PeerFor(const std::string& service) const {
  // The channel may outlive this server, so the clock is not the server's.
  static const auto* const kClock = new platform::SystemClock();
  return OrDie(platform::ConnectLoopback(address(), platform::NewServiceTokenSource(
                                                        service, keys_.key(service), *kClock)),
               "peer");
}

HealthWatch::HealthWatch(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {
  context_.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  call_ = stub_.PrepareCall(&context_, "/grpc.health.v1.Health/Watch", &queue_);
  call_->StartCall(this);
  if (!Done()) return;
  const grpc::Slice whole_server;  // an empty HealthCheckRequest
  call_->WriteLast(grpc::ByteBuffer(&whole_server, 1), grpc::WriteOptions(), this);
  Done();
}

HealthWatch::~HealthWatch() {
  context_.TryCancel();
  grpc::Status status;
  call_->Finish(&status, this);
  Done();
  queue_.Shutdown();
  while (Done()) {
  }
}

bool HealthWatch::Done() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

bool HealthWatch::Await(bool serving) {
  while (last_ != (serving ? 1 : 2)) {
    grpc::ByteBuffer bytes;
    call_->Read(&bytes, this);
    if (!Done()) return false;
    google::protobuf::Int32Value status;  // one number in field 1, as HealthCheckResponse has
    if (!grpc::SerializationTraits<google::protobuf::Int32Value>::Deserialize(&bytes, &status)
             .ok()) {
      return false;
    }
    last_ = status.value();
  }
  return true;
}

std::vector<std::string> MetricNames(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    ::close(fd);
    return {};
  }
  const std::string request = "GET /metrics HTTP/1.0\r\n\r\n";
  if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) Die("no request for metrics");
  std::string answer;
  char part[4096];
  for (ssize_t n = 0; (n = ::recv(fd, part, sizeof(part), 0)) > 0;) {
    answer.append(part, static_cast<size_t>(n));
  }
  ::close(fd);
  std::set<std::string> names;
  std::istringstream lines(answer);
  const std::string type = "# TYPE ";
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(type, 0) != 0) continue;
    if (line.back() == '\r') line.pop_back();
    names.insert(line.substr(type.size()));
  }
  return {names.begin(), names.end()};
}

std::unique_ptr<grpc::ClientContext> WithToken(const std::string& token) {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!token.empty()) context->AddMetadata("authorization", "Bearer " + token);
  return context;
}

std::string Reason(const grpc::Status& status) {
  return status.ok() ? "" : platform::ReasonOf(platform::FromGrpc(status));
}

std::vector<std::string> Fields(const grpc::Status& status) {
  std::vector<std::string> names;
  for (const auto& violation : platform::FieldsOf(platform::FromGrpc(status))) {
    names.push_back(violation.field);
  }
  return names;
}

}  // namespace thidua::test
