// What the channels that speak through libcurl share.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

namespace thidua::notify::channels {

struct CurlListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct CurlHandleDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

// A server's URL as its parts; one with a query, a fragment or a user in it is none.
struct ServerUrl {
  std::string scheme;
  std::string host;
  std::string path;
};
// False when the text is no such URL. Prepares libcurl on first use.
bool ParseServerUrl(const std::string& text, ServerUrl* url);

// The most of a server's answer that is kept, in bytes.
inline constexpr size_t kDetailLimit = 500;
// A detail fit for a column and a screen: printable and bounded. Servers answer in ASCII; other
// bytes are dropped.
std::string CleanDetail(std::string_view text);

}  // namespace thidua::notify::channels
