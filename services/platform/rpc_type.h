// What gRPC calls the kind of an rpc.
#pragma once

#include "google/protobuf/descriptor.h"
#include "grpcpp/impl/rpc_method.h"

namespace thidua::platform {

inline grpc::internal::RpcMethod::RpcType TypeOf(const google::protobuf::MethodDescriptor& method) {
  using grpc::internal::RpcMethod;
  if (method.client_streaming()) {
    return method.server_streaming() ? RpcMethod::BIDI_STREAMING : RpcMethod::CLIENT_STREAMING;
  }
  return method.server_streaming() ? RpcMethod::SERVER_STREAMING : RpcMethod::NORMAL_RPC;
}

}  // namespace thidua::platform
