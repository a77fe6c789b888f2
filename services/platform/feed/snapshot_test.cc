// ExportSnapshot: what it holds, and that its position belongs to it.
#include <atomic>
#include <thread>

#include "gmock/gmock.h"
#include "platform/feed/services_fixture.h"

namespace thidua::feed {
namespace {

using common::v1::SnapshotItem;
using test::Reason;
using testing::ElementsAre;

TEST_F(ServicesTest, SnapshotsFollowRightsAndEndWithAnEmptyItem) {
  Commit(2);
  const auto read = [&](const std::string& token) {
    const auto context = test::WithToken(token);
    const auto reader = feed_->ExportSnapshot(context.get(), {});
    std::vector<std::string> units;
    SnapshotItem item;
    bool ended = false;
    while (reader->Read(&item)) {
      EXPECT_EQ(item.position(), 2) << "what was waiting has got its place first";
      EXPECT_EQ(item.epoch(), FeedHead().epoch);
      ended = !item.has_event();
      if (ended) continue;
      EXPECT_EQ(item.event().id(), "");
      units.push_back(item.event().unit_id());
    }
    EXPECT_TRUE(ended);
    EXPECT_TRUE(reader->Finish().ok());
    return units;
  };
  EXPECT_THAT(read(Everywhere()), ElementsAre("commune", "elsewhere", ""));
  EXPECT_THAT(read(AtDistrict()), ElementsAre("commune"));
}

// A snapshot and its position belong together while others write: what it holds is exactly what the
// events up to its position made.
class SnapshotUnderWritesTest : public ServicesTest {
 protected:
  static void SetUpTestSuite() {
    ServicesTest::SetUpTestSuite();
    database_->Run(
        "CREATE TABLE counters (id INT NOT NULL PRIMARY KEY, value INT NOT NULL) "
        "ENGINE=InnoDB");
  }
  absl::Status Snapshot(db::Session& session,
                        absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) override {
    return session.Query(
        [&](const db::Row& row) {
          common::v1::Event event;
          event.set_aggregate_version(row.Get<int64_t>(0));
          return emit(event);
        },
        "SELECT value FROM counters WHERE id = 1");
  }
};

TEST_F(SnapshotUnderWritesTest, StateAndPositionBelongTogether) {
  database_->Run("DELETE FROM counters");
  database_->Run("INSERT INTO counters VALUES (1, 0)");
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    const std::unique_ptr<db::Pool> own = OwnPool();
    for (int i = 1; !stop.load(); ++i) {
      EXPECT_TRUE(
          own->InTransaction(
                 Soon(),
                 [&](db::Tx& tx) -> absl::Status {
                   RETURN_IF_ERROR(
                       tx.Execute("UPDATE counters SET value = ? WHERE id = 1", i).status());
                   return AppendChange(tx, {.aggregate_id = "plan-1", .version = i});
                 })
              .ok());
      absl::SleepFor(absl::Milliseconds(2));
    }
  });
  int whole = 0;
  for (int i = 0; i < 10; ++i) {
    const auto context = test::WithToken(Everywhere());
    const auto reader = feed_->ExportSnapshot(context.get(), {});
    SnapshotItem item;
    while (reader->Read(&item)) {
      if (item.has_event()) EXPECT_EQ(item.event().aggregate_version(), item.position());
    }
    const grpc::Status status = reader->Finish();
    if (status.ok()) {
      ++whole;
    } else {
      EXPECT_EQ(Reason(status), "FEED_BUSY");
    }
  }
  stop.store(true);
  writer.join();
  EXPECT_GT(whole, 0);
}

}  // namespace
}  // namespace thidua::feed
