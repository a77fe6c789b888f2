// Template bodies of Runner::ServerStream and Runner::Chunks (see runner.h).
#pragma once

#include <atomic>

namespace thidua::platform {
namespace internal {

// Feeds one server stream from a handler that runs on a stream worker. The worker waits for each
// message to be taken, so a slow reader holds one worker of the stream pool and no memory, and one
// that does not read at all is cut off.
template <class Req, class Res, class Body>
class ServerStreamReactor final : public grpc::ServerWriteReactor<Res>, public StreamWriter<Res> {
 public:
  ServerStreamReactor(Admission* admission, grpc::CallbackServerContext* context,
                      std::shared_ptr<CallRecord> record, const Req* request, Body body)
      : admission_(admission),
        context_(context),
        record_(std::move(record)),
        request_(request),
        body_(std::move(body)) {}

  void Begin() {
    if (!admission_->streams().TryPost([this] { Work(); })) Refuse(Overloaded());
  }
  void Refuse(const absl::Status& status) { this->Finish(admission_->Done(*record_, status)); }

  bool Write(const Res& message) override {
    {
      absl::MutexLock lock(&mutex_);
      if (Over()) return false;
      out_ = message;
      writing_ = true;
    }
    this->StartWrite(&out_);
    const absl::Duration limit = admission_->LongestWrite(message.ByteSizeLong());
    const auto written = +[](ServerStreamReactor* self) { return !self->writing_; };
    {
      absl::MutexLock lock(&mutex_);
      if (mutex_.AwaitWithTimeout(absl::Condition(written, this), limit)) {
        return !failed_ && !cancelled_;
      }
      ended_ = ReaderTooSlow();
    }
    CutOff(*context_, ReaderTooSlow());
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(written, this));
    return false;
  }
  bool over() const override {
    absl::MutexLock lock(&mutex_);
    return Over();
  }

 private:
  void Work() {
    absl::Status status = Guarded([&]() -> absl::Status {
      RETURN_IF_ERROR(admission_->BeginWork(over(), record_.get()));
      return body_(*record_->call, *request_, *this);
    });
    {
      absl::MutexLock lock(&mutex_);
      if (!ended_.ok()) status = ended_;  // the handler knows only that it was to end
    }
    this->Finish(admission_->Done(*record_, status));
  }
  bool Over() const {
    if (ended_.ok()) ended_ = admission_->StillValid(*record_->call);
    return cancelled_ || failed_ || !ended_.ok();
  }
  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    failed_ = failed_ || !ok;
  }
  void OnCancel() override {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
  }
  void OnDone() override { delete this; }

  Admission* const admission_;
  grpc::CallbackServerContext* const context_;
  const std::shared_ptr<CallRecord> record_;
  const Req* const request_;
  Body body_;
  mutable absl::Mutex mutex_;
  Res out_;
  bool writing_ = false;
  bool cancelled_ = false;
  bool failed_ = false;
  mutable absl::Status ended_;  // why the frame ended the stream
};

// read → work on a worker → write the answer → read. Exactly one operation is outstanding at any
// time, so only OnCancel can run beside another reaction.
template <class Req, class Res, class Open>
class ChunkReactor final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  ChunkReactor(Admission* admission, std::shared_ptr<CallRecord> record, Open open)
      : admission_(admission), record_(std::move(record)), open_(std::move(open)) {}

  void Begin() { this->StartRead(&bytes_); }
  void Refuse(const absl::Status& status) { End(status); }

 private:
  void OnReadDone(bool ok) override {
    // Not ok is a half-close or a broken stream; either way all that was answered is done.
    if (!ok) {
      if (cancelled_.load()) return End(absl::CancelledError("the caller is gone"));
      return End(session_ == nullptr ? StreamEmpty() : absl::OkStatus());
    }
    if (!admission_->chunks().TryPost([this] { Work(); })) End(Overloaded());
  }
  void Work() {
    if (cancelled_.load()) return End(absl::CancelledError("the caller is gone"));
    const absl::Status status = Guarded([&]() -> absl::Status {
      RETURN_IF_ERROR(Parse());
      ASSIGN_OR_RETURN(Call::Context renewed, admission_->Renewed(*record_->call));
      const Call call(std::move(renewed));
      if (session_ == nullptr) session_ = open_(call);
      out_.Clear();
      const absl::Status answered = session_->OnMessage(call, in_, out_);
      if (call.checked()) record_->call->MarkChecked();
      RETURN_IF_ERROR(answered);
      bool owned = false;
      if (!grpc::SerializationTraits<Res>::Serialize(out_, &bytes_, &owned).ok()) {
        return Internal("an answer that cannot be serialised: " + record_->method);
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return End(status);
    this->StartWrite(&bytes_);
  }
  absl::Status Parse() {
    if (bytes_.Length() > kLargestMessage) return FrameTooLarge();
    // Takes the bytes away, well or not.
    const bool parsed = grpc::SerializationTraits<Req>::Deserialize(&bytes_, &in_).ok();
    return parsed ? absl::OkStatus() : FrameMalformed();
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("the caller is gone"));
    bytes_.Clear();
    this->StartRead(&bytes_);
  }
  void OnCancel() override { cancelled_.store(true); }
  void OnDone() override { delete this; }
  void End(const absl::Status& status) { this->Finish(admission_->Done(*record_, status)); }

  Admission* const admission_;
  const std::shared_ptr<CallRecord> record_;
  Open open_;
  std::unique_ptr<ChunkSession<Req, Res>> session_;
  grpc::ByteBuffer bytes_;  // of the message being read, then of its answer
  Req in_;
  Res out_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace internal

template <class Req, class Res, class Body>
grpc::ServerWriteReactor<Res>* Runner::ServerStream(const char* method,
                                                    grpc::CallbackServerContext* context,
                                                    const Req* request, Body body) const {
  auto record = std::make_shared<CallRecord>();
  const absl::Status admitted = Guarded([&]() -> absl::Status {
    RETURN_IF_ERROR(admission_.Admit("/" + service_ + "/" + method, *context, /*streaming=*/true,
                                     record.get()));
    return FrameFault();
  });
  auto* reactor = new internal::ServerStreamReactor<Req, Res, Body>(&admission_, context, record,
                                                                    request, std::move(body));
  if (admitted.ok()) {
    reactor->Begin();
  } else {
    reactor->Refuse(admitted);
  }
  return reactor;
}

template <class Req, class Res, class Open>
grpc::internal::MethodHandler* Runner::Chunks(const char* method, Open open) const {
  Admission* const admission = &admission_;
  return new grpc::internal::CallbackBidiHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
      [admission, name = "/" + service_ + "/" + method,
       open = std::move(open)](grpc::CallbackServerContext* context) {
        auto record = std::make_shared<CallRecord>();
        const absl::Status admitted = Guarded(
            [&] { return admission->Admit(name, *context, /*streaming=*/true, record.get()); });
        auto* reactor = new internal::ChunkReactor<Req, Res, Open>(admission, record, open);
        if (admitted.ok()) {
          reactor->Begin();
        } else {
          reactor->Refuse(admitted);
        }
        return reactor;
      });
}

}  // namespace thidua::platform
