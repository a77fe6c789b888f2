#include "notify/channels/smtp.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "notify/testing/smtp_sink.h"
#include "platform/status.h"

namespace thidua::notify::channels {
namespace {

using ::testing::HasSubstr;

class SmtpTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { sink_ = new testing::SmtpSink; }
  static void TearDownTestSuite() { delete sink_; }

  void SetUp() override {
    sink_->Behave("ok");
    before_ = sink_->Mails().size();
    SmtpOptions options;
    options.url = sink_->url();
    options.send_timeout = absl::Seconds(2);
    auto channel = NewSmtpChannel(options);
    ASSERT_TRUE(channel.ok()) << channel.status();
    channel_ = *std::move(channel);
  }

  // Mails taken over since the test began.
  std::vector<testing::ReceivedMail> Received() const {
    auto all = sink_->Mails();
    return {all.begin() + static_cast<long>(before_), all.end()};
  }

  static Mail SampleMail(const std::string& id) {
    Mail mail;
    mail.message_id = MessageIdOf(id);
    mail.from_address = "thidua@tinh.example";
    mail.from_name = "Thi đua cải cách hành chính";
    mail.to_address = "canbo@dakdro.example";
    mail.subject = "Mời lập hồ sơ";
    mail.body = "Kính gửi: UBND xã Đắk Drô,\n.\n..hai chấm đầu dòng";
    mail.date = absl::FromUnixSeconds(1700000000);
    return mail;
  }

  static testing::SmtpSink* sink_;
  std::unique_ptr<Channel> channel_;
  size_t before_ = 0;
};

testing::SmtpSink* SmtpTest::sink_ = nullptr;

// shows: S3-09
TEST_F(SmtpTest, AMailArrivesWholeWithItsMessageId) {
  const SendResult result = channel_->Send(SampleMail("first"));
  EXPECT_EQ(NameOf(result.outcome), "SENT") << result.detail;
  EXPECT_EQ(result.detail, "");
  const auto mails = Received();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].sender, "thidua@tinh.example");
  EXPECT_EQ(mails[0].recipients, "canbo@dakdro.example");
  EXPECT_EQ(mails[0].Header("Message-ID"), "<first@thidua>");
  EXPECT_EQ(mails[0].Body(), "Kính gửi: UBND xã Đắk Drô,\r\n.\r\n..hai chấm đầu dòng");
}

TEST_F(SmtpTest, OneConnectionCarriesManyMails) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(NameOf(channel_->Send(SampleMail("m" + std::to_string(i))).outcome), "SENT");
  }
  EXPECT_EQ(Received().size(), 5u);
}

TEST_F(SmtpTest, AnswersAreJudgedByWhatTheyAreAbout) {
  struct Case {
    const char* behaviour;
    const char* outcome;
    const char* detail;
  };
  for (const Case& c :
       std::vector<Case>{{"greeting 554 5.3.2 closed", "TRANSIENT", ""},
                         {"mail 550 5.7.1 sender not wanted", "TRANSIENT", "sender not wanted"},
                         {"mail 451 4.3.0 busy", "TRANSIENT", "451"},
                         {"rcpt 450 4.2.1 mailbox busy", "TRANSIENT", "450 4.2.1 mailbox busy"},
                         {"rcpt 550 5.1.1 no such user", "PERMANENT", "550 5.1.1 no such user"},
                         {"data 452 4.3.1 disk full", "TRANSIENT", "452 4.3.1 disk full"},
                         {"data 554 5.6.0 not wanted", "PERMANENT", "554 5.6.0 not wanted"}}) {
    // A connection that is kept open would skip the greeting.
    SmtpOptions options;
    options.url = sink_->url();
    auto fresh = NewSmtpChannel(options);
    ASSERT_TRUE(fresh.ok());
    sink_->Behave(c.behaviour);
    const SendResult result = (*fresh)->Send(SampleMail("x"));
    EXPECT_EQ(NameOf(result.outcome), c.outcome) << c.behaviour << ": " << result.detail;
    EXPECT_THAT(result.detail, HasSubstr(c.detail)) << c.behaviour;
  }
  EXPECT_TRUE(Received().empty());
}

TEST_F(SmtpTest, ARefusedMailDoesNotSpoilTheNext) {
  sink_->Behave("rcpt 550 5.1.1 no such user");
  EXPECT_EQ(NameOf(channel_->Send(SampleMail("a")).outcome), "PERMANENT");
  sink_->Behave("data 452 4.3.1 disk full");
  EXPECT_EQ(NameOf(channel_->Send(SampleMail("b")).outcome), "TRANSIENT");
  sink_->Behave("ok");
  EXPECT_EQ(NameOf(channel_->Send(SampleMail("c")).outcome), "SENT");
  ASSERT_EQ(Received().size(), 1u);
}

TEST_F(SmtpTest, NoAnswerAfterTheWholeMailIsUnknown) {
  for (const char* behaviour : {"hang", "close"}) {
    sink_->Behave(behaviour);
    const absl::Time begin = absl::Now();
    const SendResult result = channel_->Send(SampleMail(behaviour));
    EXPECT_LT(absl::Now() - begin, absl::Seconds(10)) << behaviour;
    EXPECT_EQ(NameOf(result.outcome), "UNKNOWN") << behaviour << ": " << result.detail;
    EXPECT_NE(result.detail, "");
  }
  EXPECT_EQ(Received().size(), 2u);  // both did arrive: that is why it is not "transient"
  sink_->Behave("ok");
  EXPECT_EQ(NameOf(channel_->Send(SampleMail("after")).outcome), "SENT");
}

TEST_F(SmtpTest, NobodyListensIsTransient) {
  std::string url;
  {
    testing::SmtpSink gone;
    url = gone.url();
  }
  SmtpOptions options;
  options.url = url;
  auto channel = NewSmtpChannel(options);
  ASSERT_TRUE(channel.ok());
  const SendResult result = (*channel)->Send(SampleMail("x"));
  EXPECT_EQ(NameOf(result.outcome), "TRANSIENT");
  EXPECT_NE(result.detail, "");
}

TEST_F(SmtpTest, AnAddressThatIsNoneNeverReachesTheWire) {
  Mail mail = SampleMail("x");
  mail.to_address = "a@b.example>\r\nRCPT TO:<c@d.example";
  EXPECT_EQ(NameOf(channel_->Send(mail).outcome), "PERMANENT");
  EXPECT_TRUE(Received().empty());
}

TEST(SmtpUrl, OnlyMailServersOnTheirOwn) {
  for (const char* good :
       {"smtp://127.0.0.1:25", "smtp://localhost:2525/", "smtps://mail.tinh.example:465"}) {
    SmtpOptions options;
    options.url = good;
    EXPECT_TRUE(NewSmtpChannel(options).ok()) << good;
  }
  for (const char* bad :
       {"", "127.0.0.1:25", "http://mail.example", "file:///etc/passwd", "smtp://u:p@mail.example",
        "smtp://mail.example/helo", "smtp://mail.example?x=1", "smtp://"}) {
    SmtpOptions options;
    options.url = bad;
    const auto channel = NewSmtpChannel(options);
    ASSERT_FALSE(channel.ok()) << bad;
    EXPECT_EQ(platform::ReasonOf(channel.status()), "SMTP_URL_INVALID") << bad;
  }
}

}  // namespace
}  // namespace thidua::notify::channels
