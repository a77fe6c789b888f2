// Listens, gives each connection a Session, and winds down in order.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>  // Asio 1.74 uses std::exchange without including it
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "gateway/exchange.h"
#include "gateway/session.h"

namespace thidua::gateway {

class HttpServer {
 public:
  // `handler` must outlive the server.
  HttpServer(Handler& handler, HttpLimits limits);
  ~HttpServer();

  // "127.0.0.1:7400"; port 0 takes any. Names the address when it cannot be had.
  absl::Status Listen(const std::string& address);
  int port() const { return port_; }
  void Start(int threads);
  // Takes no more connections and no more requests, lets answers in work finish for `drain`, then
  // cuts them. Returns when no connection is left. Once.
  void Shutdown(absl::Duration drain);
  int connections() const { return connections_.load(); }
  bool draining() const { return draining_.load(); }

 private:
  void Accept();
  void Admit(boost::asio::ip::tcp::socket socket);
  void Forget(uint64_t number);
  // Whether no connection is left after at most that long.
  bool AwaitEmpty(absl::Duration timeout);
  template <class Action>
  void ForEach(Action action);

  Handler& handler_;
  const HttpLimits limits_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_accept_;
  std::vector<std::thread> threads_;
  std::atomic<int> connections_{0};
  std::atomic<bool> draining_{false};
  int port_ = 0;

  absl::Mutex mutex_;
  std::map<uint64_t, std::weak_ptr<Session>> sessions_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace thidua::gateway
