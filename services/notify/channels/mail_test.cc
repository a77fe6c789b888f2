#include "notify/channels/mail.h"

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck.h"

namespace thidua::notify::channels {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Mail SampleMail() {
  Mail mail;
  mail.message_id = MessageIdOf("01hzy3v7k8e9a2b4c6d8e0f2g4");
  mail.from_address = "thidua@tinh.example";
  mail.from_name = "Thi đua cải cách hành chính";
  mail.to_address = "canbo@xa.example";
  mail.subject = "Mời lập hồ sơ khen thưởng phong trào thi đua cải cách hành chính năm 2023";
  mail.body = "Kính gửi: UBND xã Đắk Drô,\n.\nTrân trọng.";
  mail.date = absl::FromUnixSeconds(1700000000);
  return mail;
}

// Reads a header's encoded words back.
std::string DecodedWords(const std::string& words) {
  std::string text;
  size_t at = 0;
  while ((at = words.find("=?UTF-8?B?", at)) != std::string::npos) {
    const size_t end = words.find("?=", at + 10);
    std::string part;
    EXPECT_TRUE(absl::Base64Unescape(words.substr(at + 10, end - at - 10), &part));
    text += part;
    at = end + 2;
  }
  return text;
}

TEST(Mail, R_NOT_30_Addresses) {
  for (const char* good :
       {"a@b", "can.bo+cchc@phongnoivu.krongno.example", "o'brien@x-y.example"}) {
    EXPECT_TRUE(IsMailAddress(good)) << good;
  }
  const std::string long_local(65, 'a');
  const std::string long_host = "a@" + std::string(64, 'b');
  for (const std::string& bad : std::vector<std::string>{"",
                                                         "a",
                                                         "@b",
                                                         "a@",
                                                         "a@b@c",
                                                         "a b@c",
                                                         "a@b c",
                                                         "<a@b>",
                                                         "a@b>",
                                                         "\"a\"@b",
                                                         "a@b\r\nRCPT TO:<x@y>",
                                                         "a\n@b",
                                                         "a..b@c",
                                                         ".a@c",
                                                         "a.@c",
                                                         "a@.c",
                                                         "a@c.",
                                                         "a@c..d",
                                                         "a@-c",
                                                         "a@c-",
                                                         "a@c.-d",
                                                         "á@b.example",
                                                         "a@xã.example",
                                                         std::string("a@b\0c", 5),
                                                         long_local + "@b",
                                                         long_host,
                                                         "a,b@c",
                                                         "a@b,c@d",
                                                         "a@[127.0.0.1]"}) {
    EXPECT_FALSE(IsMailAddress(bad)) << bad;
  }
}

TEST(Mail, R_NOT_31_MessageIdComesFromTheDeliveryAlone) {
  EXPECT_EQ(MessageIdOf("01hzy3v7k8e9a2b4c6d8e0f2g4"), "01hzy3v7k8e9a2b4c6d8e0f2g4@thidua");
}

TEST(Mail, R_NOT_32_ComposesWholeMessage) {
  const Mail mail = SampleMail();
  const std::string message = Compose(mail);
  EXPECT_THAT(message, StartsWith("Date: Wed, 15 Nov 2023 05:13:20 +0700\r\n"));
  EXPECT_THAT(message,
              HasSubstr("\r\n <thidua@tinh.example>\r\nTo: <canbo@xa.example>\r\nSubject: "));
  EXPECT_THAT(message, HasSubstr("\r\nMessage-ID: <01hzy3v7k8e9a2b4c6d8e0f2g4@thidua>\r\n"));
  EXPECT_THAT(message, HasSubstr("\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
  const size_t subject = message.find("Subject: ");
  EXPECT_EQ(DecodedWords(message.substr(subject, message.find("Message-ID") - subject)),
            mail.subject);
  std::string body;
  ASSERT_TRUE(absl::Base64Unescape(message.substr(message.find("\r\n\r\n") + 4), &body));
  EXPECT_EQ(body, "Kính gửi: UBND xã Đắk Drô,\r\n.\r\nTrân trọng.");
  EXPECT_EQ(message, Compose(mail));
}

TEST(Mail, R_NOT_32_ALineBreakInASubjectStaysInsideIt) {
  Mail mail = SampleMail();
  mail.subject = "Thông báo\r\nBcc: ai@do.example\r\n\r\nthân giả";
  const std::string message = Compose(mail);
  EXPECT_EQ(message.find("Bcc"), std::string::npos);
  EXPECT_EQ(message.find("\r\n\r\n"), message.find("base64\r\n\r\n") + 6);
}

// No text, however odd, adds a header, a line over 998 characters or a bare CR or LF; short words
// keep whole characters.
TEST(Mail, R_NOT_32_PropertyOnlyOurHeaders) {
  const std::vector<std::string> ours = {
      "Date",         "From",         "To",
      "Subject",      "Message-ID",   "Auto-Submitted",
      "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};
  EXPECT_TRUE(
      rc::check("header injection impossible",
                [&](const std::string& subject, const std::string& name, const std::string& body) {
                  Mail mail = SampleMail();
                  mail.subject = subject;
                  mail.from_name = name;
                  mail.body = body;
                  const std::string message = Compose(mail);
                  std::vector<std::string> seen;
                  size_t at = 0;
                  bool in_headers = true;
                  while (at < message.size()) {
                    const size_t end = message.find("\r\n", at);
                    RC_ASSERT(end != std::string::npos);
                    const std::string line = message.substr(at, end - at);
                    RC_ASSERT(line.find_first_of("\r\n") == std::string::npos);
                    RC_ASSERT(line.size() <= 98u);
                    if (line.empty()) in_headers = false;
                    if (in_headers && line[0] != ' ')
                      seen.push_back(line.substr(0, line.find(':')));
                    at = end + 2;
                  }
                  RC_ASSERT(seen == ours);
                }));
  EXPECT_TRUE(rc::check("encoded words read back", [](const std::vector<uint8_t>& picks) {
    static const std::vector<std::string> letters = {"a", "ộ", "đ", " ", "😀", "Ư"};
    std::string text;
    for (const uint8_t pick : picks) text += letters[pick % letters.size()];
    const std::string words = EncodedWords(text);
    RC_ASSERT(DecodedWords(words) == text);
    size_t at = 0;
    while (at < words.size()) {
      size_t end = words.find("\r\n ", at);
      if (end == std::string::npos) end = words.size();
      RC_ASSERT(end - at <= 75u);
      // Whole characters: no word begins with a continuation byte.
      std::string part;
      RC_ASSERT(absl::Base64Unescape(words.substr(at + 10, end - at - 12), &part));
      RC_ASSERT((static_cast<unsigned char>(part[0]) & 0xc0) != 0x80);
      at = end + 3;
    }
  }));
}

}  // namespace
}  // namespace thidua::notify::channels
