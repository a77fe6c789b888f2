// The frame around every rpc: token → admission by policy → deadline → bounded executor → handler →
// one status mapping → metrics and one log line (see Call::Quiet). Handlers are plain functions on
// workers that may block.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "google/protobuf/descriptor.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "grpcpp/impl/codegen/server_callback_handlers.h"
#include "grpcpp/support/byte_buffer.h"
#include "platform/admission.h"
#include "platform/call.h"
#include "platform/cut_off.h"
#include "platform/executor.h"
#include "platform/frame_errors.h"
#include "platform/framed_service.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {

// Runs a handler body; no exception leaves it.
template <class Body>
absl::Status Guarded(Body&& body) {
  try {
    return body();
  } catch (const std::exception& e) {
    return Internal(std::string("exception in a handler: ") + e.what());
  } catch (...) {
    return Internal("unknown exception in a handler");
  }
}

// Sends messages of a server stream. Write blocks until the message is on its way; false when the
// stream is over, and then the handler should return soon, with any error: the frame knows why it
// is over. That is when the caller is gone, when the token has expired that it came with, or when
// it does not take a message within Admission's LongestWrite.
template <class Res>
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  virtual bool Write(const Res& message) = 0;
  virtual bool over() const = 0;
};

// One bidirectional stream in which each message is answered by one message, in order (chunks and
// their acknowledgements). One operation is outstanding at any time, so HTTP/2 back-pressure
// reaches the sender.
template <class Req, class Res>
class ChunkSession {
 public:
  virtual ~ChunkSession() = default;
  // Answers one message; an error ends the stream with it. What was answered before stays done.
  // `call` is this message's own: its clocks are of now and its deadline leaves 30 s at most.
  virtual absl::Status OnMessage(const Call& call, const Req& message, Res& answer) = 0;
};

// Runs the rpcs of one gRPC service. Thread-safe. Cheap to make: one for each service class.
class Runner {
 public:
  // `service` is the generated service_full_name(). Aborts when a method has no valid policy.
  Runner(Admission& admission, std::string_view service);

  // body: absl::Status(const Call&, const Req&, Res&)
  template <class Req, class Res, class Body>
  grpc::ServerUnaryReactor* Unary(const char* method, grpc::CallbackServerContext* context,
                                  const Req* request, Res* response, Body body) const;

  // body: absl::Status(const Call&, const Req&, StreamWriter<Res>&)
  template <class Req, class Res, class Body>
  grpc::ServerWriteReactor<Res>* ServerStream(const char* method,
                                              grpc::CallbackServerContext* context,
                                              const Req* request, Body body) const;

  // The handler of a bidirectional stream. It takes messages as bytes: where gRPC parses them, one
  // that does not parse looks like the end of the stream, and half an import would pass for a whole
  // one. So it does not override the generated method but replaces it, in the service's
  // constructor:
  //   MarkMethodRawCallback(runner_.IndexOf("Push"), runner_.Chunks<Req, Res>("Push", open));
  // open: std::unique_ptr<ChunkSession<Req, Res>>(const Call&); runs on a worker, at the first
  // message.
  template <class Req, class Res, class Open>
  grpc::internal::MethodHandler* Chunks(const char* method, Open open) const;
  // The number of a method in the generated service.
  int IndexOf(const char* method) const;

 private:
  Admission& admission_;
  std::string service_;
};

}  // namespace thidua::platform

#include "platform/runner_stream.inc.h"
#include "platform/runner_unary.inc.h"
