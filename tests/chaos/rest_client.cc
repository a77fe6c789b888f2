#include "chaos/rest_client.h"

#include <curl/curl.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace thidua::chaos {

RestClient::RestClient(std::string base, std::string ca_file, absl::Duration timeout)
    : base_(std::move(base)),
      ca_file_(std::move(ca_file)),
      timeout_(timeout),
      curl_(curl_easy_init()) {}

RestClient::~RestClient() { curl_easy_cleanup(curl_); }

absl::Status RestClient::Call(const std::string& path, const std::string& token,
                              const std::string& data, std::string* body) {
  auto* curl = static_cast<CURL*>(curl_);
  curl_easy_reset(curl);  // keeps the connection
  const std::string url = base_ + path;
  std::string answer;
  curl_slist* headers = curl_slist_append(nullptr, "Expect:");
  if (!token.empty())
    headers = curl_slist_append(headers, ("Authorization: Bearer " + token).c_str());
  if (!data.empty()) headers = curl_slist_append(headers, "Content-Type: application/json");
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  if (!ca_file_.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file_.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(absl::ToInt64Milliseconds(timeout_)));
  if (!data.empty()) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, data.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(data.size()));
  }
  curl_easy_setopt(
      curl, CURLOPT_WRITEFUNCTION, +[](char* from, size_t size, size_t count, void* to) -> size_t {
        static_cast<std::string*>(to)->append(from, size * count);
        return size * count;
      });
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  const CURLcode code = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_slist_free_all(headers);
  if (code == CURLE_OPERATION_TIMEDOUT) return absl::DeadlineExceededError("no answer in time");
  if (code != CURLE_OK) return absl::UnavailableError(curl_easy_strerror(code));
  if (status == 502 || status == 503) return absl::UnavailableError(answer);
  if (status == 504) return absl::DeadlineExceededError(answer);
  if (status < 200 || status > 299) return absl::UnknownError(absl::StrCat(status, " ", answer));
  if (body != nullptr) *body = std::move(answer);
  return absl::OkStatus();
}

}  // namespace thidua::chaos
