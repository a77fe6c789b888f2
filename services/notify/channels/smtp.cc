#include "notify/channels/smtp.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>
#include <utility>

#include "notify/channels/curl.h"
#include "platform/loopback.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::notify::channels {
namespace {

absl::Status UrlRefused(const char* vi, const char* en) {
  return platform::InvalidField("smtp_url", "SMTP_URL_INVALID", {vi, en});
}

// What is seen of one conversation while libcurl holds it.
struct Watch {
  Conversation conversation;
  std::string last_line;  // the server's last answer
  std::string_view unsent;
  bool farewell = false;

  void OnCommand(std::string_view line) {
    std::string verb;
    for (const char c : line.substr(0, line.find_first_of(" \r\n"))) {
      verb.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    }
    // What follows QUIT is farewell; it says nothing about the mail.
    farewell = farewell || verb == "QUIT";
    if (!farewell) conversation.last_command = verb;
  }
  void OnAnswer(std::string_view line) {
    if (farewell || line.size() < 3 ||
        !std::all_of(line.begin(), line.begin() + 3, [](char c) { return c >= '0' && c <= '9'; })) {
      return;
    }
    conversation.last_code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (conversation.body_handed_over) conversation.answered_after_body = true;
    last_line = std::string(line.substr(0, line.find_last_not_of("\r\n") + 1));
  }
};

size_t ReadBody(char* buffer, size_t size, size_t count, void* user) {
  auto* watch = static_cast<Watch*>(user);
  const size_t bytes = std::min(size * count, watch->unsent.size());
  if (bytes == 0) watch->conversation.body_handed_over = true;
  std::memcpy(buffer, watch->unsent.data(), bytes);
  watch->unsent.remove_prefix(bytes);
  return bytes;
}

int OnTrace(CURL*, curl_infotype type, char* data, size_t size, void* user) {
  auto* watch = static_cast<Watch*>(user);
  std::string_view text(data, size);
  if (type == CURLINFO_HEADER_OUT) watch->OnCommand(text);
  if (type == CURLINFO_HEADER_IN) {
    for (size_t end; !text.empty(); text.remove_prefix(end)) {
      end = std::min(text.find('\n'), text.size() - 1) + 1;
      watch->OnAnswer(text.substr(0, end));
    }
  }
  return 0;
}

class SmtpChannel final : public Channel {
 public:
  SmtpChannel(SmtpOptions options, bool require_tls, CURL* handle)
      : options_(std::move(options)), require_tls_(require_tls), handle_(handle) {}

  SendResult Send(const Mail& mail) override {
    // The caller's rules keep other addresses out; this is the last door before the wire.
    if (!IsMailAddress(mail.from_address) || !IsMailAddress(mail.to_address)) {
      return {Outcome::kPermanent, "address refused before sending"};
    }
    const std::string message = Compose(mail);
    const std::string sender = "<" + mail.from_address + ">";
    const std::string url = options_.url + "/" + options_.helo;
    const std::unique_ptr<curl_slist, CurlListDeleter> recipients(
        curl_slist_append(nullptr, ("<" + mail.to_address + ">").c_str()));
    Watch watch;
    watch.unsent = message;
    char error[CURL_ERROR_SIZE] = "";

    CURL* const curl = handle_.get();
    if (curl == nullptr) return {Outcome::kTransient, "out of memory"};
    curl_easy_reset(curl);  // keeps the connection
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(require_tls_ ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!options_.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, ReadBody);
    curl_easy_setopt(curl, CURLOPT_READDATA, &watch);
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
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                     static_cast<long>(absl::ToInt64Seconds(options_.send_timeout)));
    const CURLcode code = curl_easy_perform(curl);
    watch.conversation.completed = code == CURLE_OK;

    SendResult result;
    result.outcome = Classify(watch.conversation);
    if (code == CURLE_OK) return result;
    // libcurl may keep a connection on which an answer is still owed, and the next mail would wait
    // for it.
    handle_.reset(curl_easy_init());
    if (result.outcome == Outcome::kSent) return result;
    const bool server_said = watch.conversation.last_code >= 400;
    result.detail =
        CleanDetail(server_said ? watch.last_line
                                : std::string(error[0] != '\0' ? error : curl_easy_strerror(code)));
    return result;
  }

 private:
  const SmtpOptions options_;
  const bool require_tls_;
  std::unique_ptr<CURL, CurlHandleDeleter> handle_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Channel>> NewSmtpChannel(SmtpOptions options) {
  ServerUrl url;
  if (!ParseServerUrl(options.url, &url) || (url.scheme != "smtp" && url.scheme != "smtps") ||
      (url.path != "/" && !url.path.empty())) {
    return UrlRefused("Địa chỉ máy chủ thư phải là smtp://máy:cổng hoặc smtps://máy:cổng.",
                      "The mail server's URL must be smtp://host:port or smtps://host:port.");
  }
  while (!options.url.empty() && options.url.back() == '/') options.url.pop_back();
  CURL* const handle = curl_easy_init();
  if (handle == nullptr) return platform::Internal("curl_easy_init failed");
  const bool require_tls = url.scheme == "smtp" && !platform::IsLoopbackHost(url.host);
  return std::unique_ptr<Channel>(
      std::make_unique<SmtpChannel>(std::move(options), require_tls, handle));
}

}  // namespace thidua::notify::channels
