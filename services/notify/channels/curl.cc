#include "notify/channels/curl.h"

#include <mutex>

namespace thidua::notify::channels {
namespace {

struct UrlDeleter {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

}  // namespace

bool ParseServerUrl(const std::string& text, ServerUrl* url) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURLU, UrlDeleter> parsed(curl_url());
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
    return false;
  url->scheme = PartOf(parsed.get(), CURLUPART_SCHEME);
  url->host = PartOf(parsed.get(), CURLUPART_HOST);
  url->path = PartOf(parsed.get(), CURLUPART_PATH);
  return !url->host.empty() && PartOf(parsed.get(), CURLUPART_QUERY).empty() &&
         PartOf(parsed.get(), CURLUPART_FRAGMENT).empty() &&
         PartOf(parsed.get(), CURLUPART_USER).empty();
}

std::string CleanDetail(std::string_view text) {
  std::string clean;
  for (const char c : text.substr(0, kDetailLimit)) {
    if (c >= 0x20 && c < 0x7f) clean.push_back(c);
  }
  return clean;
}

}  // namespace thidua::notify::channels
