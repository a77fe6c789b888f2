// What long streams may hold: no more than a few of a kind, not for those who do not read, and not
// longer than their token.
#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "platform/feed/consumer_core.h"
#include "platform/feed/services_fixture.h"
#include "platform/status.h"

namespace thidua::feed {
namespace {

using common::v1::AuditLogItem;
using common::v1::ReadEventsResponse;
using common::v1::SnapshotItem;
using test::Reason;
using testing::StartsWith;

// A server stream as a client holds it.
template <class Item>
struct Open {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::ClientReader<Item>> reader;
};

class StreamLimitsTest : public ServicesTest {
 protected:
  explicit StreamLimitsTest(platform::HostOptions options = {})
      : ServicesTest(std::move(options)) {}

  // More than the windows of a connection take.
  static void CommitALargeLog() {
    for (int i = 1; i <= kLarge; ++i) {
      Commit({.aggregate_id = absl::StrCat(i), .text = std::string(60'000, 'x')});
    }
    NumberAll();
  }
  static constexpr int kLarge = 200;
  Open<AuditLogItem> Export() {
    auto context = test::WithToken(Everywhere());
    auto reader = audit_->ExportAuditLog(context.get(), {});
    return {std::move(context), std::move(reader)};
  }
  Open<SnapshotItem> Snapshots() {
    auto context = test::WithToken(Everywhere());
    auto reader = feed_->ExportSnapshot(context.get(), {});
    return {std::move(context), std::move(reader)};
  }
  Open<ReadEventsResponse> Watch(const std::string& token) {
    auto context = test::WithToken(token);
    auto reader = feed_->WatchEvents(context.get(), {});
    return {std::move(context), std::move(reader)};
  }
  template <class Item>
  static grpc::Status ReadToTheEnd(Open<Item>& stream) {
    Item item;
    while (stream.reader->Read(&item)) {
    }
    return stream.reader->Finish();
  }
  // A token with one to two seconds left.
  std::string EndingToken() const {
    const absl::Time minted = absl::Now() - absl::Hours(1);
    return platform::MintAccessToken(*keys_.key("access"),
                                     {"client:a", {{"*", {"campaign.feed.read"}}}}, minted,
                                     absl::Hours(1) - absl::Seconds(28))
        .value();
  }
  int streams_running() { return server_.host().admission().streams().running(); }
};

TEST_F(StreamLimitsTest, AFewReadWholeStatesAndTheOthersAreToldToWait) {
  CommitALargeLog();
  std::vector<Open<AuditLogItem>> open;
  AuditLogItem item;
  for (int i = 0; i < 4; ++i) {
    open.push_back(Export());
    ASSERT_TRUE(open.back().reader->Read(&item)) << i;  // it has its place, and is read no more
  }
  Open<AuditLogItem> fifth = Export();
  const grpc::Status refused = ReadToTheEnd(fifth);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Reason(refused), "TOO_MANY_STREAMS");
  Open<SnapshotItem> snapshot = Snapshots();
  EXPECT_EQ(Reason(ReadToTheEnd(snapshot)), "TOO_MANY_STREAMS") << "they hold connections as well";
  EXPECT_EQ(Read({}, Everywhere()).head_position(), kLarge) << "others are answered";
  for (auto& stream : open) EXPECT_TRUE(ReadToTheEnd(stream).ok());
  Open<SnapshotItem> again = Snapshots();
  EXPECT_TRUE(ReadToTheEnd(again).ok()) << "the places are free again";
}

TEST_F(StreamLimitsTest, WatchersLeaveWorkersToOtherStreams) {
  Commit(1);
  NumberAll();
  std::vector<Open<ReadEventsResponse>> watchers;
  ReadEventsResponse page;
  for (int i = 0; i < 8; ++i) {
    watchers.push_back(Watch(Everywhere()));
    ASSERT_TRUE(watchers.back().reader->Read(&page)) << i;
  }
  Open<ReadEventsResponse> ninth = Watch(Everywhere());
  EXPECT_EQ(Reason(ReadToTheEnd(ninth)), "TOO_MANY_STREAMS");
  Open<SnapshotItem> snapshot = Snapshots();
  EXPECT_TRUE(ReadToTheEnd(snapshot).ok());
  for (auto& watcher : watchers) watcher.context->TryCancel();
  for (auto& watcher : watchers) {
    EXPECT_EQ(ReadToTheEnd(watcher).error_code(), grpc::StatusCode::CANCELLED);
  }
}

TEST_F(StreamLimitsTest, AWatcherIsToldWhenItsTokenHasExpired) {
  Commit(1);
  NumberAll();
  Open<ReadEventsResponse> watcher = Watch(EndingToken());
  ReadEventsResponse page;
  ASSERT_TRUE(watcher.reader->Read(&page)) << "it was taken at the door";
  const grpc::Status ended = ReadToTheEnd(watcher);
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Reason(ended), "TOKEN_EXPIRED");
}

class StalledReaderTest : public StreamLimitsTest {
 protected:
  StalledReaderTest() : StreamLimitsTest(ImpatientOptions()) {}
  static platform::HostOptions ImpatientOptions() {
    platform::HostOptions options;
    options.stream_write = absl::Milliseconds(300);
    return options;
  }
};

TEST_F(StalledReaderTest, WhoDoesNotReadIsCutOffAndHoldsNothing) {
  CommitALargeLog();
  Open<AuditLogItem> stalled = Export();
  AuditLogItem item;
  ASSERT_TRUE(stalled.reader->Read(&item));
  EXPECT_TRUE(Eventually([&] { return streams_running() == 0; })) << "nobody reads, and it ends";
  const db::PoolStats stats = pool().stats();
  EXPECT_EQ(stats.open, stats.idle) << "no connection is held";
  const grpc::Status ended = ReadToTheEnd(stalled);
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(ended.error_message(), StartsWith("READER_TOO_SLOW: "));
  Open<AuditLogItem> again = Export();
  EXPECT_TRUE(ReadToTheEnd(again).ok());
}

// The consumer's reader takes a snapshot on a token that ends in the middle of it.
class ConsumerWithEndingTokenTest : public StreamLimitsTest {
 protected:
  // The first snapshot lasts until it is ended.
  absl::Status Snapshot(db::Session&,
                        absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) override {
    common::v1::Event event;
    event.set_type("thidua.campaign.v1.PlanLaunched");
    event.set_payload_json(R"({"plan_id":"a"})");
    if (snapshots_++ > 0) return emit(event);
    for (;;) {
      absl::Status emitted = emit(event);
      if (emitted.ok()) continue;
      // From here on the reader's clock says that a new token is due.
      clock_.Set(absl::Now());
      return emitted;
    }
  }
  int snapshots_ = 0;
  // A service's token lives ten minutes and the 30 s of leeway: about two seconds are left.
  platform::ManualClock clock_{absl::Now() - absl::Minutes(10) - absl::Seconds(28)};
};

TEST_F(ConsumerWithEndingTokenTest, GoesOnWithANewOne) {
  Commit(1);
  NumberAll();
  database_->Run(
      "INSERT INTO consumer_positions VALUES ('campaign', 'an epoch that is over', 7, '', "
      "'2024-01-01')");
  const auto tokens = platform::NewServiceTokenSource("scoring", keys_.key("scoring"), clock_);
  const std::unique_ptr<FeedReader> reader =
      NewPeerFeed("campaign", platform::ConnectLoopback(server_.address(), tokens).value());
  int applied = 0;
  ConsumerOptions options;
  options.producer = "campaign";
  options.handlers["thidua.campaign.v1.PlanLaunched"] = [&](db::Tx&, const common::v1::Event&) {
    ++applied;
    return absl::OkStatus();
  };
  options.reset = [](db::Tx&) { return absl::OkStatus(); };
  const platform::WorkerScope worker;
  ConsumerCore core(std::move(options), pool(), *reader, clock_);
  const absl::StatusOr<bool> first = core.Round();
  EXPECT_EQ(platform::ReasonOf(first.status()), "TOKEN_EXPIRED") << first.status();
  EXPECT_EQ(applied, 0) << "half a snapshot is none";
  const absl::StatusOr<bool> second = core.Round();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(applied, 1);
  EXPECT_EQ(snapshots_, 2);
}

}  // namespace
}  // namespace thidua::feed
