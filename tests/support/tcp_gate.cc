#include "support/tcp_gate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace thidua::test {
namespace {

constexpr int kTickMs = 50;  // how soon the end of the gate is noticed

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

void DieIf(bool wrong, const char* what) {
  if (!wrong) return;
  std::perror(what);
  std::exit(1);
}

bool SendAll(int to, const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = send(to, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<size_t>(n);
  }
  return true;
}

// "" at the end.
std::string Receive(int from) {
  char buffer[16384];
  const ssize_t n = recv(from, buffer, sizeof buffer, 0);
  return n > 0 ? std::string(buffer, static_cast<size_t>(n)) : "";
}

}  // namespace

TcpGate::TcpGate(int target_port, const std::string& own_address) : target_port_(target_port) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  DieIf(listener_ < 0, "TcpGate: socket");
  sockaddr_in address = Loopback(0);
  DieIf(inet_pton(AF_INET, own_address.c_str(), &address.sin_addr) != 1, "TcpGate: address");
  DieIf(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0,
        "TcpGate: bind");
  DieIf(listen(listener_, 16) != 0, "TcpGate: listen");
  socklen_t size = sizeof address;
  DieIf(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0,
        "TcpGate: getsockname");
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

TcpGate::~TcpGate() {
  stopping_.store(true);
  accepting_.join();
  std::list<std::thread> serving;
  {
    absl::MutexLock lock(&mutex_);
    serving.swap(serving_);
  }
  for (std::thread& thread : serving) thread.join();
  close(listener_);
}

void TcpGate::CutAt(const std::string& word, bool after_delivery) {
  absl::MutexLock lock(&mutex_);
  word_ = word;
  after_delivery_ = after_delivery;
}

bool TcpGate::TakeCut(const std::string& bytes, bool* after_delivery) {
  absl::MutexLock lock(&mutex_);
  if (word_.empty() || bytes.find(word_) == std::string::npos) return false;
  word_.clear();
  *after_delivery = after_delivery_;
  return true;
}

void TcpGate::Accept() {
  while (!stopping_.load()) {
    pollfd ready{listener_, POLLIN, 0};
    if (poll(&ready, 1, kTickMs) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    absl::MutexLock lock(&mutex_);
    serving_.emplace_back([this, client] { Serve(client); });
  }
}

void TcpGate::Serve(int client) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  DieIf(server < 0, "TcpGate: socket");
  sockaddr_in address = Loopback(target_port_);
  bool open = connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  while (open && !stopping_.load()) {
    pollfd ready[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    if (poll(ready, 2, kTickMs) <= 0) continue;
    if (ready[0].revents != 0) {
      const std::string bytes = Receive(client);
      bool after_delivery = false;
      if (TakeCut(bytes, &after_delivery)) {
        if (after_delivery && SendAll(server, bytes)) Receive(server);
        cuts_.fetch_add(1);
        break;
      }
      open = !bytes.empty() && SendAll(server, bytes);
    }
    if (open && ready[1].revents != 0) {
      const std::string bytes = Receive(server);
      open = !bytes.empty() && SendAll(client, bytes);
    }
  }
  close(client);
  close(server);
}

}  // namespace thidua::test
