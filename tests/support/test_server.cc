#include "support/test_server.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
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

TestServer::TestServer(const std::string& service_name, const TestKeys& keys) : keys_(keys) {
  platform::HostOptions options;
  options.service_name = service_name;
  options.profile = "test";
  options.jwks_file = keys.jwks_file();
  options.metrics_listen = "";  // civetweb takes two seconds to stop, and a test reads no /metrics
  host_ = OrDie(platform::ServerHost::Create(options), "server host");
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
  return OrDie(
      platform::ConnectLoopback(
          address(), platform::NewServiceTokenSource(service, keys_.key(service), host_->clock())),
      "peer");
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
