// A producer in memory, and consumers of it whose effects show a repeat and an order.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "gmock/gmock.h"
#include "platform/feed/consumer.h"
#include "platform/feed/consumer_core.h"
#include "platform/feed/feed_fixture.h"
#include "platform/feed/services.h"
#include "platform/status.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"

namespace thidua::feed {

using campaign::v1::PlanLaunched;

inline constexpr char kType[] = "thidua.campaign.v1.PlanLaunched";

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
        "CREATE TABLE effects (ordinal BIGINT NOT NULL PRIMARY KEY, "
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
      RETURN_IF_ERROR(tx.Execute("INSERT INTO effects (ordinal, plan_id) VALUES (?, ?)",
                                 int64_t{++ordinal_}, plan.plan_id())
                          .status());
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
  std::atomic<int64_t> ordinal_ = 0;  // effects in the order in which they were tried
  std::function<absl::Status(db::Tx&, const common::v1::Event&)> after_effect_;
  platform::SystemClock clock_;
};

}  // namespace thidua::feed
