// Each event takes effect exactly once, whatever fails between reading it and storing the position.
#include "platform/feed/consumer.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "gmock/gmock.h"
#include "platform/feed/consumer_core.h"
#include "platform/feed/feed_fixture.h"
#include "platform/feed/services.h"
#include "platform/status.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::feed {
namespace {

using campaign::v1::PlanLaunched;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const char kType[] = "thidua.campaign.v1.PlanLaunched";

// A producer in memory.
class FakeFeed final : public FeedReader {
 public:
  void Add(int count) {
    for (; count > 0; --count) {
      common::v1::Event event;
      event.set_position(static_cast<int64_t>(log.size()) + 1);
      event.set_id(absl::StrCat(epoch, "-", event.position()));
      event.set_type(kType);
      event.set_payload_json(absl::StrCat(R"({"plan_id":")", event.id(), R"("})"));
      log.push_back(event);
    }
  }
  absl::StatusOr<common::v1::ReadEventsResponse> ReadEvents(
      const common::v1::ReadEventsRequest& request) override {
    ++reads;
    if (!failure.ok()) return failure;
    if (!request.epoch().empty() && request.epoch() != epoch) {
      return platform::FailedPrecondition("FEED_EPOCH_CHANGED", {"vi", "en"});
    }
    common::v1::ReadEventsResponse page;
    page.set_epoch(epoch);
    page.set_head_position(static_cast<int64_t>(log.size()));
    int64_t position = request.after_position();
    while (page.events_size() < request.page_size() && position < page.head_position()) {
      *page.add_events() = log[static_cast<size_t>(position++)];
    }
    page.set_next_position(position);
    if (before_answer) before_answer();
    return page;
  }
  absl::StatusOr<FeedSnapshot> ExportSnapshot() override {
    return FeedSnapshot{
        .epoch = epoch, .position = static_cast<int64_t>(log.size()), .events = snapshot};
  }
  void Cancel() override {}

  std::string epoch = "e1";
  std::vector<common::v1::Event> log;
  std::vector<common::v1::Event> snapshot;
  absl::Status failure;
  std::function<void()> before_answer;
  int reads = 0;
};

class ConsumerTest : public FeedTest {
 protected:
  static void SetUpTestSuite() {
    FeedTest::SetUpTestSuite();
    // An effect that shows a repeat and an order.
    database_->Run(
        "CREATE TABLE effects (ordinal BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
        "plan_id VARCHAR(64) NOT NULL) ENGINE=InnoDB");
  }
  void SetUp() override {
    FeedTest::SetUp();
    database_->Run("DELETE FROM effects");
  }
  ConsumerOptions Options() {
    ConsumerOptions options;
    options.producer = "campaign";
    options.page_size = 5;
    options.poll = absl::Milliseconds(5);
    options.handlers[kType] = [this](db::Tx& tx, const common::v1::Event& event) -> absl::Status {
      ASSIGN_OR_RETURN(const PlanLaunched plan, PayloadOf<PlanLaunched>(event));
      RETURN_IF_ERROR(
          tx.Execute("INSERT INTO effects (plan_id) VALUES (?)", plan.plan_id()).status());
      return after_effect_ ? after_effect_(tx, event) : absl::OkStatus();
    };
    options.reset = [](db::Tx& tx) { return tx.Execute("DELETE FROM effects").status(); };
    return options;
  }
  static std::vector<std::string> Effects() {
    std::vector<std::string> effects;
    EXPECT_TRUE(pool()
                    .ReadOnly(Soon(),
                              [&](db::Session& session) {
                                return session.Query(
                                    [&](const db::Row& row) {
                                      effects.push_back(row.Get<std::string>(0));
                                      return absl::OkStatus();
                                    },
                                    "SELECT plan_id FROM effects ORDER BY ordinal");
                              })
                    .ok());
    return effects;
  }
  static std::vector<std::string> Expected(int count, const std::string& epoch = "e1") {
    std::vector<std::string> expected;
    for (int i = 1; i <= count; ++i) expected.push_back(absl::StrCat(epoch, "-", i));
    return expected;
  }
  static StoredPlace Place() {
    StoredPlace place;
    EXPECT_TRUE(pool()
                    .ReadOnly(Soon(),
                              [&](db::Session& session) -> absl::Status {
                                ASSIGN_OR_RETURN(place, ReadPlace(session, "campaign"));
                                return absl::OkStatus();
                              })
                    .ok());
    return place;
  }
  ConsumerCore Core() { return ConsumerCore(Options(), pool(), feed_, clock_); }

  FakeFeed feed_;
  std::function<absl::Status(db::Tx&, const common::v1::Event&)> after_effect_;
  platform::SystemClock clock_;
};

// What a handler moves in memory (business time, say) others act on at once, on other connections:
// they must find what happened before it.
TEST_F(ConsumerTest, AnEventAppliedAloneFindsEverythingBeforeItCommitted) {
  feed_.Add(5);
  const char kAlone[] = "thidua.campaign.v1.BusinessTimeSet";
  for (const size_t at : {2u, 3u}) feed_.log[at].set_type(kAlone);
  ConsumerOptions options = Options();
  options.alone = {kAlone};
  std::vector<size_t> committed;
  options.handlers[kAlone] = [&](db::Tx&, const common::v1::Event&) {
    committed.push_back(Effects().size());
    return absl::OkStatus();
  };
  ConsumerCore core(std::move(options), pool(), feed_, clock_);
  EXPECT_TRUE(core.Round().value());
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 2}));
  EXPECT_TRUE(core.Round().value());
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 3}));
  EXPECT_TRUE(core.Round().value());
  EXPECT_FALSE(core.Round().value());
  EXPECT_EQ(Place().place, (FeedPlace{"e1", 5}));
  EXPECT_THAT(committed, ElementsAre(2, 2));
  EXPECT_THAT(Effects(), ElementsAre("e1-1", "e1-2", "e1-5"));
}

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

TEST_F(ConsumerTest, AReplicaFollowsWhatAnotherApplied) {
  feed_.Add(1);
  int followed = 0;
  ConsumerOptions options = Options();
  options.follow = [&](db::Session&) {
    ++followed;
    return absl::OkStatus();
  };
  ConsumerCore core(std::move(options), pool(), feed_, clock_);
  ASSERT_TRUE(core.Round().ok());
  EXPECT_EQ(followed, 1) << "once at the start";
  ASSERT_TRUE(core.Round().ok());
  EXPECT_EQ(followed, 1) << "not after its own move";
  feed_.Add(1);
  ConsumerCore other = Core();
  ASSERT_TRUE(other.Round().ok());
  ASSERT_TRUE(core.Round().ok());
  EXPECT_EQ(followed, 2);
}

// A producer that several threads may use, and that can be made not to answer.
class SharedFeed final : public FeedReader {
 public:
  void Add(int count) {
    absl::MutexLock lock(&mutex_);
    feed_.Add(count);
  }
  void Fail(const absl::Status& failure) {
    absl::MutexLock lock(&mutex_);
    feed_.failure = failure;
  }
  void Hold(bool held) {
    absl::MutexLock lock(&mutex_);
    held_ = held;
  }
  int reads() {
    absl::MutexLock lock(&mutex_);
    return feed_.reads;
  }
  int asked_for_waiting() {
    absl::MutexLock lock(&mutex_);
    return asked_for_waiting_;
  }
  // Until a call stands before the held producer.
  void AwaitReader() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&standing_));
  }

  absl::StatusOr<common::v1::ReadEventsResponse> ReadEvents(
      const common::v1::ReadEventsRequest& request) override {
    absl::MutexLock lock(&mutex_);
    const auto free = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !held_ || cancelled_; };
    standing_ = held_;
    mutex_.Await(absl::Condition(&free));
    standing_ = false;
    if (cancelled_) return absl::CancelledError("stopping");
    asked_for_waiting_ += request.include_waiting() ? 1 : 0;
    return feed_.ReadEvents(request);
  }
  absl::StatusOr<FeedSnapshot> ExportSnapshot() override {
    return absl::UnimplementedError("no snapshot here");
  }
  void Cancel() override {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
  }

 private:
  absl::Mutex mutex_;
  FakeFeed feed_ ABSL_GUARDED_BY(mutex_);
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
  bool standing_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  int asked_for_waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

// A consumer that would look again in ten minutes, and has looked once.
class CatchUpTest : public ConsumerTest {
 protected:
  void SetUp() override {
    ConsumerTest::SetUp();
    ConsumerOptions options = Options();
    options.poll = absl::Minutes(10);
    auto feed = std::make_unique<SharedFeed>();
    feed_ = feed.get();
    std::unique_ptr<Consumer> consumer =
        NewConsumerOf(std::move(options), pool(), std::move(feed), manual_);
    consumer_ = consumer.get();
    task_ = std::make_unique<RunningTask>(std::move(consumer));
    ASSERT_TRUE(Eventually([&] { return feed_->reads() == 1; }));
  }

  platform::ManualClock manual_{absl::FromUnixSeconds(1'700'000'000)};
  SharedFeed* feed_ = nullptr;
  Consumer* consumer_ = nullptr;
  std::unique_ptr<RunningTask> task_;
};

TEST_F(CatchUpTest, AppliesWhatIsThereNowPageByPage) {
  feed_->Add(12);
  ASSERT_TRUE(consumer_->CatchUp(Soon()).ok());
  EXPECT_EQ(Effects(), Expected(12));
  EXPECT_EQ(feed_->asked_for_waiting(), 1) << "once, however many pages";
}

TEST_F(CatchUpTest, AProducerThatIsAwayIsSaidSo) {
  feed_->Fail(platform::Unavailable("DATABASE_UNAVAILABLE", {"vi", "en"}, absl::Seconds(1)));
  EXPECT_EQ(platform::ReasonOf(consumer_->CatchUp(Soon())), "FEED_NOT_READ");
  feed_->Fail(absl::OkStatus());
  feed_->Add(1);
  EXPECT_TRUE(consumer_->CatchUp(Soon()).ok()) << "no back-off stands in the way";
  EXPECT_EQ(Effects(), Expected(1));
}

TEST_F(CatchUpTest, AnEventThatCannotBeAppliedIsSaidSo) {
  after_effect_ = [](db::Tx&, const common::v1::Event& event) {
    return event.position() == 3 ? absl::InternalError("broken") : absl::OkStatus();
  };
  feed_->Add(3);
  EXPECT_EQ(platform::ReasonOf(consumer_->CatchUp(Soon())), "FEED_NOT_READ");
}

TEST_F(CatchUpTest, WhoeverAsksAndHoweverOftenTheProducerIsAskedOnceASecond) {
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(consumer_->CatchUp(Soon()).ok());
  EXPECT_EQ(feed_->asked_for_waiting(), kCatchUpBurst);
  feed_->Add(1);
  ASSERT_TRUE(consumer_->CatchUp(Soon()).ok());
  EXPECT_THAT(Effects(), IsEmpty());
  manual_.Advance(kCatchUpEvery);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(consumer_->CatchUp(Soon()).ok());
  EXPECT_EQ(feed_->asked_for_waiting(), kCatchUpBurst + 1);
  EXPECT_EQ(Effects(), Expected(1));
}

TEST_F(CatchUpTest, AFailureIsRememberedUntilOneMayAskAgain) {
  feed_->Fail(absl::InternalError("away"));
  for (int i = 0; i < 50; ++i) ASSERT_FALSE(consumer_->CatchUp(Soon()).ok());
  EXPECT_EQ(feed_->asked_for_waiting(), kCatchUpBurst);
}

TEST_F(CatchUpTest, WhoComesWhileOneIsUnderWayIsServedToo) {
  feed_->Hold(true);
  std::vector<std::thread> callers;
  std::atomic<int> served{0};
  const auto ask = [&] { served += consumer_->CatchUp(Soon()).ok() ? 1 : 0; };
  callers.emplace_back(ask);
  feed_->AwaitReader();  // the first is under way: what comes now is for the next
  feed_->Add(1);
  for (int i = 0; i < 20; ++i) callers.emplace_back(ask);
  feed_->Hold(false);
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(served, 21);
  EXPECT_EQ(Effects(), Expected(1));
}

TEST_F(CatchUpTest, NobodyWaitsBeyondTheirDeadlineOrAStop) {
  feed_->Hold(true);
  EXPECT_EQ(platform::ReasonOf(consumer_->CatchUp(db::DeadlineIn(absl::Milliseconds(20)))),
            "FEED_NOT_READ");
  std::thread caller(
      [&] { EXPECT_EQ(platform::ReasonOf(consumer_->CatchUp(Soon())), "FEED_NOT_READ"); });
  feed_->AwaitReader();
  task_->Stop();
  caller.join();
}

// The whole way: a producer's feed over gRPC into another schema, with the producer going away in
// between.
TEST_F(ConsumerTest, OverTheWire) {
  const test::TestKeys keys;
  const auto reader = test::TestDatabase::Create({"platform"});
  reader->Run(
      "CREATE TABLE effects (ordinal BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, "
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
