#include "gateway/upstream_call.h"

#include <utility>

#include "grpc/support/time.h"
#include "grpcpp/support/slice.h"
#include "grpcpp/support/stub_options.h"

namespace thidua::gateway {
namespace {

void Prepare(const CallSpec& spec, grpc::ClientContext* context, grpc::ByteBuffer* request) {
  for (const auto& [name, value] : spec.metadata) context->AddMetadata(name, value);
  context->set_deadline(
      gpr_time_from_micros(absl::ToInt64Microseconds(spec.timeout), GPR_TIMESPAN));
  const grpc::Slice slice(spec.request);
  *request = grpc::ByteBuffer(&slice, 1);
}

}  // namespace

std::shared_ptr<UnaryCall> UnaryCall::Start(grpc::GenericStub& stub, CallSpec spec, Done done) {
  std::shared_ptr<UnaryCall> call(new UnaryCall());
  Prepare(spec, &call->context_, &call->request_);
  call->done_ = std::move(done);
  stub.UnaryCall(&call->context_, spec.rpc, grpc::StubOptions(), &call->request_, &call->response_,
                 [call](grpc::Status status) {
                   const Done done = std::exchange(call->done_, nullptr);
                   done(status, call->response_);
                 });
  return call;
}

std::shared_ptr<StreamCall> StreamCall::Start(grpc::GenericStub& stub, CallSpec spec,
                                              Events events) {
  std::shared_ptr<StreamCall> call(new StreamCall());
  Prepare(spec, &call->context_, &call->request_);
  call->events_ = std::move(events);
  call->self_ = call;
  // GenericStub has no server-streaming form; a bidi call whose writes end at once is the same on
  // the wire.
  stub.PrepareBidiStreamingCall(&call->context_, spec.rpc, grpc::StubOptions(), call.get());
  call->AddHold();
  call->StartWriteLast(&call->request_, grpc::WriteOptions());
  call->StartRead(&call->message_);
  call->StartCall();
  return call;
}

void StreamCall::ReadNext() {
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return;
    reading_ = true;
  }
  StartRead(&message_);
}

void StreamCall::Stop() {
  bool release = false;
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return;
    stopped_ = true;
    release = !reading_;
  }
  context_.TryCancel();
  if (release) RemoveHold();
}

void StreamCall::OnReadDone(bool ok) {
  {
    absl::MutexLock lock(&mutex_);
    if (!ok || stopped_) {
      // reading_ stays true, so that a later Stop does not release a second time.
      stopped_ = true;
      ok = false;
    } else {
      reading_ = false;
    }
  }
  if (!ok) return RemoveHold();
  events_.on_message(std::exchange(message_, grpc::ByteBuffer()));
}

void StreamCall::OnDone(const grpc::Status& status) {
  const std::shared_ptr<StreamCall> self = std::move(self_);
  const Events events = std::exchange(events_, Events());
  events.on_done(status);
}

}  // namespace thidua::gateway
