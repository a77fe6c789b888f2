#include <utility>

#include "gateway/rest_request.h"
#include "gateway/transcoder.h"
#include "gateway/upstream_call.h"

namespace thidua::gateway {
namespace {

// Proxies drop connections that are silent; a comment keeps an event stream alive, and the first
// one also brings the head to a client whose stream has no message yet.
constexpr absl::Duration kQuiet = absl::Seconds(15);
constexpr absl::Duration kHeadAtLatest = absl::Seconds(2);

// A server stream as NDJSON, as server-sent events, or as raw bytes (HttpBody). All methods run on
// the exchange's strand.
class StreamAnswer : public std::enable_shared_from_this<StreamAnswer> {
 public:
  StreamAnswer(std::shared_ptr<RestRequest> request, std::shared_ptr<Exchange> exchange,
               size_t sent_bytes)
      : request_(std::move(request)), exchange_(std::move(exchange)), sent_bytes_(sent_bytes) {}

  void Start(CallSpec spec, grpc::GenericStub& stub) {
    const auto self = shared_from_this();
    call_ =
        StreamCall::Start(stub, std::move(spec),
                          {.on_message =
                               [self](grpc::ByteBuffer message) {
                                 self->exchange_->Post([self, message = std::move(message)] {
                                   self->OnMessage(message);
                                 });
                               },
                           .on_done =
                               [self](const grpc::Status& status) {
                                 self->exchange_->Post([self, status] { self->OnDone(status); });
                               }});
    exchange_->OnGone([self] {
      self->call_->Stop();
      self->Finish(499, "CANCELLED", "CLIENT_GONE");
    });
    if (!raw()) ArmTimer(kHeadAtLatest);
  }

 private:
  bool raw() const { return request_->route().raw_response(); }
  bool events() const { return request_->format == StreamFormat::kEvents; }

  void OnMessage(const grpc::ByteBuffer& message) {
    if (finished_) return;
    absl::StatusOr<HttpOutput> output =
        BuildResponse(request_->context.contract, request_->route(), message);
    if (!output.ok()) {
      call_->Stop();
      return FailWith(request_->context.errors.FromRefusal(output.status()));
    }
    ++messages_;
    if (!started_) Begin(raw() ? output->content_type : StreamType());
    Write(raw() ? std::move(output->body) : Frame("", output->body),
          [self = shared_from_this()] { self->call_->ReadNext(); });
  }

  void OnDone(const grpc::Status& status) {
    if (finished_) return;
    if (!status.ok()) {
      return FailWith(
          request_->context.errors.FromUpstream(status, request_->route().rpc, sent_bytes_));
    }
    if (!started_) Begin(raw() ? "application/octet-stream" : StreamType());
    // Browsers would connect again after an end they were not told of.
    if (!raw() && events()) Write(Frame("end", "{}"), nullptr);
    exchange_->EndStream(true);
    Finish(200, "OK", "");
  }

  // Before the first byte an error is an ordinary answer; after it the last record, or, where bytes
  // are raw, a cut.
  void FailWith(const ErrorResponse& error) {
    if (!started_) {
      finished_ = true;
      exchange_->Respond(request_->Fail(error));
      return;
    }
    if (!raw()) Write(Frame("error", error.json), nullptr);
    exchange_->EndStream(!raw());
    Finish(200, error.code, error.reason);
  }

  void Begin(const std::string& content_type) {
    started_ = true;
    Response head;
    head.headers = request_->AnswerHeaders(content_type);
    // nginx would collect a stream before passing it on.
    head.headers.emplace_back("X-Accel-Buffering", "no");
    exchange_->StartStream(std::move(head));
    if (!raw() && events()) ArmTimer(kQuiet);
  }

  void ArmTimer(absl::Duration after) {
    exchange_->SetTimer(after, [self = shared_from_this()] { self->OnQuiet(); });
  }

  void OnQuiet() {
    if (finished_) return;
    if (!started_) Begin(StreamType());
    if (!events()) return;
    if (!quiet_write_) {
      quiet_write_ = true;
      Write(": \n\n", [self = shared_from_this()] { self->quiet_write_ = false; });
    }
    ArmTimer(kQuiet);
  }

  std::string StreamType() const { return events() ? "text/event-stream" : "application/x-ndjson"; }

  // JSON as printed has no line break, so one line is one message.
  std::string Frame(const std::string& event, const std::string& json) const {
    if (!events()) return json + "\n";
    return (event.empty() ? "" : "event: " + event + "\n") + "data: " + json + "\n\n";
  }

  void Write(std::string data, std::function<void()> written) {
    bytes_ += data.size();
    exchange_->Write(std::move(data), std::move(written));
  }

  void Finish(int http_status, const std::string& code, const std::string& reason) {
    finished_ = true;
    request_->Log({.http_status = http_status,
                   .code = code,
                   .reason = reason,
                   .bytes_out = bytes_,
                   .messages = messages_});
  }

  const std::shared_ptr<RestRequest> request_;
  const std::shared_ptr<Exchange> exchange_;
  const size_t sent_bytes_;
  std::shared_ptr<StreamCall> call_;
  bool started_ = false;
  bool finished_ = false;
  bool quiet_write_ = false;
  uint64_t bytes_ = 0;
  int64_t messages_ = 0;
};

}  // namespace

void RunStream(std::shared_ptr<RestRequest> request, std::string body,
               std::shared_ptr<Exchange> exchange) {
  const RestContext& context = request->context;
  request->record.bytes_in = body.size();
  absl::StatusOr<std::string> message =
      BuildRequest(context.contract, request->match,
                   {request->query, request->content_type, body, request->if_match});
  if (!message.ok()) {
    return exchange->Respond(request->Fail(context.errors.FromRefusal(message.status())));
  }
  grpc::GenericStub* stub = context.upstreams.For(request->route().method->file()->package());
  CallSpec spec{request->route().rpc, request->metadata, request->timeout, *std::move(message)};
  auto answer = std::make_shared<StreamAnswer>(request, exchange, spec.request.size());
  answer->Start(std::move(spec), *stub);
}

}  // namespace thidua::gateway
