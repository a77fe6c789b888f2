// Channels to other services.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "platform/call.h"
#include "platform/token.h"

namespace thidua::platform {

// A channel to a peer with the token to use on it. Copyable; cheap.
struct PeerChannel {
  std::shared_ptr<grpc::Channel> channel;
  std::shared_ptr<TokenSource> tokens;  // null: calls go without a token
};

// A plaintext channel; the address must be loopback (refused otherwise). Keepalive, back-off and
// message sizes as the servers expect.
absl::StatusOr<PeerChannel> ConnectLoopback(const std::string& address,
                                            std::shared_ptr<TokenSource> tokens);

// The same for a peer that need not be there: an empty address gives no channel.
absl::StatusOr<PeerChannel> ConnectOptional(const std::string& address,
                                            std::shared_ptr<TokenSource> tokens);

// Puts deadline, token and trace of a call into the context of a call it makes (remaining − 20 ms).
absl::Status PrepareContext(const PeerChannel& peer, const Call& cause,
                            grpc::ClientContext* context);
// The same without a causing call.
absl::Status PrepareContext(const PeerChannel& peer, absl::Duration timeout,
                            grpc::ClientContext* context);

}  // namespace thidua::platform
