#include "platform/client.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "platform/frame_errors.h"
#include "platform/loopback.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

absl::Status AddToken(const PeerChannel& peer, grpc::ClientContext* context) {
  if (peer.tokens == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::string token, peer.tokens->Token());
  context->AddMetadata("authorization", "Bearer " + token);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PeerChannel> ConnectLoopback(const std::string& address,
                                            std::shared_ptr<TokenSource> tokens) {
  if (!IsLoopbackAddress(address)) {
    return absl::InvalidArgumentError("plaintext peers must be on loopback, not " + address);
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetMaxReceiveMessageSize(kLargestMessage);
  arguments.SetMaxSendMessageSize(kLargestMessage);
  return PeerChannel{
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments),
      std::move(tokens)};
}

absl::StatusOr<PeerChannel> ConnectOptional(const std::string& address,
                                            std::shared_ptr<TokenSource> tokens) {
  if (address.empty()) return PeerChannel{};
  return ConnectLoopback(address, std::move(tokens));
}

absl::Status PrepareContext(const PeerChannel& peer, const Call& cause,
                            grpc::ClientContext* context) {
  context->set_deadline(absl::ToChronoTime(cause.deadline() - absl::Milliseconds(20)));
  context->AddMetadata("traceparent", "00-" + cause.trace_id() + "-0000000000000001-00");
  return AddToken(peer, context);
}

absl::Status PrepareContext(const PeerChannel& peer, absl::Duration timeout,
                            grpc::ClientContext* context) {
  context->set_deadline(gpr_time_from_millis(absl::ToInt64Milliseconds(timeout), GPR_TIMESPAN));
  return AddToken(peer, context);
}

}  // namespace thidua::platform
