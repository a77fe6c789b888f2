#include "support/raw_call.h"

#include <utility>

#include "absl/synchronization/notification.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/client_callback.h"
#include "support/test_server.h"

namespace thidua::test {
namespace {

class RawCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit RawCall(std::vector<std::string> frames) : frames_(std::move(frames)) {}
  void Begin() {
    SendNext();
    StartRead(&in_);
    StartCall();
  }
  RawAnswer Await() {
    done_.WaitForNotification();
    return {status_, answers_};
  }

 private:
  void SendNext() {
    if (sent_ == frames_.size()) return StartWritesDone();
    const grpc::Slice frame(frames_[sent_++]);
    out_ = grpc::ByteBuffer(&frame, 1);
    StartWrite(&out_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) SendNext();
  }
  void OnReadDone(bool ok) override {
    if (!ok) return;
    ++answers_;
    StartRead(&in_);
  }
  void OnDone(const grpc::Status& status) override {
    status_ = status;
    done_.Notify();
  }

  const std::vector<std::string> frames_;
  size_t sent_ = 0;
  grpc::ByteBuffer out_;
  grpc::ByteBuffer in_;
  int answers_ = 0;
  grpc::Status status_;
  absl::Notification done_;
};

}  // namespace

RawAnswer SendRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                  const std::string& method, std::vector<std::string> frames) {
  grpc::GenericStub stub(channel);
  const auto context = WithToken(token);
  RawCall call(std::move(frames));
  stub.PrepareBidiStreamingCall(context.get(), method, {}, &call);
  call.Begin();
  return call.Await();
}

}  // namespace thidua::test
