#include <algorithm>
#include <string_view>
#include <utility>

#include "notify/channels/curl.h"
#include "notify/channels/sms_channel.h"
#include "platform/loopback.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::notify::channels {
namespace {

absl::Status UrlRefused(const char* vi, const char* en) {
  return platform::InvalidField("sms_url", "SMS_URL_INVALID", {vi, en});
}

// What is seen of one exchange while libcurl holds it.
struct Watch {
  size_t body_sent = 0;
  std::string answer;
};

int OnTrace(CURL*, curl_infotype type, char*, size_t size, void* user) {
  if (type == CURLINFO_DATA_OUT) static_cast<Watch*>(user)->body_sent += size;
  return 0;
}

size_t OnAnswer(char* data, size_t size, size_t count, void* user) {
  std::string& answer = static_cast<Watch*>(user)->answer;
  answer.append(data, std::min(size * count, kDetailLimit - std::min(kDetailLimit, answer.size())));
  return size * count;
}

// No value of ours may end a header.
bool IsHeaderText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

class KannelChannel final : public SmsChannel {
 public:
  explicit KannelChannel(KannelOptions options) : options_(std::move(options)) {}

  SendResult Send(const Sms& sms) override {
    // The caller's rules keep others out; this is the last door before the wire.
    if (NormalisePhone(sms.to) != sms.to || sms.text.empty() || !IsHeaderText(sms.reference)) {
      return {Outcome::kPermanent, "number or text refused before sending"};
    }
    // In headers and body, never in the URL: URLs get into logs.
    std::unique_ptr<curl_slist, CurlListDeleter> headers;
    for (const std::string& line :
         {std::string("Content-Type: text/plain; charset=UTF-8"), std::string("Expect:"),
          "X-Kannel-Username: " + options_.user, "X-Kannel-Password: " + options_.password,
          "X-Kannel-From: " + sms.from, "X-Kannel-To: " + sms.to,
          "X-Kannel-Account: " + sms.reference,
          std::string("X-Kannel-Coding: ") + (sms.coding == Coding::kGsm7 ? "0" : "2")}) {
      curl_slist* const longer = curl_slist_append(headers.get(), line.c_str());
      if (longer == nullptr) return {Outcome::kTransient, "out of memory"};
      (void)headers.release();  // the list grows at its end: its head is the same, or the first
      headers.reset(longer);
    }
    // A handle and a connection for each attempt: on a kept connection that turns out to be dead
    // libcurl sends the request again by itself, and then one attempt may send twice.
    const std::unique_ptr<CURL, CurlHandleDeleter> handle(curl_easy_init());
    CURL* const curl = handle.get();
    if (curl == nullptr) return {Outcome::kTransient, "out of memory"};
    Watch watch;
    char error[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, sms.text.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(sms.text.size()));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnAnswer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &watch);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, OnTrace);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &watch);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(absl::ToInt64Milliseconds(options_.connect_timeout)));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                     static_cast<long>(absl::ToInt64Milliseconds(options_.send_timeout)));
    const CURLcode code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);

    GatewayExchange exchange;
    exchange.handed_over = watch.body_sent >= sms.text.size();
    // An answer that broke off in its head is none.
    exchange.status = code == CURLE_OK || status == 202 ? static_cast<int>(status) : 0;
    exchange.answer = watch.answer;
    SendResult result;
    result.outcome = Classify(exchange);
    if (result.outcome == Outcome::kSent) return result;
    result.detail = CleanDetail(
        exchange.status != 0 ? std::to_string(exchange.status) + " " + watch.answer
                             : std::string(error[0] != '\0' ? error : curl_easy_strerror(code)));
    return result;
  }

 private:
  const KannelOptions options_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<SmsChannel>> NewKannelChannel(KannelOptions options) {
  ServerUrl url;
  if (!ParseServerUrl(options.url, &url) || (url.scheme != "http" && url.scheme != "https")) {
    return UrlRefused("Địa chỉ cổng SMS phải là http(s)://máy:cổng/cgi-bin/sendsms.",
                      "The SMS gateway's URL must be http(s)://host:port/cgi-bin/sendsms.");
  }
  if (url.scheme == "http" && !platform::IsLoopbackHost(url.host)) {
    return UrlRefused("Cổng SMS ở máy khác phải dùng https.",
                      "An SMS gateway on another machine must be spoken to over https.");
  }
  if (options.user.empty() || options.password.empty() || !IsHeaderText(options.user) ||
      !IsHeaderText(options.password)) {
    return platform::InvalidField(
        "sms_user", "SMS_USER_INVALID",
        {"Cổng SMS cần tài khoản và mật khẩu bằng chữ ASCII.",
         "The SMS gateway needs a user and a password of ASCII characters."});
  }
  return std::unique_ptr<SmsChannel>(std::make_unique<KannelChannel>(std::move(options)));
}

}  // namespace thidua::notify::channels
