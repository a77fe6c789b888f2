// Transactions, snapshots and leases against a real server. The pitfalls of Connector/C++ and
// MariaDB have their own file, pitfalls_test.cc.
#include "platform/db/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "platform/status.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

using platform::ReasonOf;
using test::TestDatabase;

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class PoolTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = TestDatabase::CreateFrom({}).release();
    database_->Run(
        "CREATE TABLE account (id INT NOT NULL PRIMARY KEY, amount BIGINT NOT NULL, "
        "CONSTRAINT account_positive CHECK (amount >= 0)) ENGINE=InnoDB");
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override {
    database_->Run("DELETE FROM account");
    database_->Run("INSERT INTO account VALUES (1, 100), (2, 100)");
  }
  static std::unique_ptr<Pool> NewPool(Options options) {
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(std::move(options));
    EXPECT_TRUE(pool.ok()) << pool.status();
    return *std::move(pool);
  }
  static int64_t Amount(int id) {
    int64_t amount = -1;
    EXPECT_TRUE(database_->pool()
                    .ReadOnly(Soon(),
                              [&](Session& session) {
                                return session.Query(
                                    [&](const Row& row) {
                                      amount = row.Get<int64_t>(0);
                                      return absl::OkStatus();
                                    },
                                    "SELECT amount FROM account WHERE id = ?", id);
                              })
                    .ok());
    return amount;
  }
  static absl::Status Add(Session& session, int id, int by) {
    return session.Execute("UPDATE account SET amount = amount + ? WHERE id = ?", by, id).status();
  }

  static TestDatabase* database_;
  std::unique_ptr<Pool> pool_ = NewPool(database_->options());
};
TestDatabase* PoolTest::database_ = nullptr;

TEST_F(PoolTest, CommitsWhenTheBodyIsOk) {
  EXPECT_TRUE(pool_->InTransaction(Soon(), [](Tx& tx) { return Add(tx, 1, 5); }).ok());
  EXPECT_EQ(Amount(1), 105);
  EXPECT_EQ(pool_->stats().open, 1);
  EXPECT_EQ(pool_->stats().idle, 1);
}

TEST_F(PoolTest, RollsBackWhenTheBodyRefusesAndKeepsTheConnection) {
  const absl::Status status = pool_->InTransaction(Soon(), [](Tx& tx) {
    EXPECT_TRUE(Add(tx, 1, 5).ok());
    return platform::FailedPrecondition("NO", {"không", "no"});
  });
  EXPECT_EQ(ReasonOf(status), "NO");
  EXPECT_EQ(Amount(1), 100);
  EXPECT_EQ(pool_->stats().discarded, 0);
}

TEST_F(PoolTest, AnExceptionInTheBodyRollsBackAndDiscards) {
  EXPECT_THROW((void)pool_->InTransaction(Soon(),
                                          [](Tx& tx) -> absl::Status {
                                            EXPECT_TRUE(Add(tx, 1, 5).ok());
                                            throw std::runtime_error("body");
                                          }),
               std::runtime_error);
  EXPECT_EQ(Amount(1), 100);
  EXPECT_EQ(pool_->stats().discarded, 1);
  EXPECT_EQ(pool_->stats().open, 0);
}

TEST_F(PoolTest, ADuplicateKeyNamesTheIndexAndTheTransactionGoesOn) {
  const absl::Status status = pool_->InTransaction(Soon(), [](Tx& tx) {
    const absl::Status duplicate = tx.Execute("INSERT INTO account VALUES (?, ?)", 1, 1).status();
    EXPECT_EQ(duplicate.code(), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(ReasonOf(duplicate), "DUPLICATE_KEY");
    return Add(tx, 1, 1);
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Amount(1), 101);
}

TEST_F(PoolTest, AConstraintIsNamed) {
  const absl::Status status = pool_->InTransaction(Soon(), [](Tx& tx) { return Add(tx, 1, -101); });
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "CONSTRAINT_VIOLATED");
  EXPECT_EQ(Amount(1), 100);
}

TEST_F(PoolTest, AStatementWithTheWrongNumberOfValuesIsADefect) {
  const absl::Status status = pool_->InTransaction(Soon(), [](Tx& tx) {
    return tx.Execute("UPDATE account SET amount = ? WHERE id = ?", 1).status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Amount(1), 100);
}

TEST_F(PoolTest, ReadOnlyTakesNoWrite) {
  const absl::Status status =
      pool_->ReadOnly(Soon(), [](Session& session) { return Add(session, 1, 1); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Amount(1), 100);
}

TEST_F(PoolTest, ASnapshotSeesOneStateWhateverIsCommittedMeanwhile) {
  const absl::Status status = pool_->Snapshot(Soon(), [&](Session& session) -> absl::Status {
    const auto sum = [&] {
      int64_t found = 0;
      EXPECT_TRUE(session
                      .Query(
                          [&](const Row& row) {
                            found = row.Get<int64_t>(0);
                            return absl::OkStatus();
                          },
                          "SELECT SUM(amount) FROM account")
                      .ok());
      return found;
    };
    EXPECT_TRUE(pool_->InTransaction(Soon(), [](Tx& tx) { return Add(tx, 1, 7); }).ok());
    EXPECT_EQ(sum(), 200);
    EXPECT_TRUE(pool_->InTransaction(Soon(), [](Tx& tx) { return Add(tx, 2, 7); }).ok());
    EXPECT_EQ(sum(), 200);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  // The session is READ COMMITTED again for the next.
  EXPECT_TRUE(pool_
                  ->InTransaction(Soon(),
                                  [&](Tx& tx) {
                                    EXPECT_EQ(Amount(1), 107);
                                    database_->Run("UPDATE account SET amount = 1 WHERE id = 2");
                                    return tx.Query(
                                        [](const Row& row) {
                                          EXPECT_EQ(row.Get<int64_t>(0), 1);
                                          return absl::OkStatus();
                                        },
                                        "SELECT amount FROM account WHERE id = 2");
                                  })
                  .ok());
}

TEST_F(PoolTest, QueriesMayBeNestedEvenOfTheSameText) {
  constexpr char kAll[] = "SELECT id FROM account ORDER BY id";
  std::vector<std::string> seen;
  const absl::Status status = pool_->ReadOnly(Soon(), [&](Session& session) {
    return session.Query(
        [&](const Row& outer) {
          return session.Query(
              [&](const Row& inner) {
                seen.push_back(absl::StrCat(outer.Get<int64_t>(0), inner.Get<int64_t>(0)));
                return absl::OkStatus();
              },
              kAll);
        },
        kAll);
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(seen, (std::vector<std::string>{"11", "12", "21", "22"}));
}

TEST_F(PoolTest, AnErrorOfTheReaderStopsTheReadingAndKeepsTheConnection) {
  int rows = 0;
  const absl::Status status = pool_->ReadOnly(Soon(), [&](Session& session) {
    return session.Query(
        [&](const Row&) {
          ++rows;
          return platform::NotFound("ENOUGH", {"đủ", "enough"});
        },
        "SELECT id FROM account");
  });
  EXPECT_EQ(ReasonOf(status), "ENOUGH");
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(pool_->stats().discarded, 0);
}

TEST_F(PoolTest, TheStatementCacheIsBounded) {
  const absl::Status status = pool_->ReadOnly(Soon(), [&](Session& session) -> absl::Status {
    for (int i = 0; i < 300; ++i) {
      absl::Status one =
          session.Query([](const Row&) { return absl::OkStatus(); }, absl::StrCat("SELECT ", i));
      if (!one.ok()) return one;
    }
    int64_t open = 0;
    absl::Status counted = session.Query(
        [&](const Row& row) {
          const int64_t count = row.Get<int64_t>(1);
          open += row.Get<std::string>(0) == "Com_stmt_prepare" ? count : -count;
          return absl::OkStatus();
        },
        "SHOW SESSION STATUS WHERE Variable_name IN ('Com_stmt_prepare', 'Com_stmt_close')");
    EXPECT_EQ(open, 128);
    return counted;
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(PoolTest, WhoWaitsForAConnectionIsToldWhenTimeIsUp) {
  Options options = database_->options();
  options.connections = 1;
  std::unique_ptr<Pool> pool = NewPool(options);
  absl::Notification taken, done;
  std::thread holder([&] {
    EXPECT_TRUE(pool->ReadOnly(Soon(),
                               [&](Session&) {
                                 taken.Notify();
                                 done.WaitForNotification();
                                 return absl::OkStatus();
                               })
                    .ok());
  });
  taken.WaitForNotification();
  const absl::Status status = pool->Ping(absl::Now() + absl::Milliseconds(100));
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "DATABASE_BUSY");
  done.Notify();
  holder.join();
  EXPECT_TRUE(pool->Ping(Soon()).ok());
}

TEST_F(PoolTest, AConnectionPastItsAgeIsReplaced) {
  Options options = database_->options();
  options.max_age = absl::Nanoseconds(1);
  std::unique_ptr<Pool> pool = NewPool(options);
  int64_t first = 0, second = 0;
  const auto id = [&](int64_t* out) {
    return pool->ReadOnly(Soon(), [&](Session& session) {
      return session.Query(
          [&](const Row& row) {
            *out = row.Get<int64_t>(0);
            return absl::OkStatus();
          },
          "SELECT CONNECTION_ID()");
    });
  };
  EXPECT_TRUE(id(&first).ok());
  EXPECT_TRUE(id(&second).ok());
  EXPECT_NE(first, second);
  EXPECT_EQ(pool->stats().open, 1);
}

TEST_F(PoolTest, ManyThreadsShareFewConnections) {
  Options options = database_->options();
  options.connections = 3;
  std::unique_ptr<Pool> pool = NewPool(options);
  std::vector<std::thread> threads;
  std::atomic<int> committed{0};
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) {
        const absl::Status status =
            pool->InTransaction(Soon(), [](Tx& tx) { return Add(tx, 1, 1); });
        if (status.ok()) committed.fetch_add(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(committed.load(), 160);
  EXPECT_EQ(Amount(1), 260);
  EXPECT_LE(pool->stats().open, 3);
}

TEST(PoolOptionsTest, AreCheckedAllAtOnce) {
  Options options;
  options.connections = 0;
  options.socket = "/somewhere";
  options.tls_ca_file = "/ca.pem";
  const absl::Status status = Pool::Create(options).status();
  std::vector<std::string> fields;
  for (const auto& field : platform::FieldsOf(status)) fields.push_back(field.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"schema", "user", "connections", "tls_ca_file"}));
}

TEST(PoolOptionsTest, ADatabaseThatIsAwayIsUnavailableNotAHang) {
  Options options;
  options.socket = "/nonexistent/socket";
  options.schema = "x";
  options.user = "x";
  absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(options);
  ASSERT_TRUE(pool.ok());
  const absl::Status status = (*pool)->Ping(Soon());
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "DATABASE_UNAVAILABLE");
  EXPECT_EQ((*pool)->stats().open, 0);
}

}  // namespace
}  // namespace thidua::db
