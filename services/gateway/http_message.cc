#include "gateway/http_message.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gateway/http_status.h"

namespace thidua::gateway {
namespace {

// "http://host/path" (a proxy's form, which every server must take) → "/path".
std::string_view OriginForm(std::string_view target) {
  if (target.empty() || target.front() == '/') return target;
  const size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return target;
  const size_t path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace

std::string_view RequestHead::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return "";
}

int RequestHead::Count(std::string_view name) const {
  return static_cast<int>(std::count_if(headers.begin(), headers.end(),
                                        [&](const auto& header) { return header.first == name; }));
}

std::string_view RequestHead::path() const {
  const std::string_view origin = OriginForm(target);
  return origin.substr(0, origin.find('?'));
}

std::string_view RequestHead::query() const {
  const std::string_view origin = OriginForm(target);
  const size_t mark = origin.find('?');
  return mark == std::string_view::npos ? std::string_view() : origin.substr(mark + 1);
}

std::string WriteHead(const Response& response, const Framing& framing) {
  std::string head =
      absl::StrCat("HTTP/1.1 ", response.status, " ", ReasonPhrase(response.status), "\r\n");
  for (const auto& [name, value] : response.headers) {
    std::string clean = value;
    std::replace_if(
        clean.begin(), clean.end(),
        [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; }, ' ');
    absl::StrAppend(&head, name, ": ", clean, "\r\n");
  }
  if (framing.length == Framing::kContentLength) {
    absl::StrAppend(&head, "Content-Length: ", response.body.size(), "\r\n");
  } else if (framing.length == Framing::kChunked) {
    absl::StrAppend(&head, "Transfer-Encoding: chunked\r\n");
  }
  absl::StrAppend(&head, "Connection: ", framing.close ? "close" : "keep-alive", "\r\n\r\n");
  return head;
}

std::string WriteChunk(std::string_view data) {
  return absl::StrCat(absl::Hex(data.size()), "\r\n", std::string(data), "\r\n");
}

}  // namespace thidua::gateway
