// A small HTTP client for tests: whole answers, or the raw bytes of a connection.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nlohmann/json.hpp"

namespace thidua::gateway::testing {

struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  bool complete = false;  // false: the connection ended too early

  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  // ErrorInfo.reason of an error.
  std::string reason() const;
  // Fields of BadRequest.
  std::vector<std::string> fields() const;
  std::string header(const std::string& name) const;
};

// One TCP connection. Every read gives up after 20 s, so that a test fails and does not hang.
class Connection {
 public:
  explicit Connection(int port);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Send(std::string_view bytes);
  // Half of a close: nothing more will be sent.
  void CloseSend();
  void Close();
  // Reads one answer; head_only for HEAD.
  HttpAnswer Read(bool head_only = false);
  // Reads until the bytes hold `wanted` or the connection ends; what was read.
  std::string ReadUntil(std::string_view wanted);
  // Reads until the connection ends; true when it did.
  bool ReadToEnd();

 private:
  bool Fill();
  std::string buffer_;
  int socket_ = -1;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// The text of a request; Content-Length is added when there is a body.
std::string RequestText(std::string_view method, std::string_view target,
                        const Headers& headers = {}, std::string_view body = "");
// On a connection of its own.
HttpAnswer Fetch(int port, std::string_view method, std::string_view target,
                 const Headers& headers = {}, std::string_view body = "");
HttpAnswer FetchJson(int port, std::string_view method, std::string_view target,
                     std::string_view body);

}  // namespace thidua::gateway::testing
