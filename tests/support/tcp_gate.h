// A TCP proxy on loopback that passes everything on until it is told to break off: for what happens
// when a connection is lost at a certain word.
#pragma once

#include <atomic>
#include <list>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace thidua::test {

class TcpGate {
 public:
  // Listens on a free port of the loopback address and forwards to 127.0.0.1:target_port.
  explicit TcpGate(int target_port, const std::string& address = "127.0.0.1");
  ~TcpGate();
  TcpGate(const TcpGate&) = delete;
  TcpGate& operator=(const TcpGate&) = delete;

  int port() const { return port_; }
  // The next time a client sends `word`, its connection is closed on both sides: before the word
  // reaches the server, or (after_delivery) once the server has begun to answer, without passing
  // the answer on. Holds once.
  void CutAt(const std::string& word, bool after_delivery);
  // How often it has cut.
  int cuts() const { return cuts_.load(); }

 private:
  void Accept();
  void Serve(int client);
  // Whether the bytes hold the word to cut at; takes the order away when they do.
  bool TakeCut(const std::string& bytes, bool* after_delivery);

  const int target_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> cuts_{0};
  absl::Mutex mutex_;
  std::string word_ ABSL_GUARDED_BY(mutex_);
  bool after_delivery_ ABSL_GUARDED_BY(mutex_) = false;
  std::list<std::thread> serving_ ABSL_GUARDED_BY(mutex_);
  std::thread accepting_;
};

}  // namespace thidua::test
