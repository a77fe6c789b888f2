// Channels to the services, found by package.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/contract.h"
#include "grpcpp/channel.h"
#include "grpcpp/generic/generic_stub.h"

namespace thidua::gateway {

// "thidua.campaign.v1" and "127.0.0.1:7401".
struct UpstreamAddress {
  std::string package;
  std::string address;
};

// Thread-safe. Channels are made once and outlive every call: destroying one inside a callback can
// deadlock.
class Upstreams {
 public:
  // Plaintext, so only to loopback addresses.
  static absl::StatusOr<std::unique_ptr<Upstreams>> Connect(
      const std::vector<UpstreamAddress>& addresses);

  // The stub for a package: the upstream with the longest prefix that ends at a dot. Null when
  // there is none.
  grpc::GenericStub* For(std::string_view package) const;

  // Asks grpc.health.v1 of every upstream; `done` gets "SERVING", "NOT_SERVING" or "UNREACHABLE" by
  // package, once, on some thread.
  using Health = std::map<std::string, std::string>;
  void CheckHealth(absl::Duration timeout, std::function<void(Health)> done) const;

 private:
  struct Upstream {
    std::string package;
    std::unique_ptr<grpc::GenericStub> stub;
  };
  std::vector<Upstream> upstreams_;
};

}  // namespace thidua::gateway
