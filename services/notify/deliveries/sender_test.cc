// Mails from the queue to a real SMTP server, over a real database.
#include "notify/deliveries/sender.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <set>
#include <thread>

#include "notify/channels/smtp.h"
#include "notify/deliveries/rules.h"
#include "notify/testing/fixture.h"
#include "notify/testing/smtp_sink.h"

extern char** environ;

namespace thidua::notify::deliveries {
namespace {

using ::testing::ElementsAre;

class SenderTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    clock_.Set(absl::Now() - absl::Minutes(10));
    sender_ = NewSender("first");
  }

  std::unique_ptr<channels::Channel> SmtpTo(const std::string& url) {
    channels::SmtpOptions options;
    options.url = url;
    options.send_timeout = absl::Seconds(60);  // a busy machine must not look like a dead server
    return channels::NewSmtpChannel(options).value();
  }
  std::unique_ptr<Sender> NewSender(const std::string& holder,
                                    std::unique_ptr<channels::Channel> channel = nullptr) {
    SenderOptions options;
    options.holder = holder;
    if (channel == nullptr) channel = SmtpTo(sink_.url());
    return std::make_unique<Sender>(options, CarryMail({"thidua@tinh.example"}, std::move(channel)),
                                    pool(), clock_, business_, metrics_, log_);
  }
  // Queues one mail to each of so many people of the first commune.
  void Queue(int people) {
    for (int i = 0; i < people; ++i) {
      AddPerson(dak_dro_, "can.bo" + std::to_string(i) + "@krongno.example");
    }
    Happens(Plan(), "2022-10-14");
  }
  // Sends until nothing is due.
  int SendAll(Sender& sender) {
    int sent = 0;
    for (;;) {
      const absl::StatusOr<bool> more = sender.SendOne();
      EXPECT_TRUE(more.ok()) << more.status();
      if (!more.ok() || !*more) return sent;
      ++sent;
    }
  }
  std::vector<std::string> States() {
    return Column(
        "SELECT TRIM(CONCAT(state, ' ', attempts, ' ', possible_repeats, ' ', failure)) FROM "
        "deliveries "
        "ORDER BY delivery_id");
  }
  std::vector<std::string> Outcomes() {
    return Column("SELECT outcome FROM delivery_attempts ORDER BY delivery_id, number");
  }

  testing::SmtpSink sink_;
  std::unique_ptr<Sender> sender_;
};

TEST_F(SenderTest, InNormalRunsEachMailIsSentOnce) {
  Queue(3);
  EXPECT_EQ(SendAll(*sender_), 3);
  EXPECT_EQ(SendAll(*sender_), 0);
  EXPECT_THAT(States(), ElementsAre("SENT 1 0", "SENT 1 0", "SENT 1 0"));
  std::set<std::string> ids;
  std::set<std::string> recipients;
  for (const auto& mail : sink_.Mails()) {
    ids.insert(mail.Header("Message-ID"));
    recipients.insert(mail.recipients);
    EXPECT_EQ(mail.sender, "thidua@tinh.example");
  }
  EXPECT_EQ(sink_.Mails().size(), 3u);
  EXPECT_EQ(recipients.size(), 3u);
  std::set<std::string> kept;
  for (const std::string& id : Column("SELECT message_id FROM deliveries"))
    kept.insert("<" + id + ">");
  EXPECT_EQ(ids, kept);
  EXPECT_EQ(EventCount("DeliverySent"), 3);
}

TEST_F(SenderTest, ABusyServerIsTriedAgainLater) {
  Queue(1);
  sink_.Behave("rcpt 450 4.2.1 <{address}> busy");
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("PENDING 1 0"));
  EXPECT_THAT(Column("SELECT last_error FROM deliveries"),
              ElementsAre("450 4.2.1 <c***@krongno.example> busy"));
  clock_.Advance(kFirstWait / 2 - absl::Seconds(1));
  EXPECT_EQ(SendAll(*sender_), 0);
  sink_.Behave("ok");
  clock_.Advance(kFirstWait);
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("SENT 2 0"));
  EXPECT_THAT(Outcomes(), ElementsAre("TRANSIENT", "SENT"));
  EXPECT_EQ(sink_.Mails().size(), 1u);
}

TEST_F(SenderTest, ARefusalForGoodFails) {
  Queue(1);
  sink_.Behave("rcpt 550 5.1.1 <{address}> unknown");
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("FAILED 1 0 REFUSED_PERMANENTLY"));
  EXPECT_EQ(EventCount("DeliveryFailed"), 1);
  clock_.Advance(absl::Hours(48));
  EXPECT_EQ(SendAll(*sender_), 0);
}

TEST_F(SenderTest, AMailIsGivenUpAfterTheLastAttempt) {
  Queue(1);
  std::string gone;
  {
    testing::SmtpSink other;
    gone = other.url();
  }
  const auto sender = NewSender("first", SmtpTo(gone));
  for (int i = 0; i < kMaxAttempts; ++i) {
    EXPECT_EQ(SendAll(*sender), 1) << i;
    clock_.Advance(kLongestWait);
  }
  EXPECT_THAT(States(), ElementsAre("FAILED 20 0 ATTEMPTS_EXHAUSTED"));
  EXPECT_EQ(SendAll(*sender), 0);
}

TEST_F(SenderTest, AnUnknownOutcomeIsCountedAndRepeatedUnderTheSameMessageId) {
  Queue(1);
  sink_.Behave("close");
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("PENDING 1 1"));
  sink_.Behave("ok");
  clock_.Advance(kLongestWait);
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("SENT 2 1"));
  EXPECT_THAT(Outcomes(), ElementsAre("UNKNOWN", "SENT"));
  const auto mails = sink_.Mails();
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_EQ(mails[0].raw, mails[1].raw);
}

// A real process dies by SIGKILL between the server's "250" and our commit.
TEST_F(SenderTest, AKillInsideASendIsCountedAndRepeatedUnderTheSameMessageId) {
  Queue(1);
  const db::Options& database = database_->options();
  std::string program = NOTIFY_SENDER_VICTIM;
  std::vector<std::string> arguments = {program, database.socket, database.schema, database.user,
                                        sink_.url()};
  std::vector<char*> pointers;
  pointers.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  pid_t victim = 0;
  ASSERT_EQ(posix_spawn(&victim, program.c_str(), nullptr, nullptr, pointers.data(), environ), 0);
  int status = 0;
  ASSERT_EQ(waitpid(victim, &status, 0), victim);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;

  EXPECT_THAT(States(), ElementsAre("SENDING 1 0"));
  EXPECT_EQ(sink_.Mails().size(), 1u);
  clock_.Set(absl::Now());
  EXPECT_EQ(SendAll(*sender_), 0);  // the lease still runs
  clock_.Set(absl::Now() + absl::Minutes(2));
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("SENT 2 1"));
  EXPECT_THAT(Outcomes(), ElementsAre("UNKNOWN", "SENT"));
  const auto mails = sink_.Mails();
  ASSERT_EQ(mails.size(), 2u);
  EXPECT_NE(mails[0].Header("Message-ID"), "");
  EXPECT_EQ(mails[0].raw, mails[1].raw);
  EXPECT_THAT(
      Column("SELECT payload FROM events WHERE type = 'thidua.notify.v1.DeliverySent'").at(0),
      ::testing::HasSubstr("\"possible_repeats\":1"));
}

// A sender slower than its lease comes back when another has the mail: it records nothing.
TEST_F(SenderTest, ALateOutcomeIsFencedOff) {
  Queue(1);
  class Slow final : public channels::Channel {
   public:
    explicit Slow(std::function<void()> meanwhile) : meanwhile_(std::move(meanwhile)) {}
    channels::SendResult Send(const channels::Mail&) override {
      meanwhile_();
      return {channels::Outcome::kPermanent, "550 far too late"};
    }

   private:
    std::function<void()> meanwhile_;
  };
  const auto slow = NewSender("slow", std::make_unique<Slow>([this] {
                                clock_.Advance(absl::Minutes(2));
                                EXPECT_EQ(SendAll(*sender_), 1);
                              }));
  ASSERT_TRUE(slow->SendOne().ok());
  EXPECT_THAT(States(), ElementsAre("SENT 2 1"));
  EXPECT_THAT(Outcomes(), ElementsAre("UNKNOWN", "SENT"));
  EXPECT_EQ(EventCount("DeliveryFailed"), 0);
}

TEST_F(SenderTest, SeveralSendersShareTheQueue) {
  Queue(24);
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      const platform::WorkerScope worker_scope;
      const auto sender = NewSender("sender " + std::to_string(i));
      SendAll(*sender);
    });
  }
  for (std::thread& thread : threads) thread.join();
  SendAll(*sender_);
  EXPECT_EQ(Count("deliveries WHERE state = 'SENT' AND attempts = 1"), 24);
  EXPECT_EQ(sink_.Mails().size(), 24u);
}

}  // namespace
}  // namespace thidua::notify::deliveries
