// Initiatives come through awards' real feed, and go with its epoch.
#include <string>

#include "gtest/gtest.h"
#include "platform/feed/append.h"
#include "platform/feed/sequencer.h"
#include "platform/feed/services.h"
#include "support/scoring_fixture.h"
#include "support/tcp_gate.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/awards/v1/feed_service.grpc.pb.h"

namespace thidua::scoring::initiatives {
namespace {

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

class InitiativeFeedTest : public ScoringTest {
 protected:
  static void SetUpTestSuite() {
    ScoringTest::SetUpTestSuite();
    awards_database_ = test::TestDatabase::Create({"platform"}).release();
  }
  static void TearDownTestSuite() {
    delete awards_database_;
    awards_database_ = nullptr;
    ScoringTest::TearDownTestSuite();
  }
  void SetUp() override {
    awards_database_->TruncateAll();
    address_ = absl::StrCat("127.0.0.1:", test::TcpGate(1).port());  // free again
    platform::HostOptions options;
    options.listen = address_;
    awards_ = std::make_unique<test::TestServer>("awards", keys_, options);
    // What the backup holds: `kept_`.
    const feed::SnapshotSource snapshot =
        [this](db::Session&, absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
          common::v1::Event event;
          event.set_type(kept_.GetDescriptor()->full_name());
          event.set_payload_json(*platform::ToJson(kept_));
          return emit(event);
        };
    kept_ = Changed("kept", "2023-06-01");
    awards_->host().Add(feed::NewFeedService<awards::v1::FeedService>(
        awards_->host().admission(), awards_database_->pool(), {snapshot}));
    if (starts_first_) awards_->Start();
    ScoringTest::SetUp();
  }
  platform::PeerChannel Awards() override {
    static const auto* const kClock = new platform::SystemClock();
    absl::StatusOr<platform::PeerChannel> peer = platform::ConnectLoopback(
        address_, platform::NewServiceTokenSource("scoring", keys_.key("scoring"), *kClock));
    EXPECT_TRUE(peer.ok()) << peer.status();
    return *std::move(peer);
  }

  awards::v1::InitiativeChanged Changed(const std::string& id, const std::string& recognised) {
    awards::v1::InitiativeChanged changed;
    changed.set_initiative_id(id);
    changed.set_unit_id(communes_[0]);
    changed.set_year(2023);
    changed.set_recognised(!recognised.empty());
    changed.set_recognition_date(recognised);
    return changed;
  }
  void Publish(const awards::v1::InitiativeChanged& payload) {
    feed::Draft draft;
    draft.aggregate_type = "initiative";
    draft.aggregate_id = payload.initiative_id();
    draft.payload = &payload;
    const absl::Status appended = awards_database_->pool().InTransaction(Soon(), [&](db::Tx& tx) {
      return feed::Append(tx,
                          feed::Origin{.actor = "person:tester",
                                       .request_id = "request",
                                       .machine_now = absl::Now(),
                                       .business_today = absl::CivilDay(2024, 2, 15)},
                          draft);
    });
    ASSERT_TRUE(appended.ok()) << appended;
    ASSERT_TRUE(feed::SequenceOnce(awards_database_->pool(), 100, Soon()).ok());
  }
  static std::string Held() {
    return Column(
        "SELECT CONCAT_WS(' ', initiative_id, year, IFNULL(recognition_date, '-')) "
        "FROM initiative_records ORDER BY initiative_id");
  }
  static void Await(const std::string& held) {
    const absl::Time last = Soon();
    while (Held() != held && absl::Now() < last) absl::SleepFor(absl::Milliseconds(20));
    ASSERT_EQ(Held(), held);
  }

  static inline test::TestDatabase* awards_database_ = nullptr;
  bool starts_first_ = true;
  std::string address_;
  awards::v1::InitiativeChanged kept_;
  std::unique_ptr<test::TestServer> awards_;
};

TEST_F(InitiativeFeedTest, ComeThroughTheFeedAndGoWithItsEpoch) {
  Publish(Changed("made", ""));
  Await("made 2023 -\n");
  Publish(Changed("made", "2024-01-10"));
  Await("made 2023 2024-01-10\n");
  Publish(Changed("made", "2024-01-10"));  // told again, it is the same initiative
  Publish(Changed("other", "2024-01-11"));
  Await("made 2023 2024-01-10\nother 2023 2024-01-11\n");
  // As after a restore from a backup: what the restored awards does not know is gone,
  // and what only its snapshot tells is there.
  const absl::StatusOr<std::string> epoch =
      feed::StartNewEpoch(awards_database_->pool(), absl::Now(), Soon());
  ASSERT_TRUE(epoch.ok()) << epoch.status();
  Await("kept 2023 2023-06-01\n");
}

// Scoring and awards read each other: neither waits for the other at its start.
class InitiativeFeedWithoutAwardsTest : public InitiativeFeedTest {
 protected:
  InitiativeFeedWithoutAwardsTest() { starts_first_ = false; }
};

TEST_F(InitiativeFeedWithoutAwardsTest, ScoringServesAndCatchesUpWhenAwardsIsThere) {
  Publish(Changed("made", "2024-01-10"));
  EXPECT_EQ(Held(), "");  // and the server has started: SetUp waited for it
  awards_->Start();
  Await("made 2023 2024-01-10\n");
}

}  // namespace
}  // namespace thidua::scoring::initiatives
