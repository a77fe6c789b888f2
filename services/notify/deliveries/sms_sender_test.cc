// SMS from the queue to a real Kannel, over a real database.
#include <thread>

#include "notify/channels/sms_channel.h"
#include "notify/deliveries/rules.h"
#include "notify/deliveries/sender.h"
#include "notify/meetings/worker.h"
#include "notify/testing/fixture.h"
#include "notify/testing/sms_gateway.h"

namespace thidua::notify::deliveries {
namespace {

using ::testing::ElementsAre;

class SmsSenderTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    SetBusinessTime("2023-11-20 09:00");
    sender_ = NewSender(0);
  }
  std::unique_ptr<Sender> NewSender(int most_to_number) {
    channels::KannelOptions kannel;
    kannel.url = gateway_.url();
    kannel.user = testing::SmsGateway::user();
    kannel.password = testing::SmsGateway::password();
    kannel.send_timeout = absl::Seconds(60);  // a busy machine must not look like a dead gateway
    SenderOptions options;
    options.holder = "first";
    options.most_to_number = most_to_number;
    return std::make_unique<Sender>(
        options, CarrySms({"THIDUA"}, channels::NewKannelChannel(kannel).value()), pool(), clock_,
        business_, metrics_, log_);
  }
  // A meeting whose reminder is queued as SMS for a person of each number.
  void Remind(const std::vector<std::string>& numbers) {
    SetBusinessTime("2023-11-20 09:00");
    awards::v1::CouncilMeetingScheduled event;
    auto* meeting = event.mutable_meeting();
    meeting->set_meeting_id(MakeId());
    meeting->set_version(1);
    meeting->set_council_title("Hội đồng Thi đua - Khen thưởng huyện Krông Nô");
    meeting->set_unit_id(district_);
    meeting->set_begin("2023-12-05T14:00:00+07:00");
    meeting->set_place("Phòng họp A");
    meeting->set_agenda("Xét khen thưởng");
    meeting->set_set_time("2023-11-20T09:00:00+07:00");
    for (const std::string& number : numbers) {
      meeting->add_person_ids(AddPerson(dak_dro_, "", "2022-01-01", number));
    }
    Happens(event, "2023-11-20");
    SetBusinessTime("2023-12-04 14:00");
    meetings::Worker worker({}, pool(), clock_, business_, metrics_, log_);
    EXPECT_EQ(worker.FireDue().value_or(-1), 1);
  }
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
        "deliveries ORDER BY delivery_id");
  }
  std::vector<std::string> Outcomes() {
    return Column("SELECT outcome FROM delivery_attempts ORDER BY delivery_id, number");
  }

  testing::SmsGateway gateway_;
  std::unique_ptr<Sender> sender_;
};

// shows: S3-10
TEST_F(SmsSenderTest, AReminderReachesTheCentreOnceWithItsTextAndNumber) {
  Remind({"+84912345678"});
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_EQ(SendAll(*sender_), 0);
  EXPECT_THAT(States(), ElementsAre("SENT 1 0"));
  const auto messages = gateway_.Messages(1);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].from, "THIDUA");
  EXPECT_EQ(messages[0].to, "+84912345678");
  EXPECT_EQ(messages[0].text,
            "Nhac hop 14 gio 00 thu Ba 05/12/2023 tai Phong hop A: Hoi dong Thi dua - Khen thuong "
            "huyen Krong No");
  EXPECT_THAT(
      Column("SELECT payload FROM events WHERE type = 'thidua.notify.v1.DeliverySent'").at(0),
      ::testing::AllOf(::testing::HasSubstr("\"channel\":\"SMS\""),
                       ::testing::Not(::testing::HasSubstr("912345678"))));
}

TEST_F(SmsSenderTest, AGatewayThatIsDownIsTriedAgainLater) {
  Remind({"+84912345678"});
  gateway_.Stop();
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("PENDING 1 0"));
  gateway_.Start();
  EXPECT_EQ(SendAll(*sender_), 0);  // its time has not come
  clock_.Advance(kFirstWait);
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("SENT 2 0"));
  EXPECT_THAT(Outcomes(), ElementsAre("TRANSIENT", "SENT"));
  EXPECT_EQ(gateway_.Messages(1).size(), 1u);
}

TEST_F(SmsSenderTest, AGatewayKilledOverARequestIsCountedAsAPossibleRepeat) {
  Remind({"+84912345678"});
  gateway_.Freeze();
  std::thread sending([&] {
    const platform::WorkerScope may_block;
    EXPECT_EQ(SendAll(*sender_), 1);
  });
  constexpr int kMostOfTheRequest = 300;
  gateway_.AwaitRequest(kMostOfTheRequest);
  gateway_.KillFrozen();
  sending.join();
  EXPECT_THAT(States(), ElementsAre("PENDING 1 1"));
  gateway_.Stop();
  gateway_.Start();
  clock_.Advance(kLongestWait);
  EXPECT_EQ(SendAll(*sender_), 1);
  EXPECT_THAT(States(), ElementsAre("SENT 2 1"));
  EXPECT_THAT(Outcomes(), ElementsAre("UNKNOWN", "SENT"));
  EXPECT_EQ(gateway_.Messages(1).size(), 1u) << "it had not been read when the gateway died";
}

TEST_F(SmsSenderTest, ANumberThatTheCentreRefusesFailsWithTheReason) {
  Remind({"+84991234567", "+84912345678"});
  EXPECT_EQ(SendAll(*sender_), 2);
  EXPECT_THAT(States(), ElementsAre("FAILED 1 0 REFUSED_PERMANENTLY", "SENT 1 0"));
  EXPECT_THAT(Column("SELECT last_error FROM deliveries WHERE state = 'FAILED'"),
              ElementsAre("403 Not routable. Do not try again."));
  EXPECT_EQ(EventCount("DeliveryFailed"), 1);
  EXPECT_EQ(gateway_.Messages(1).size(), 1u);
}

TEST_F(SmsSenderTest, R_NOT_24_OneNumberGetsSoManyInAnHourAndTheRestWaits) {
  for (int i = 0; i < 3; ++i) Remind({"+84912345678"});
  Remind({"+84912345679"});
  const auto limited = NewSender(2);
  EXPECT_EQ(SendAll(*limited), 4) << "one of them was put off";
  EXPECT_THAT(States(), ElementsAre("SENT 1 0", "SENT 1 0", "PENDING 0 0", "SENT 1 0"));
  clock_.Advance(kNumberWindow - absl::Minutes(1));
  EXPECT_EQ(SendAll(*limited), 0);
  clock_.Advance(absl::Minutes(1));
  EXPECT_EQ(SendAll(*limited), 1);
  EXPECT_EQ(gateway_.Messages(4).size(), 4u);
}

// Mails and SMS have senders of their own.
TEST_F(SmsSenderTest, AMailIsNoneOfItsBusiness) {
  AddPerson(dak_dro_, "can.bo@krongno.example");
  Happens(Plan(), "2022-10-14");
  EXPECT_EQ(SendAll(*sender_), 0);
  EXPECT_THAT(Column("SELECT CONCAT(channel, ' ', state) FROM deliveries"),
              ElementsAre("MAIL PENDING"));
}

}  // namespace
}  // namespace thidua::notify::deliveries
