// Business time as the tables say it, kept in the memory of a process by many that read it at once.
#include "platform/db/business_time.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gtest/gtest.h"
#include "platform/db/deadline.h"
#include "support/test_database.h"
#include "support/test_server.h"

namespace thidua::db {
namespace {

// Another pool, whose first reading comes back late: once it is let go.
class SlowAtFirst final : public Pool {
 public:
  explicit SlowAtFirst(Pool& pool) : pool_(pool) {}
  absl::Status InTransaction(absl::Time deadline,
                             absl::FunctionRef<absl::Status(Tx&)> body) override {
    return pool_.InTransaction(deadline, body);
  }
  absl::Status ReadOnly(absl::Time deadline,
                        absl::FunctionRef<absl::Status(Session&)> body) override {
    absl::Status status = pool_.ReadOnly(deadline, body);
    if (!has_read.HasBeenNotified()) {
      has_read.Notify();
      let_go.WaitForNotification();
    }
    return status;
  }
  absl::Status Snapshot(absl::Time deadline,
                        absl::FunctionRef<absl::Status(Session&)> body) override {
    return pool_.Snapshot(deadline, body);
  }
  absl::Status Autocommit(absl::Time deadline,
                          absl::FunctionRef<absl::Status(Session&)> body) override {
    return pool_.Autocommit(deadline, body);
  }
  absl::Status Ping(absl::Time deadline) override { return pool_.Ping(deadline); }
  PoolStats stats() const override { return pool_.stats(); }

  absl::Notification has_read;
  absl::Notification let_go;

 private:
  Pool& pool_;
};

class BusinessTimeTest : public ::testing::Test {
 protected:
  void Store(absl::Duration offset) {
    database_->Run(absl::StrCat("UPDATE business_time SET offset_ms = ",
                                absl::ToInt64Milliseconds(offset), " WHERE id = 1"));
  }
  absl::Duration Offset() { return server_.host().business_clock().offset(); }

  const std::unique_ptr<test::TestDatabase> database_ = test::TestDatabase::Create({"platform"});
  const test::TestKeys keys_;
  test::TestServer server_{"campaign", keys_};
};

TEST_F(BusinessTimeTest, IsAtLeastAsNewAsTheTableWasAlsoWhenAnEarlierReadingIsSlow) {
  SlowAtFirst pool(database_->pool());
  const std::function<absl::Status()> follow = FollowBusinessTime(server_.host(), pool);
  Store(absl::Hours(1));
  std::thread slow([&] { EXPECT_TRUE(follow().ok()); });
  pool.has_read.WaitForNotification();
  Store(absl::Hours(2));
  EXPECT_TRUE(follow().ok());
  EXPECT_EQ(Offset(), absl::Hours(2));
  pool.let_go.Notify();
  slow.join();
  EXPECT_EQ(Offset(), absl::Hours(2)) << "the slow one had read the hour before";
}

TEST_F(BusinessTimeTest, AnErrorLeavesTheClockAsItIs) {
  const std::function<absl::Status()> follow =
      FollowBusinessTime(server_.host(), database_->pool());
  Store(absl::Hours(1));
  EXPECT_TRUE(follow().ok());
  database_->Run("RENAME TABLE business_time TO business_time_away");
  EXPECT_FALSE(follow().ok());
  EXPECT_EQ(Offset(), absl::Hours(1));
}

}  // namespace
}  // namespace thidua::db
