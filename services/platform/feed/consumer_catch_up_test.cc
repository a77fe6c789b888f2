// A consumer that is asked to catch up at once.
#include "platform/feed/testing/consumer_fixture.h"

namespace thidua::feed {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

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

}  // namespace
}  // namespace thidua::feed
