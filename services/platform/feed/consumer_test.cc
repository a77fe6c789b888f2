// Each event takes effect exactly once, whatever fails between reading it and storing the position.
#include "platform/feed/testing/consumer_fixture.h"

namespace thidua::feed {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(ConsumerTest, ReadsToTheEndPageByPage) {
  feed_.Add(12);
  ConsumerCore core = Core();
  EXPECT_TRUE(core.Round().value());
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 5}));
  EXPECT_EQ(core.lag(), 7);
  EXPECT_TRUE(core.Round().value());
  EXPECT_FALSE(core.Round().value());
  EXPECT_FALSE(core.Round().value());
  EXPECT_EQ(Effects(), Expected(12));
  EXPECT_EQ(core.lag(), 0);
}

TEST_F(ConsumerTest, TypesWithoutAHandlerArePassedOver) {
  feed_.Add(3);
  feed_.log[1].set_type("thidua.campaign.v1.PersonChanged");
  ConsumerCore core = Core();
  EXPECT_FALSE(core.Round().value());
  EXPECT_THAT(Effects(), ElementsAre("e1-1", "e1-3"));
  EXPECT_EQ(Place().place.position, 3);
}

TEST_F(ConsumerTest, AFailingEventStopsTheFeedAfterThoseBeforeItAndNeverSkips) {
  feed_.Add(5);
  bool broken = true;
  after_effect_ = [&](db::Tx&, const common::v1::Event& event) {
    return broken && event.position() == 3
               ? platform::FailedPrecondition("PLAN_UNKNOWN", {"không có", "no such plan"})
               : absl::OkStatus();
  };
  ConsumerCore core = Core();
  EXPECT_TRUE(core.Round().value()) << "those before it come first";
  EXPECT_THAT(Effects(), IsEmpty()) << "a page is whole or nothing";
  EXPECT_TRUE(core.Round().value());
  EXPECT_EQ(Effects(), Expected(2));
  EXPECT_EQ(platform::ReasonOf(core.Round().status()), "PLAN_UNKNOWN");
  EXPECT_EQ(platform::ReasonOf(core.Round().status()), "PLAN_UNKNOWN");
  EXPECT_EQ(Effects(), Expected(2));
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 2}));
  EXPECT_THAT(Place().last_error, HasSubstr("position 3"));
  EXPECT_THAT(Place().last_error, HasSubstr(kType));
  EXPECT_THAT(Place().last_error, HasSubstr("PLAN_UNKNOWN"));
  broken = false;
  EXPECT_FALSE(core.Round().value());
  EXPECT_EQ(Effects(), Expected(5));
  EXPECT_EQ(Place().last_error, "");
}

TEST_F(ConsumerTest, AKilledTransactionLeavesNoEffectAndIsRepeated) {
  feed_.Add(5);
  int kills = 2;
  after_effect_ = [&](db::Tx& tx, const common::v1::Event& event) {
    if (event.position() != 4 || kills == 0) return absl::OkStatus();
    --kills;
    int64_t connection = 0;
    EXPECT_TRUE(tx.Query(
                      [&](const db::Row& row) {
                        connection = row.Get<int64_t>(0);
                        return absl::OkStatus();
                      },
                      "SELECT CONNECTION_ID()")
                    .ok());
    database_->Run(absl::StrCat("KILL ", connection));
    return tx.Execute("UPDATE effects SET plan_id = plan_id").status();
  };
  ConsumerCore core = Core();
  for (int round = 0; round < 20 && Place().place.position < 5; ++round) {
    core.Round().status().IgnoreError();
  }
  EXPECT_EQ(kills, 0);
  EXPECT_EQ(Effects(), Expected(5));
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 5}));
}

TEST_F(ConsumerTest, AProcessThatDiesBetweenPagesGoesOnWhereItCommitted) {
  feed_.Add(12);
  for (int life = 0; life < 5; ++life) {
    ConsumerCore core = Core();  // knows nothing of the one before
    EXPECT_TRUE(core.Round().ok());
  }
  EXPECT_EQ(Effects(), Expected(12));
}

TEST_F(ConsumerTest, TwoReplicasDoNotApplyOnePageTwice) {
  feed_.Add(5);
  FakeFeed other_feed;
  other_feed.Add(5);
  ConsumerCore other(Options(), pool(), other_feed, clock_);
  // While this one holds the page in its hands, the other applies it.
  bool once = true;
  feed_.before_answer = [&] {
    if (std::exchange(once, false)) EXPECT_TRUE(other.Round().ok());
  };
  ConsumerCore core = Core();
  EXPECT_TRUE(core.Round().value()) << "look again";
  EXPECT_FALSE(core.Round().value());
  EXPECT_EQ(Effects(), Expected(5));
}

TEST_F(ConsumerTest, TwoReplicasAtFullSpeed) {
  feed_.Add(200);
  FakeFeed other_feed;
  other_feed.Add(200);
  const auto run = [&](FakeFeed& feed) {
    ConsumerOptions options = Options();
    options.page_size = 3;
    ConsumerCore core(std::move(options), pool(), feed, clock_);
    for (int round = 0; round < 2000 && Place().place.position < 200; ++round) {
      core.Round().status().IgnoreError();
    }
  };
  std::thread other([&] { run(other_feed); });
  run(feed_);
  other.join();
  EXPECT_EQ(Effects(), Expected(200));
}

TEST_F(ConsumerTest, ANewEpochStartsAgainFromTheSnapshot) {
  feed_.Add(5);
  ConsumerCore core = Core();
  ASSERT_TRUE(core.Round().ok());
  // The producer was restored: other events, another epoch.
  feed_.epoch = "e2";
  feed_.log.clear();
  feed_.Add(3);
  common::v1::Event state;
  state.set_type(kType);
  state.set_payload_json(R"({"plan_id":"state"})");
  feed_.snapshot = {state};
  // The first try dies in the middle of the snapshot: the old projection stays whole.
  bool broken = true;
  after_effect_ = [&](db::Tx&, const common::v1::Event&) {
    return broken ? absl::InternalError("cut") : absl::OkStatus();
  };
  EXPECT_FALSE(core.Round().ok());
  EXPECT_EQ(Effects(), Expected(5));
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 5}));
  broken = false;
  EXPECT_TRUE(core.Round().value());
  EXPECT_THAT(Effects(), ElementsAre("state"));
  EXPECT_EQ(Place().place, (FeedPlace{"e2", 3}));
  feed_.Add(1);
  EXPECT_FALSE(core.Round().value());
  EXPECT_THAT(Effects(), ElementsAre("state", "e2-4"));
}

TEST_F(ConsumerTest, ANewEpochWithoutAWayToStartAgainIsSaidSo) {
  feed_.Add(1);
  ConsumerOptions options = Options();
  options.reset = nullptr;
  ConsumerCore core(std::move(options), pool(), feed_, clock_);
  ASSERT_TRUE(core.Round().ok());
  feed_.epoch = "e2";
  EXPECT_EQ(platform::ReasonOf(core.Round().status()), "FEED_EPOCH_CHANGED");
  EXPECT_THAT(Place().last_error, HasSubstr("FEED_EPOCH_CHANGED"));
  EXPECT_EQ(Effects(), Expected(1));
}

TEST_F(ConsumerTest, AnErrorOfTheProducerIsShownAndForgottenWhenItIsOver) {
  feed_.Add(1);
  ConsumerCore core = Core();
  ASSERT_TRUE(core.Round().ok());
  feed_.failure = platform::Unavailable("DATABASE_UNAVAILABLE", {"vi", "en"}, absl::Seconds(1));
  EXPECT_FALSE(core.Round().ok());
  EXPECT_EQ(Place().last_error, "DATABASE_UNAVAILABLE: en");
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 1})) << "the error moves nothing";
  feed_.failure = absl::OkStatus();
  EXPECT_FALSE(core.Round().value());
  EXPECT_EQ(Place().last_error, "");
}

// The whole way: a producer's feed over gRPC into another schema, with the producer going away in
// between.
TEST_F(ConsumerTest, OverTheWire) {
  const test::TestKeys keys;
  const auto reader = test::TestDatabase::Create({"platform"});
  reader->Run(
      "CREATE TABLE effects (ordinal BIGINT NOT NULL PRIMARY KEY, "
      "plan_id VARCHAR(64) NOT NULL) ENGINE=InnoDB");
  const auto effects = [&] {
    int64_t count = -1;
    EXPECT_TRUE(reader->pool()
                    .ReadOnly(Soon(),
                              [&](db::Session& session) {
                                return session.Query(
                                    [&](const db::Row& row) {
                                      count = row.Get<int64_t>(0);
                                      return absl::OkStatus();
                                    },
                                    "SELECT COUNT(*) FROM effects");
                              })
                    .ok());
    return count;
  };
  test::TestServer server("campaign", keys);
  server.host().Add(NewFeedService<campaign::v1::FeedService>(
      server.host().admission(), pool(),
      {[](db::Session&, absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) {
        for (const char* id : {"a", "b", "c"}) {
          common::v1::Event event;
          event.set_type(kType);
          event.set_payload_json(absl::StrCat(R"({"plan_id":")", id, R"("})"));
          RETURN_IF_ERROR(emit(event));
        }
        return absl::OkStatus();
      }}));
  server.Start();
  Commit(12);
  NumberAll();
  {
    RunningTask consumer(NewConsumer(Options(), reader->pool(), server.PeerFor("scoring"), clock_));
    EXPECT_TRUE(Eventually([&] { return effects() == 12; }));
    Commit({.aggregate_id = "plan-13"});
    NumberAll();
    EXPECT_TRUE(Eventually([&] { return effects() == 13; }));
    ASSERT_TRUE(StartNewEpoch(pool(), absl::Now(), Soon()).ok());
    EXPECT_TRUE(Eventually([&] { return effects() == 3; })) << "the snapshot's";
    server.host().Shutdown();
    EXPECT_TRUE(Eventually([&] {
      StoredPlace place;
      EXPECT_TRUE(reader->pool()
                      .ReadOnly(Soon(),
                                [&](db::Session& session) -> absl::Status {
                                  ASSIGN_OR_RETURN(place, ReadPlace(session, "campaign"));
                                  return absl::OkStatus();
                                })
                      .ok());
      return !place.last_error.empty();
    }));
    const absl::Time before_stop = absl::Now();
    consumer.Stop();
    EXPECT_LT(absl::Now() - before_stop, absl::Seconds(5)) << "back-off does not hold up the stop";
  }
}

}  // namespace
}  // namespace thidua::feed
