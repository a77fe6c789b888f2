#include "gateway/upstreams.h"

#include <atomic>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "gateway/upstream_call.h"
#include "platform/client.h"
#include "platform/status_macros.h"

namespace thidua::gateway {
namespace {

// grpc.health.v1.HealthCheckResponse{status: SERVING} on the wire: field 1, varint 1. Its proto is
// compiled into gRPC's own library and must not be linked twice.
std::string HealthText(const grpc::Status& status, const grpc::ByteBuffer& response) {
  if (!status.ok()) {
    return status.error_code() == grpc::StatusCode::UNIMPLEMENTED ? "NOT_SERVING" : "UNREACHABLE";
  }
  grpc::Slice slice;
  if (!response.DumpToSingleSlice(&slice).ok()) return "NOT_SERVING";
  const std::string_view bytes(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes == std::string_view("\x08\x01", 2) ? "SERVING" : "NOT_SERVING";
}

// Collects the answers of one round.
struct Round {
  absl::Mutex mutex;
  Upstreams::Health health ABSL_GUARDED_BY(mutex);
  size_t awaited ABSL_GUARDED_BY(mutex) = 0;
  std::function<void(Upstreams::Health)> done;

  void Add(const std::string& package, std::string text) {
    Upstreams::Health complete;
    {
      absl::MutexLock lock(&mutex);
      health[package] = std::move(text);
      if (--awaited > 0) return;
      complete = health;
    }
    done(std::move(complete));
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Upstreams>> Upstreams::Connect(
    const std::vector<UpstreamAddress>& addresses) {
  auto upstreams = std::make_unique<Upstreams>();
  std::map<std::string, std::shared_ptr<grpc::Channel>> by_address;
  for (const UpstreamAddress& upstream : addresses) {
    for (const Upstream& other : upstreams->upstreams_) {
      if (other.package == upstream.package) {
        return absl::InvalidArgumentError(
            absl::StrCat("two upstreams for package ", upstream.package));
      }
    }
    std::shared_ptr<grpc::Channel>& channel = by_address[upstream.address];
    if (channel == nullptr) {
      ASSIGN_OR_RETURN(platform::PeerChannel peer,
                       platform::ConnectLoopback(upstream.address, nullptr));
      channel = std::move(peer.channel);
    }
    upstreams->upstreams_.push_back(
        {upstream.package, std::make_unique<grpc::GenericStub>(channel)});
  }
  return upstreams;
}

grpc::GenericStub* Upstreams::For(std::string_view package) const {
  const Upstream* best = nullptr;
  for (const Upstream& upstream : upstreams_) {
    const std::string& prefix = upstream.package;
    const bool covers = package.substr(0, prefix.size()) == prefix &&
                        (package.size() == prefix.size() || package[prefix.size()] == '.');
    if (covers && (best == nullptr || best->package.size() < prefix.size())) best = &upstream;
  }
  return best == nullptr ? nullptr : best->stub.get();
}

void Upstreams::CheckHealth(absl::Duration timeout, std::function<void(Health)> done) const {
  if (upstreams_.empty()) return done({});
  auto round = std::make_shared<Round>();
  round->done = std::move(done);
  {
    absl::MutexLock lock(&round->mutex);
    round->awaited = upstreams_.size();
  }
  for (const Upstream& upstream : upstreams_) {
    UnaryCall::Start(*upstream.stub, {"/grpc.health.v1.Health/Check", {}, timeout, ""},
                     [round, package = upstream.package](const grpc::Status& status,
                                                         const grpc::ByteBuffer& response) {
                       round->Add(package, HealthText(status, response));
                     });
  }
}

}  // namespace thidua::gateway
