// Calls to services without compiled stubs: bytes in, bytes out, gRPC's callback API.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/http_message.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/client_callback.h"

namespace thidua::gateway {

struct CallSpec {
  std::string rpc;      // "/package.Service/Method"
  HeaderList metadata;  // lower-case names
  absl::Duration timeout;
  std::string request;  // the message on the wire
};

class UnaryCall {
 public:
  // `done` runs once, on a thread of gRPC.
  using Done = std::function<void(const grpc::Status&, const grpc::ByteBuffer&)>;
  static std::shared_ptr<UnaryCall> Start(grpc::GenericStub& stub, CallSpec spec, Done done);
  // `done` still runs, with CANCELLED, unless the answer is already on its way.
  void Cancel() { context_.TryCancel(); }

 private:
  UnaryCall() = default;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  Done done_;
};

// A server stream, one message at a time: each on_message is answered by ReadNext or Stop, so a
// slow reader slows the service down.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  struct Events {
    // On threads of gRPC, never two at a time.
    std::function<void(grpc::ByteBuffer)> on_message;
    // Last, once, also after Stop.
    std::function<void(const grpc::Status&)> on_done;
  };
  static std::shared_ptr<StreamCall> Start(grpc::GenericStub& stub, CallSpec spec, Events events);

  // From any thread, after on_message.
  void ReadNext();
  // Cancels; no on_message begins after it. From any thread, more than once if need be.
  void Stop();

 private:
  StreamCall() = default;
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;
  Events events_;
  std::shared_ptr<StreamCall> self_;  // until OnDone

  // Reads are started outside reactions, so the reactor is held (AddHold) until nobody will start
  // another one: after a failed read, or at Stop between two reads.
  absl::Mutex mutex_;
  bool reading_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace thidua::gateway
