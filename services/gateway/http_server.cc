#include "gateway/http_server.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"

namespace thidua::gateway {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;
}  // namespace

HttpServer::HttpServer(Handler& handler, HttpLimits limits)
    : handler_(handler),
      limits_(limits),
      work_(asio::make_work_guard(io_)),
      acceptor_(asio::make_strand(io_)),
      retry_accept_(acceptor_.get_executor()) {}

HttpServer::~HttpServer() {
  if (!threads_.empty()) Shutdown(absl::ZeroDuration());
}

absl::Status HttpServer::Listen(const std::string& address) {
  const size_t colon = address.rfind(':');
  unsigned short port = 0;
  const char* const end = address.data() + address.size();
  const auto parsed = colon == std::string::npos
                          ? std::from_chars_result{end, std::errc::invalid_argument}
                          : std::from_chars(address.data() + colon + 1, end, port);
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    return absl::InvalidArgumentError(absl::StrCat("not host:port: ", address));
  }
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  Error error;
  const asio::ip::address ip = asio::ip::make_address(host, error);
  if (error) return absl::InvalidArgumentError(absl::StrCat("not an IP address: ", host));
  const tcp::endpoint endpoint(ip, port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, ": ", error.message()));
  }
  port_ = acceptor_.local_endpoint().port();
  return absl::OkStatus();
}

void HttpServer::Start(int threads) {
  asio::post(acceptor_.get_executor(), [this] { Accept(); });
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { io_.run(); });
}

void HttpServer::Accept() {
  acceptor_.async_accept(
      asio::make_strand(io_),
      asio::bind_executor(acceptor_.get_executor(), [this](Error error, tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (!error) {
          Admit(std::move(socket));
          return Accept();
        }
        // Out of file descriptors, most likely: without a pause this would spin.
        retry_accept_.expires_after(std::chrono::milliseconds(100));
        retry_accept_.async_wait([this](Error cancelled) {
          if (!cancelled && acceptor_.is_open()) Accept();
        });
      }));
}

void HttpServer::Admit(tcp::socket socket) {
  Error ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const bool full = connections_.fetch_add(1) >= limits_.connections;
  uint64_t number = 0;
  {
    absl::MutexLock lock(&mutex_);
    number = next_number_++;
    sessions_[number];
  }
  auto session = std::make_shared<Session>(std::move(socket), handler_, limits_, draining_,
                                           [this, number] { Forget(number); });
  {
    absl::MutexLock lock(&mutex_);
    sessions_[number] = session;
  }
  full ? session->TurnAway() : session->Start();
}

void HttpServer::Forget(uint64_t number) {
  absl::MutexLock lock(&mutex_);
  sessions_.erase(number);
  connections_.fetch_sub(1);
}

template <class Action>
void HttpServer::ForEach(Action action) {
  std::vector<std::shared_ptr<Session>> live;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [number, session] : sessions_) {
      if (auto strong = session.lock()) live.push_back(std::move(strong));
    }
  }
  for (const auto& session : live) action(*session);
}

bool HttpServer::AwaitEmpty(absl::Duration timeout) {
  absl::MutexLock lock(&mutex_);
  return mutex_.AwaitWithTimeout(
      absl::Condition(
          +[](std::map<uint64_t, std::weak_ptr<Session>>* sessions) { return sessions->empty(); },
          &sessions_),
      timeout);
}

void HttpServer::Shutdown(absl::Duration drain) {
  draining_.store(true);
  absl::Notification closed;
  asio::post(acceptor_.get_executor(), [this, &closed] {
    Error ignored;
    acceptor_.close(ignored);
    retry_accept_.cancel();
    closed.Notify();
  });
  if (!threads_.empty()) closed.WaitForNotification();
  ForEach([](Session& session) { session.Drain(); });
  if (!AwaitEmpty(drain)) {
    ForEach([](Session& session) { session.Abort(); });
    // Each one cancels its upstream call, which ends it.
    AwaitEmpty(absl::InfiniteDuration());
  }
  work_.reset();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace thidua::gateway
