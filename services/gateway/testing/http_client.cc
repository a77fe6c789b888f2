#include "gateway/testing/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace thidua::gateway::testing {
namespace {

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

std::string HttpAnswer::reason() const {
  const nlohmann::json body = json();
  if (!body.is_object() || !body.contains("error")) return "";
  for (const auto& detail : body["error"]["details"]) {
    if (detail["@type"] == "type.googleapis.com/google.rpc.ErrorInfo") return detail["reason"];
  }
  return "";
}

std::vector<std::string> HttpAnswer::fields() const {
  std::vector<std::string> fields;
  const nlohmann::json body = json();
  if (!body.is_object() || !body.contains("error")) return fields;
  for (const auto& detail : body["error"]["details"]) {
    if (detail["@type"] != "type.googleapis.com/google.rpc.BadRequest") continue;
    for (const auto& violation : detail["field_violations"]) fields.push_back(violation["field"]);
  }
  return fields;
}

std::string HttpAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Connection::Connection(int port) {
  socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
  timeval limit{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
}

Connection::~Connection() { Close(); }

void Connection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the other side has closed; reading will tell
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

void Connection::CloseSend() { ::shutdown(socket_, SHUT_WR); }

void Connection::Close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool Connection::Fill() {
  char bytes[16 * 1024];
  const ssize_t got = ::recv(socket_, bytes, sizeof(bytes), 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(got));
  return true;
}

HttpAnswer Connection::Read(bool head_only) {
  HttpAnswer answer;
  size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill()) return answer;
  }
  const std::string head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::atoi(head.c_str() + 9);
  for (size_t at = head.find("\r\n") + 2; at < head.size();) {
    const size_t line_end = head.find("\r\n", at);
    const std::string line = head.substr(at, line_end - at);
    const size_t colon = line.find(": ");
    answer.headers[Lower(line.substr(0, colon))] = line.substr(colon + 2);
    at = line_end + 2;
  }
  if (answer.status == 100) return Read(head_only);
  if (head_only) {
    answer.complete = true;
    return answer;
  }
  if (answer.header("transfer-encoding") == "chunked") {
    while (true) {
      size_t line = 0;
      while ((line = buffer_.find("\r\n")) == std::string::npos) {
        if (!Fill()) return answer;
      }
      const size_t size = std::strtoul(buffer_.c_str(), nullptr, 16);
      while (buffer_.size() < line + 2 + size + 2) {
        if (!Fill()) return answer;
      }
      answer.body += buffer_.substr(line + 2, size);
      buffer_.erase(0, line + 2 + size + 2);
      if (size == 0) break;
    }
  } else if (answer.headers.count("content-length") > 0) {
    const size_t size = std::strtoul(answer.header("content-length").c_str(), nullptr, 10);
    while (buffer_.size() < size) {
      if (!Fill()) return answer;
    }
    answer.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
  } else {
    while (Fill()) {
    }
    answer.body = std::exchange(buffer_, "");
  }
  answer.complete = true;
  return answer;
}

std::string Connection::ReadUntil(std::string_view wanted) {
  while (buffer_.find(wanted) == std::string::npos && Fill()) {
  }
  return buffer_;
}

bool Connection::ReadToEnd() {
  char bytes[4096];
  while (true) {
    const ssize_t got = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (got == 0) return true;
    if (got < 0) return errno == ECONNRESET;
  }
}

std::string RequestText(std::string_view method, std::string_view target, const Headers& headers,
                        std::string_view body) {
  std::string text =
      std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

HttpAnswer Fetch(int port, std::string_view method, std::string_view target, const Headers& headers,
                 std::string_view body) {
  Connection connection(port);
  connection.Send(RequestText(method, target, headers, body));
  return connection.Read(method == "HEAD");
}

HttpAnswer FetchJson(int port, std::string_view method, std::string_view target,
                     std::string_view body) {
  return Fetch(port, method, target, {{"Content-Type", "application/json"}}, body);
}

}  // namespace thidua::gateway::testing
