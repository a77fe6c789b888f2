// HTTP requests and responses as plain values, and how a response is written on the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thidua::gateway {

// Names in lower case in requests; as they shall appear in responses.
using HeaderList = std::vector<std::pair<std::string, std::string>>;

struct RequestHead {
  std::string method;
  std::string target;  // as sent: "/v1/plans?page_size=2"
  HeaderList headers;
  std::optional<uint64_t> content_length;
  bool chunked = false;

  // The first header of that name (lower case), or "".
  std::string_view Header(std::string_view name) const;
  int Count(std::string_view name) const;
  std::string_view path() const;
  std::string_view query() const;
  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

struct Response {
  int status = 200;
  HeaderList headers;
  std::string body;
};

// How a head is written.
struct Framing {
  enum Length { kContentLength, kChunked, kUntilClose };
  Length length = kContentLength;
  bool close = false;  // "Connection: close"
};

// Status line and headers, with the empty line. Control characters in header values become spaces,
// so that no value can start a header of its own.
std::string WriteHead(const Response& response, const Framing& framing);
// One chunk of a chunked body; `data` must not be empty.
std::string WriteChunk(std::string_view data);
inline constexpr char kLastChunk[] = "0\r\n\r\n";

}  // namespace thidua::gateway
