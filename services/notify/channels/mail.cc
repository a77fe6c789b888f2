#include "notify/channels/mail.h"

#include <algorithm>

#include "absl/strings/escaping.h"

namespace thidua::notify::channels {
namespace {

constexpr size_t kAddressLimit = 254;
constexpr size_t kLocalPartLimit = 64;
constexpr size_t kLabelLimit = 63;
// "=?UTF-8?B?" and "?=" take 12 of 75 characters; 63 hold 45 bytes in base64 (60 characters).
constexpr size_t kEncodedBytes = 45;
constexpr size_t kBodyLine = 76;

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsAtomText(char c) {
  return IsAlnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Parts between dots, none empty, each made of `allowed` characters and at most `limit` long.
template <class Allowed>
bool IsDotted(std::string_view text, size_t limit, Allowed allowed) {
  size_t length = 0;
  for (const char c : text) {
    if (c == '.') {
      if (length == 0) return false;
      length = 0;
      continue;
    }
    if (!allowed(c) || ++length > limit) return false;
  }
  return length > 0;
}

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
}

// Control characters have no place in a header, whatever the text came from.
std::string WithoutControls(std::string_view text) {
  std::string clean(text);
  std::replace_if(
      clean.begin(), clean.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return clean;
}

std::string CrLf(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return lines;
}

}  // namespace

bool IsMailAddress(std::string_view text) {
  const size_t at = text.find('@');
  if (text.size() > kAddressLimit || at == std::string_view::npos) return false;
  const std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  if (local.size() > kLocalPartLimit || !IsDotted(local, kLocalPartLimit, IsAtomText)) return false;
  if (!IsDotted(host, kLabelLimit, [](char c) { return IsAlnum(c) || c == '-'; })) return false;
  for (size_t i = 0; i < host.size(); ++i) {
    const bool at_edge = i == 0 || i + 1 == host.size() || host[i - 1] == '.' || host[i + 1] == '.';
    if (host[i] == '-' && at_edge) return false;
  }
  return true;
}

std::string MessageIdOf(std::string_view delivery_id) {
  return std::string(delivery_id) + "@thidua";
}

std::string EncodedWords(std::string_view text) {
  const std::string clean = WithoutControls(text);
  std::string words;
  size_t begin = 0;
  while (begin < clean.size()) {
    size_t end = std::min(begin + kEncodedBytes, clean.size());
    // Back to the first byte of a character; bytes that are no UTF-8 at all are cut where they
    // stand.
    size_t whole = end;
    while (whole > begin && whole < clean.size() &&
           (static_cast<unsigned char>(clean[whole]) & 0xc0) == 0x80) {
      --whole;
    }
    if (whole > begin) end = whole;
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + Base64(std::string_view(clean).substr(begin, end - begin)) + "?=";
    begin = end;
  }
  return words;
}

std::string Compose(const Mail& mail) {
  std::string message;
  message +=
      "Date: " +
      absl::FormatTime("%a, %d %b %Y %H:%M:%S +0700", mail.date, absl::FixedTimeZone(7 * 3600)) +
      "\r\n";
  message += "From: " + EncodedWords(mail.from_name) + "\r\n <" + mail.from_address + ">\r\n";
  message += "To: <" + mail.to_address + ">\r\n";
  message += "Subject: " + EncodedWords(mail.subject) + "\r\n";
  message += "Message-ID: <" + mail.message_id + ">\r\n";
  message += "Auto-Submitted: auto-generated\r\n";
  message += "MIME-Version: 1.0\r\n";
  message += "Content-Type: text/plain; charset=UTF-8\r\n";
  message += "Content-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = Base64(CrLf(mail.body));
  for (size_t i = 0; i < body.size(); i += kBodyLine) {
    message += body.substr(i, kBodyLine) + "\r\n";
  }
  return message;
}

}  // namespace thidua::notify::channels
