#include "gateway/session.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "gateway/refusals.h"

namespace thidua::gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr size_t kReadSize = size_t{16} * 1024;
constexpr size_t kLingerBytes = size_t{1024} * 1024;

std::chrono::nanoseconds Chrono(absl::Duration duration) {
  return absl::ToChronoNanoseconds(duration);
}

RequestHead ToHead(const http::request<http::string_body>& message,
                   std::optional<uint64_t> content_length) {
  RequestHead head;
  head.method = std::string(message.method_string());
  head.target = std::string(message.target());
  for (const auto& field : message) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    head.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  head.content_length = content_length;
  head.chunked = message.chunked();
  return head;
}

}  // namespace

Session::Session(tcp::socket socket, Handler& handler, const HttpLimits& limits,
                 const std::atomic<bool>& draining, std::function<void()> on_end)
    : at_end_{std::move(on_end)},
      stream_(std::move(socket)),
      timer_(stream_.get_executor()),
      handler_(handler),
      limits_(limits),
      draining_(draining) {}

void Session::Post(std::function<void()> work) {
  asio::post(stream_.get_executor(),
             [self = shared_from_this(), work = std::move(work)] { work(); });
}

void Session::Start() {
  Post([this] { NextRequest(); });
}

void Session::Drain() {
  Post([this] {
    if (state_ == State::kIdle) Close();
  });
}

void Session::Abort() {
  Post([this] { Gone(); });
}

void Session::TurnAway() {
  Post([this] {
    state_ = State::kReading;
    RefuseAndClose(handler_.RefuseUnread(TooManyConnections()));
  });
}

// ---- Reading a request ----

void Session::NextRequest() {
  state_ = State::kIdle;
  if (draining_.load()) return Close();
  parser_.emplace();
  parser_->header_limit(limits_.header_bytes);
  parser_->body_limit(limits_.body_bytes);
  if (buffer_.size() > 0) return ReadHead();
  stream_.expires_after(Chrono(limits_.idle));
  stream_.async_read_some(buffer_.prepare(kReadSize),
                          [self = shared_from_this(), this](Error error, size_t read) {
                            if (error || state_ != State::kIdle) return Close();
                            buffer_.commit(read);
                            ReadHead();
                          });
}

void Session::ReadHead() {
  state_ = State::kReading;
  stream_.expires_after(Chrono(limits_.header));
  http::async_read_header(
      stream_, buffer_, *parser_,
      [self = shared_from_this(), this](Error error, size_t) { OnHead(error); });
}

void Session::OnHead(Error error) {
  if (state_ != State::kReading) return;
  if (error) return RefuseUnread(error);
  const http::request<http::string_body>& message = parser_->get();
  keep_alive_ = message.keep_alive();
  head_only_ = message.method() == http::verb::head;
  http_1_0_ = message.version() < 11;
  std::optional<uint64_t> length;
  if (const auto parsed = parser_->content_length()) length = *parsed;
  RequestHead head = ToHead(message, length);
  const bool wants_continue =
      head.has_body() && !http_1_0_ && beast::iequals(message[http::field::expect], "100-continue");
  const bool has_body = head.has_body();
  auto begun = handler_.Begin(std::move(head));
  if (Response* response = std::get_if<Response>(&begun)) {
    // What follows may be a body nobody will read; without one the connection can go on.
    if (has_body) return RefuseAndClose(*response);
    state_ = State::kAnswering;
    return Respond(std::move(*response));
  }
  pending_ = std::move(std::get<std::unique_ptr<Pending>>(begun));
  body_deadline_ = std::chrono::steady_clock::now() + Chrono(limits_.body_total);
  parser_->eager(true);
  if (wants_continue) return Continue();
  ReadBody();
}

void Session::RefuseUnread(Error error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return RefuseAndClose(handler_.RefuseUnread(HeadersTooLarge(limits_.header_bytes)));
  }
  if (error == http::error::body_limit) {
    return RefuseAndClose(handler_.RefuseUnread(BodyTooLarge(limits_.body_bytes)));
  }
  // A half head, a time-out, a reset: nobody is there to read an answer.
  if (error == http::error::end_of_stream || error == http::error::partial_message ||
      error.category() != make_error_code(http::error::bad_method).category()) {
    return Close();
  }
  RefuseAndClose(handler_.RefuseUnread(HttpMalformed(error.message())));
}

void Session::Continue() {
  static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(Chrono(limits_.write_idle));
  asio::async_write(stream_, asio::buffer(kContinue),
                    [self = shared_from_this(), this](Error error, size_t) {
                      if (error || state_ != State::kReading) return Close();
                      ReadBody();
                    });
}

void Session::ReadBody() {
  if (parser_->is_done()) return Run();
  stream_.expires_after(Chrono(limits_.body_idle));
  http::async_read_some(stream_, buffer_, *parser_,
                        [self = shared_from_this(), this](Error error, size_t) { OnBody(error); });
}

void Session::OnBody(Error error) {
  if (state_ != State::kReading) return;
  if (error == http::error::body_limit) {
    return RefuseAndClose(pending_->Refuse(BodyTooLarge(limits_.body_bytes)));
  }
  if (error == http::error::end_of_stream || error == http::error::partial_message) return Close();
  if (error && error.category() == make_error_code(http::error::bad_method).category()) {
    return RefuseAndClose(pending_->Refuse(HttpMalformed(error.message())));
  }
  if (error) return Close();
  if (!parser_->is_done() && std::chrono::steady_clock::now() > body_deadline_) {
    return RefuseAndClose(pending_->Refuse(BodyTimeout()));
  }
  ReadBody();
}

void Session::Run() {
  state_ = State::kAnswering;
  stream_.expires_never();
  WatchPeer();
  const std::unique_ptr<Pending> pending = std::move(pending_);
  pending->Run(std::move(parser_->get().body()), shared_from_this());
}

// ---- Watching for the client's leaving ----

// The wait is on the socket itself: Beast must see one read at a time, and between requests this
// one may still be pending.
void Session::WatchPeer() {
  if (watching_) return;
  watching_ = true;
  stream_.socket().async_wait(
      tcp::socket::wait_read,
      asio::bind_executor(stream_.get_executor(), [self = shared_from_this(), this](Error error) {
        OnPeerReadable(error);
      }));
}

void Session::OnPeerReadable(Error error) {
  watching_ = false;
  if (error || state_ != State::kAnswering) return;
  char byte;
  const ssize_t got = ::recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (got > 0) return;  // the next request, sent early; its sender is still there
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return WatchPeer();
  Gone();
}

void Session::Gone() {
  if (state_ == State::kClosed) return;
  const std::function<void()> gone = std::exchange(gone_, nullptr);
  Close();
  if (gone) gone();
}

// ---- Writing ----

std::string Session::Head(const Response& response, Framing::Length length) {
  if (draining_.load()) keep_alive_ = false;
  if (length == Framing::kUntilClose) keep_alive_ = false;
  return WriteHead(response, {length, !keep_alive_});
}

void Session::Respond(Response response) {
  if (state_ != State::kAnswering) return;
  std::string bytes = Head(response, Framing::kContentLength);
  if (!head_only_) bytes += response.body;
  state_ = State::kEnding;
  Send(std::move(bytes), [this] { AnswerDone(); });
}

void Session::StartStream(Response head) {
  if (state_ != State::kAnswering) return;
  Send(Head(head, http_1_0_ ? Framing::kUntilClose : Framing::kChunked), nullptr);
}

void Session::Write(std::string data, std::function<void()> written) {
  if (state_ != State::kAnswering) return;
  if (data.empty()) {  // an empty chunk would end the body
    return Post([this, written = std::move(written)] {
      if (state_ == State::kAnswering && written) written();
    });
  }
  Send(http_1_0_ ? std::move(data) : WriteChunk(data), std::move(written));
}

void Session::EndStream(bool complete) {
  if (state_ != State::kAnswering) return;
  state_ = State::kEnding;
  if (!complete) {
    // What was written goes out first; then the connection ends without a last chunk.
    keep_alive_ = false;
    return Send("", [this] { Close(); });
  }
  Send(http_1_0_ ? "" : kLastChunk, [this] { AnswerDone(); });
}

void Session::OnGone(std::function<void()> gone) {
  if (state_ == State::kClosed) {
    if (gone) Post(std::move(gone));
    return;
  }
  gone_ = std::move(gone);
}

void Session::SetTimer(absl::Duration after, std::function<void()> work) {
  if (state_ != State::kAnswering) return;
  const uint64_t number = ++timer_number_;
  timer_.expires_after(std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      absl::ToChronoNanoseconds(after)));
  timer_.async_wait([self = shared_from_this(), this, number, work = std::move(work)](Error error) {
    if (!error && number == timer_number_ && state_ == State::kAnswering) work();
  });
}

void Session::Send(std::string bytes, std::function<void()> written) {
  queue_.emplace_back(std::move(bytes), std::move(written));
  if (!writing_) Pump();
}

void Session::Pump() {
  if (queue_.empty() || state_ == State::kClosed) return;
  writing_ = true;
  stream_.expires_after(Chrono(limits_.write_idle));
  asio::async_write(stream_, asio::buffer(queue_.front().first),
                    [self = shared_from_this(), this](Error error, size_t) {
                      writing_ = false;
                      if (state_ == State::kClosed) return queue_.clear();
                      if (error) return Gone();
                      const std::function<void()> written = std::move(queue_.front().second);
                      queue_.pop_front();
                      if (queue_.empty()) stream_.expires_never();
                      if (written) written();
                      if (!writing_) Pump();
                    });
}

void Session::RefuseAndClose(const Response& response) {
  keep_alive_ = false;
  std::string bytes = Head(response, Framing::kContentLength);
  if (!head_only_) bytes += response.body;
  state_ = State::kEnding;
  Send(std::move(bytes), [this] { LingerThenClose(); });
}

void Session::AnswerDone() {
  ++timer_number_;
  timer_.cancel();
  gone_ = nullptr;
  if (!keep_alive_) return LingerThenClose();
  NextRequest();
}

// Closing with unread bytes would reset the connection, and the client might never see the answer.
void Session::LingerThenClose() {
  if (state_ == State::kClosed) return;
  state_ = State::kEnding;
  Error ignored;
  if (lingered_ == 0) stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  if (lingered_ == 0) stream_.expires_after(Chrono(limits_.linger));
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kReadSize),
                          [self = shared_from_this(), this](Error error, size_t read) {
                            lingered_ += read;
                            if (error || lingered_ > kLingerBytes) return Close();
                            LingerThenClose();
                          });
}

void Session::Close() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  ++timer_number_;
  timer_.cancel();
  pending_.reset();
  gone_ = nullptr;
  // Bytes being written stay until the write has ended.
  if (!writing_) queue_.clear();
  Error ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
  stream_.close();
}

}  // namespace thidua::gateway
