// SMS to a real Kannel with its fake centre.
#include <thread>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "notify/channels/sms_channel.h"
#include "notify/testing/sms_gateway.h"
#include "platform/status.h"

namespace thidua::notify::channels {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class KannelTest : public ::testing::Test {
 protected:
  std::unique_ptr<SmsChannel> Channel(const std::string& password) {
    KannelOptions options;
    options.url = gateway_.url();
    options.user = testing::SmsGateway::user();
    options.password = password;
    options.send_timeout = absl::Seconds(60);  // a busy machine must not look like a dead gateway
    return NewKannelChannel(options).value();
  }
  static Sms Message(const std::string& to, const std::string& text, bool accents) {
    const PlannedText planned = PlanText(text, accents);
    Sms sms;
    sms.reference = "01arz3ndektsv4rrffq69g5fav";
    sms.to = to;
    sms.from = "THIDUA";
    sms.text = planned.text;
    sms.coding = planned.coding;
    sms.parts = planned.parts;
    return sms;
  }

  testing::SmsGateway gateway_;
  std::unique_ptr<SmsChannel> channel_ = Channel(testing::SmsGateway::password());
};

TEST_F(KannelTest, AMessageReachesTheCentreAsItWasWritten) {
  EXPECT_EQ(
      channel_->Send(Message("+84912345678", "Họp @ 14:00 \"A\" {B} x_y$ [c]~", false)).outcome,
      Outcome::kSent);
  const std::string accented = "Nhắc họp 14 giờ 00 thứ Ba 05/12/2023 tại Đắk Nông";
  EXPECT_EQ(channel_->Send(Message("+84912345679", accented, true)).outcome, Outcome::kSent);
  const auto messages = gateway_.Messages(2);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].from, "THIDUA");
  EXPECT_EQ(messages[0].to, "+84912345678");
  EXPECT_EQ(messages[0].text, "Hop @ 14:00 \"A\" {B} x_y$ [c]~");
  EXPECT_EQ(messages[1].to, "+84912345679");
  EXPECT_EQ(messages[1].text, accented);
  // Nobody who reads the gateway's logs learns who was told what.
  EXPECT_THAT(gateway_.Logs(), Not(HasSubstr("912345678")));
  EXPECT_THAT(gateway_.Logs(), Not(HasSubstr("Hop")));
  EXPECT_THAT(gateway_.Logs(), Not(HasSubstr(testing::SmsGateway::password())));
}

TEST_F(KannelTest, ALongTextIsCutToOnePart) {
  EXPECT_EQ(channel_->Send(Message("+84912345678", std::string(300, 'x'), false)).outcome,
            Outcome::kSent);
  const auto messages = gateway_.Messages(1);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].text, std::string(157, 'x') + "...");
}

TEST_F(KannelTest, ANumberWithoutAWayIsFinal) {
  const SendResult result = channel_->Send(Message("+84991234567", "Hop", false));
  EXPECT_EQ(result.outcome, Outcome::kPermanent);
  EXPECT_EQ(result.detail, "403 Not routable. Do not try again.");
  EXPECT_THAT(gateway_.Logs(), Not(HasSubstr("991234567")));
  EXPECT_EQ(channel_->Send(Message("0912345678", "Hop", false)).detail,
            "number or text refused before sending");
}

TEST_F(KannelTest, WhatIsAboutUsIsTriedAgain) {
  const SendResult result = Channel("wrong")->Send(Message("+84912345678", "Hop", false));
  EXPECT_EQ(result.outcome, Outcome::kTransient);
  EXPECT_THAT(result.detail, StartsWith("403 Authorization failed"));
  gateway_.Stop();
  EXPECT_EQ(channel_->Send(Message("+84912345678", "Hop", false)).outcome, Outcome::kTransient);
  gateway_.Start();
  EXPECT_EQ(channel_->Send(Message("+84912345678", "Hop", false)).outcome, Outcome::kSent);
  EXPECT_EQ(gateway_.Messages(1).size(), 1u);
}

TEST_F(KannelTest, AGatewayThatDiesOverARequestLeavesItUnknown) {
  gateway_.Freeze();
  const Sms sms = Message("+84912345678", "Hop luc 14:00", false);
  SendResult result;
  std::thread sender([&] { result = channel_->Send(sms); });
  gateway_.AwaitRequest(static_cast<int>(sms.text.size()) + 200);
  gateway_.KillFrozen();
  sender.join();
  EXPECT_EQ(result.outcome, Outcome::kUnknown) << result.detail;
}

TEST(KannelOptionsTest, UrlsAreChecked) {
  const auto reason = [](const std::string& url, const std::string& password = "x") {
    KannelOptions options;
    options.url = url;
    options.user = "thidua";
    options.password = password;
    const auto channel = NewKannelChannel(options);
    return channel.ok() ? "" : platform::ReasonOf(channel.status());
  };
  EXPECT_EQ(reason("http://127.0.0.1:13013/cgi-bin/sendsms"), "");
  EXPECT_EQ(reason("https://sms.tinh.example/cgi-bin/sendsms"), "");
  for (const char* url :
       {"", "sms", "ftp://127.0.0.1/", "http://sms.tinh.example/cgi-bin/sendsms",
        "http://127.example.com/cgi-bin/sendsms", "http://a:b@127.0.0.1/cgi-bin/sendsms",
        "http://127.0.0.1/cgi-bin/sendsms?to=1"}) {
    EXPECT_EQ(reason(url), "SMS_URL_INVALID") << url;
  }
  EXPECT_EQ(reason("http://127.0.0.1:13013/cgi-bin/sendsms", ""), "SMS_USER_INVALID");
  EXPECT_EQ(reason("http://127.0.0.1:13013/cgi-bin/sendsms", "a\r\nb"), "SMS_USER_INVALID");
}

}  // namespace
}  // namespace thidua::notify::channels
