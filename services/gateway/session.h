// One HTTP/1.1 connection: reads requests one after the other, hands each to the Handler, writes
// the answer.
#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>  // Asio 1.74 uses std::exchange without including it

#include "absl/time/time.h"
#include "gateway/exchange.h"

namespace thidua::gateway {

struct HttpLimits {
  uint64_t body_bytes = uint64_t{4} * 1024 * 1024;
  uint32_t header_bytes = 32 * 1024;          // request line and headers (a token may have 16 KiB)
  absl::Duration idle = absl::Seconds(120);   // between requests; nginx keeps its side for 60 s
  absl::Duration header = absl::Seconds(10);  // from the first byte of a head to its last
  absl::Duration body_idle = absl::Seconds(30);   // without a byte of the body
  absl::Duration body_total = absl::Minutes(5);   // for the whole body
  absl::Duration write_idle = absl::Seconds(60);  // one write that the client does not take
  absl::Duration linger = absl::Seconds(2);       // reading on after an early refusal
  int connections = 1024;
};

// Lives until its connection is closed and its answer is over. All work is on one strand.
class Session final : public Exchange, public std::enable_shared_from_this<Session> {
 public:
  // on_end runs once, when nothing is left of the session, on any thread: from then on the server
  // and its io_context may go.
  Session(boost::asio::ip::tcp::socket socket, Handler& handler, const HttpLimits& limits,
          const std::atomic<bool>& draining, std::function<void()> on_end);

  void Start();
  // Closes the connection if no request is being answered; else after the answer.
  void Drain();
  // Closes the connection now; an answer in work learns that its client has gone.
  void Abort();
  // Answers 503 and closes, without reading.
  void TurnAway();

  void Post(std::function<void()> work) override;
  void Respond(Response response) override;
  void StartStream(Response head) override;
  void Write(std::string data, std::function<void()> written) override;
  void EndStream(bool complete) override;
  void OnGone(std::function<void()> gone) override;
  void SetTimer(absl::Duration after, std::function<void()> work) override;

 private:
  using Error = boost::beast::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class State { kIdle, kReading, kAnswering, kEnding, kClosed };

  // Reading a request.
  void NextRequest();
  void ReadHead();
  void OnHead(Error error);
  void RefuseUnread(Error error);
  void Continue();
  void ReadBody();
  void OnBody(Error error);
  void Run();

  // Watching for the client's leaving while an answer is in work.
  void WatchPeer();
  void OnPeerReadable(Error error);
  void Gone();

  // Writing.
  void Send(std::string bytes, std::function<void()> written);
  void Pump();
  void RefuseAndClose(const Response& response);
  void AnswerDone();
  void LingerThenClose();
  void Close();
  std::string Head(const Response& response, Framing::Length length);

  struct AtEnd {
    const std::function<void()> run;
    ~AtEnd() { run(); }
  };

  // The first member, and so destroyed after stream and timer, which need the io_context.
  const AtEnd at_end_;
  boost::beast::tcp_stream stream_;
  boost::asio::steady_timer timer_;
  boost::beast::flat_buffer buffer_;
  Handler& handler_;
  const HttpLimits& limits_;
  const std::atomic<bool>& draining_;

  State state_ = State::kIdle;
  std::optional<Parser> parser_;
  std::unique_ptr<Pending> pending_;
  std::chrono::steady_clock::time_point body_deadline_;
  bool keep_alive_ = false;
  bool head_only_ = false;  // HEAD: everything but the body
  bool http_1_0_ = false;   // streams end with the connection
  bool watching_ = false;
  bool writing_ = false;
  uint64_t timer_number_ = 0;
  std::function<void()> gone_;
  std::deque<std::pair<std::string, std::function<void()>>> queue_;
  size_t lingered_ = 0;
};

}  // namespace thidua::gateway
