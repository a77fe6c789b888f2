// ThreadSanitizer and Debian's gRPC: its library is not built with the sanitizer, which therefore
// does not see that what is done at the completion of a batch comes after who began the batch.
// gRPC promises that order, and its headers, compiled into our programs, live by it. These
// definitions stand before the library's: they tell the sanitizer so and call the library's own.
// Linked into every program of the preset "tsan" alone.
//
// Only these orders are added: from a batch of a call to its own completion, from all callbacks of
// a call on a server to its OnDone, and among those who give back a channel. Two calls, or two
// threads that use gRPC, are not ordered by them: tests/tsan/race_proof.cc.
#include <grpc/grpc.h>
#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>
#include <link.h>
#include <sanitizer/tsan_interface.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>

#include "real.h"

namespace {

using thidua::tsan::Real;

#define THIDUA_REAL(name)                                                       \
  ([] {                                                                         \
    static const auto kReal = reinterpret_cast<decltype(&(name))>(Real(#name)); \
    return kReal;                                                               \
  }())

// Whether `address` is code of this program or of a library it was started with.
bool IsCode(uintptr_t address) {
  const auto look = [](dl_phdr_info* module, size_t /*size*/, void* data) -> int {
    const uintptr_t wanted = *static_cast<const uintptr_t*>(data);
    for (int i = 0; i < module->dlpi_phnum; ++i) {
      const ElfW(Phdr)& part = module->dlpi_phdr[i];
      const uintptr_t start = module->dlpi_addr + part.p_vaddr;
      if (part.p_type == PT_LOAD && (part.p_flags & PF_X) != 0 && wanted >= start &&
          wanted < start + part.p_memsz) {
        return 1;
      }
    }
    return 0;
  };
  return dl_iterate_phdr(look, &address) == 1;
}

// A tag is either run by gRPC at completion (a functor: its first word is the function) or given
// back by a completion queue (of grpc++: an object, its first word the table of its functions).
bool IsRun(const void* tag) {
  uintptr_t first = 0;
  std::memcpy(&first, tag, sizeof(first));
  return IsCode(first);
}

// Stands in for a functor: is after whoever began the batch, then runs it.
struct After : grpc_completion_queue_functor {
  grpc_completion_queue_functor* functor;

  explicit After(grpc_completion_queue_functor* of)
      : grpc_completion_queue_functor(*of), functor(of) {
    functor_run = [](grpc_completion_queue_functor* self, int ok) {
      grpc_completion_queue_functor* functor = nullptr;
      {
        const std::unique_ptr<After> after(static_cast<After*>(self));
        __tsan_acquire(self);
        functor = after->functor;
      }
      functor->functor_run(functor, ok);
    };
  }
};

// A private member: to instantiate a template by hand may name one.
using ChannelOfContext = std::shared_ptr<grpc::Channel> grpc::ClientContext::*;
ChannelOfContext HeldChannel();
template <ChannelOfContext kMember>
struct Naming {
  friend ChannelOfContext HeldChannel() { return kMember; }
};
template struct Naming<&grpc::ClientContext::channel_>;

// Where libstdc++ counts the owners: behind the table of functions of what the second word leads
// to. Null when there is no owner.
template <class T>
void* CountOfOwners(const std::shared_ptr<T>& owner) {
  static_assert(sizeof(owner) == 2 * sizeof(void*));
  void* const second = reinterpret_cast<void* const*>(&owner)[1];
  return second == nullptr ? nullptr : static_cast<void**>(second) + 1;
}

}  // namespace

// The library gives back the context's share of its channel: after whoever gave back theirs.
void DestroyContext(grpc::ClientContext* context) __asm__("_ZN4grpc13ClientContextD1Ev");
void DestroyContext(grpc::ClientContext* context) {
  if (void* const count = CountOfOwners(context->*HeldChannel())) __tsan_acquire(count);
  using Destroy = void(grpc::ClientContext*);
  static const auto kReal = reinterpret_cast<Destroy*>(Real("_ZN4grpc13ClientContextD1Ev"));
  kReal(context);
}

extern "C" {

grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t nops, void* tag,
                                      void* reserved) {
  const auto start = THIDUA_REAL(grpc_call_start_batch);
  if (!IsRun(tag)) {
    __tsan_release(tag);
    return start(call, ops, nops, tag, reserved);
  }
  auto* const after = new After(static_cast<grpc_completion_queue_functor*>(tag));
  __tsan_release(after);
  const grpc_call_error error = start(call, ops, nops, after, reserved);
  if (error != GRPC_CALL_OK) delete after;  // it will not be run
  return error;
}

grpc_event grpc_completion_queue_next(grpc_completion_queue* cq, gpr_timespec deadline,
                                      void* reserved) {
  const grpc_event event = THIDUA_REAL(grpc_completion_queue_next)(cq, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(event.tag);
  return event;
}

grpc_event grpc_completion_queue_pluck(grpc_completion_queue* cq, void* tag, gpr_timespec deadline,
                                       void* reserved) {
  const grpc_event event = THIDUA_REAL(grpc_completion_queue_pluck)(cq, tag, deadline, reserved);
  if (event.type == GRPC_OP_COMPLETE) __tsan_acquire(tag);
  return event;
}

}  // extern "C"

namespace grpc::internal {

// Called by whoever found that nobody is in a callback of this call any more, which the library
// does as well as our programs. Those who left before have counted the callbacks down.
void ServerCallbackCall::ScheduleOnDone(bool inline_ondone) {
  __tsan_acquire(&callbacks_outstanding_);
  using Schedule = void(ServerCallbackCall*, bool);
  static const auto kReal =
      reinterpret_cast<Schedule*>(Real("_ZN4grpc8internal18ServerCallbackCall14ScheduleOnDoneEb"));
  kReal(this, inline_ondone);
}

// The library counts down after an OnCancel that it ran elsewhere: what that did is told before.
void ServerCallbackCall::CallOnCancel(ServerReactor* reactor) {
  class Telling final : public ServerReactor {
   public:
    Telling(ServerReactor* reactor, std::atomic_int* count) : reactor_(reactor), count_(count) {}
    void OnDone() override {}
    void OnCancel() override {
      reactor_->OnCancel();
      __tsan_release(count_);
      delete this;
    }

   private:
    ServerReactor* const reactor_;
    std::atomic_int* const count_;
  };
  using Call = void(ServerCallbackCall*, ServerReactor*);
  static const auto kReal = reinterpret_cast<Call*>(
      Real("_ZN4grpc8internal18ServerCallbackCall12CallOnCancelEPNS0_13ServerReactorE"));
  kReal(this,
        reactor->InternalInlineable() ? reactor : new Telling(reactor, &callbacks_outstanding_));
}

// What serves calls of any method: the library has it compiled already, not to be looked into. Ours
// stands before that.
template class CallbackBidiHandler<ByteBuffer, ByteBuffer>;

}  // namespace grpc::internal
