// Calls any rpc with JSON in and JSON out, over TLS through the edge or plain on loopback.
#pragma once

#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "nlohmann/json.hpp"

namespace thidua::ctl {

using nlohmann::json;

// A bidirectional stream in which each message is answered by one.
class ChunkStream {
 public:
  virtual ~ChunkStream() = default;
  virtual absl::StatusOr<json> Exchange(const json& message) = 0;
  // Ends the sending side; the status of the whole stream.
  virtual absl::Status Finish() = 0;
};

class RpcClient {
 public:
  struct Options {
    std::string target = "localhost:7443";
    std::string ca_file;  // PEM; empty: plaintext, and then the target must be on loopback
    // UNAVAILABLE is tried again for this long, with growing pauses. Safe for writes: they carry a
    // request id, and a repeat gets the first answer.
    absl::Duration retry_for = absl::ZeroDuration();
    absl::Duration timeout = absl::Seconds(30);
  };
  static absl::StatusOr<std::unique_ptr<RpcClient>> Connect(Options options);

  // `method` as FindMethod takes it. proto3 JSON with original field names, defaults printed. An
  // unknown field in `request` is refused here, by name.
  absl::StatusOr<json> Call(const std::string& method, const json& request,
                            const std::string& token);
  // Calls `each` for every message of a server stream; an error of `each` ends the call.
  absl::Status ServerStream(const std::string& method, const json& request,
                            const std::string& token,
                            absl::FunctionRef<absl::Status(const json&)> each);
  absl::StatusOr<std::unique_ptr<ChunkStream>> OpenChunks(const std::string& method,
                                                          const std::string& token);
  // Waits so long before a call is tried again. Not by sleeping: gRPC goes on connecting only while
  // somebody waits for it, and a handshake that nobody drives runs into its own time limit.
  void Pause(absl::Duration pause);
  absl::Duration retry_for() const { return options_.retry_for; }
  // grpc.health.v1 of the target itself.
  absl::Status CheckHealth();

 private:
  explicit RpcClient(Options options) : options_(std::move(options)) {}
  Options options_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace thidua::ctl
