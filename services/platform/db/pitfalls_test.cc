// The pitfalls of Connector/C++ 1.1 on libmariadb and of MariaDB 10.11, one test each, so that an
// upgrade of the packages tells us. README.md lists them. TLS has its own file.
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/statement.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "platform/db/pool.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "support/tcp_gate.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

using platform::ReasonOf;
using test::TestDatabase;

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }
absl::Status Ignore(const Row&) { return absl::OkStatus(); }

class PitfallTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = TestDatabase::CreateFrom({}).release();
    database_->Run("CREATE TABLE t (id INT NOT NULL PRIMARY KEY, v VARCHAR(100)) ENGINE=InnoDB");
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override {
    database_->Run("DELETE FROM t");
    database_->Run("INSERT INTO t VALUES (1, 'a'), (2, 'a')");
    options_ = database_->options();
    pool_ = NewPool(options_);
  }
  static std::unique_ptr<Pool> NewPool(const Options& options) {
    absl::StatusOr<std::unique_ptr<Pool>> pool = Pool::Create(options);
    EXPECT_TRUE(pool.ok()) << pool.status();
    return *std::move(pool);
  }
  // The first column of the one row.
  template <class T>
  static absl::StatusOr<T> Read(Session& session, const std::string& sql) {
    absl::StatusOr<std::optional<T>> value =
        session.QueryOptional<T>([](const Row& row) { return row.Get<T>(0); }, sql);
    if (!value.ok()) return value.status();
    if (!value->has_value()) return absl::NotFoundError("no row");
    return **value;
  }
  template <class T>
  absl::StatusOr<T> ReadNow(const std::string& sql) {
    absl::StatusOr<T> value = absl::UnknownError("not read");
    absl::Status status = pool_->ReadOnly(Soon(), [&](Session& session) {
      value = Read<T>(session, sql);
      return value.status();
    });
    if (!status.ok()) return status;
    return value;
  }
  std::string V(int id) {
    return ReadNow<std::string>(absl::StrCat("SELECT v FROM t WHERE id = ", id)).value_or("error");
  }
  static absl::Status Append(Session& session, int id, const std::string& what) {
    return session.Execute("UPDATE t SET v = CONCAT(v, ?) WHERE id = ?", what, id).status();
  }

  static TestDatabase* database_;
  Options options_;
  std::unique_ptr<Pool> pool_;
};
TestDatabase* PitfallTest::database_ = nullptr;

// A hostile server could ask the client for any file it can read; the library's default lets it.
TEST_F(PitfallTest, PitfallLocalInfileIsOff) {
  const std::string path = test::TestMariaDbFolder() + "/infile.txt";
  std::ofstream(path) << "9\tloaded\n";
  const std::string load = absl::StrCat("LOAD DATA LOCAL INFILE '", path, "' INTO TABLE t");
  database_->Run("SET GLOBAL local_infile = 1");
  {  // The server would take it and the library by itself would give it.
    sql::ConnectOptionsMap map;
    map["hostName"] = sql::SQLString("unix://" + options_.socket);
    map["userName"] = sql::SQLString(options_.user);
    map["schema"] = sql::SQLString(options_.schema);
    std::unique_ptr<sql::Connection> raw(get_driver_instance()->connect(map));
    std::unique_ptr<sql::Statement> statement(raw->createStatement());
    statement->execute(load);
  }
  EXPECT_EQ(V(9), "loaded");
  database_->Run("DELETE FROM t WHERE id = 9");
  const absl::Status status =
      pool_->Autocommit(Soon(), [&](Session& session) { return session.Execute(load).status(); });
  database_->Run("SET GLOBAL local_infile = 0");
  EXPECT_FALSE(status.ok());
  EXPECT_NE(std::string(status.message()).find("4166"), std::string::npos) << status;
  EXPECT_EQ(V(9), "error");
}

// OPT_RECONNECT would go on in a new session: settings, locks and half of a transaction lost.
TEST_F(PitfallTest, PitfallNoReconnectInATransaction) {
  const absl::Status status = pool_->InTransaction(Soon(), [&](Tx& tx) {
    EXPECT_TRUE(Append(tx, 1, "x").ok());
    database_->Run(absl::StrCat("KILL ", Read<uint64_t>(tx, "SELECT CONNECTION_ID()").value()));
    const absl::Status lost = Append(tx, 2, "x");
    EXPECT_EQ(ReasonOf(lost), "DATABASE_UNAVAILABLE");
    EXPECT_EQ(Append(tx, 2, "x"), lost);  // nothing more runs, on whatever session
    return absl::OkStatus();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(pool_->stats().discarded, 1);
  EXPECT_EQ(V(1), "a");
  EXPECT_EQ(V(2), "a");
  EXPECT_EQ(ReadNow<std::string>("SELECT CONCAT_WS('|', @@tx_isolation, @@time_zone, "
                                 "@@innodb_lock_wait_timeout, @@sql_mode LIKE 'STRICT_ALL%')")
                .value(),
            "READ-COMMITTED|+00:00|3|1");
}

TEST_F(PitfallTest, PitfallARestingConnectionThatDiedIsReplacedUnseen) {
  const uint64_t first = ReadNow<uint64_t>("SELECT CONNECTION_ID()").value();
  database_->Run(absl::StrCat("KILL ", first));
  EXPECT_TRUE(pool_->InTransaction(Soon(), [](Tx& tx) { return Append(tx, 1, "x"); }).ok());
  EXPECT_EQ(V(1), "ax");
  EXPECT_GE(pool_->stats().discarded, 1);
}

// After an error that is not expected nothing is known of the session.
TEST_F(PitfallTest, PitfallPoisonOnThrow) {
  const absl::Status status = pool_->InTransaction(Soon(), [&](Tx& tx) {
    EXPECT_TRUE(Append(tx, 1, "x").ok());
    EXPECT_FALSE(tx.Execute("UPDATE no_such_table SET v = 1").ok());
    EXPECT_FALSE(Append(tx, 2, "x").ok());
    return absl::OkStatus();  // overlooks both
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(pool_->stats().discarded, 1);
  EXPECT_EQ(V(1), "a");
}

// A filter that nothing can equal is the caller's mistake, not ours.
TEST_F(PitfallTest, PitfallTextWithMarksIsNotComparedWithAColumnOfAscii) {
  database_->Run("CREATE TABLE codes (code VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin)");
  const absl::Status status = pool_->ReadOnly(absl::InfiniteFuture(), [](Session& session) {
    return session
        .QueryOptional<int64_t>([](const Row& row) { return row.Get<int64_t>(0); },
                                "SELECT COUNT(*) FROM codes WHERE code = ?", std::string("thử"))
        .status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  EXPECT_EQ(platform::ReasonOf(status), "VALUE_DOES_NOT_FIT");
}

// 1213 rolls the whole transaction back; a statement repeated alone would lose what came before.
TEST_F(PitfallTest, Pitfall1213RunsTheWholeBodyAgain) {
  absl::Notification one_has_1, other_has_2;
  std::atomic<int> bodies{0};
  const auto cross = [&](int first, int second, absl::Notification* mine,
                         absl::Notification* theirs) {
    return pool_->InTransaction(Soon(), [&](Tx& tx) -> absl::Status {
      bodies.fetch_add(1);
      if (absl::Status status = Append(tx, first, "x"); !status.ok()) return status;
      if (!mine->HasBeenNotified()) mine->Notify();
      theirs->WaitForNotification();
      return Append(tx, second, "y");
    });
  };
  absl::Status other;
  std::thread thread([&] { other = cross(2, 1, &other_has_2, &one_has_1); });
  const absl::Status one = cross(1, 2, &one_has_1, &other_has_2);
  thread.join();
  EXPECT_TRUE(one.ok()) << one;
  EXPECT_TRUE(other.ok()) << other;
  EXPECT_EQ(bodies.load(), 3);
  EXPECT_EQ(pool_->stats().transaction_retries, 1);
  EXPECT_EQ(V(1).size(), 3u);  // "a", one x, one y: each effect once
  EXPECT_EQ(V(2).size(), 3u);
}

// 1205 comes with SQLSTATE HY000 and undoes the statement alone; the rest must not be committed.
TEST_F(PitfallTest, Pitfall1205RunsTheWholeBodyAgain) {
  options_.lock_wait = absl::Seconds(1);
  std::unique_ptr<Pool> impatient = NewPool(options_);
  absl::Notification held, release;
  std::thread holder([&] {
    EXPECT_TRUE(pool_
                    ->InTransaction(Soon(),
                                    [&](Tx& tx) {
                                      absl::Status status = Append(tx, 2, "h");
                                      held.Notify();
                                      release.WaitForNotification();
                                      return status;
                                    })
                    .ok());
  });
  held.WaitForNotification();
  int bodies = 0;
  const absl::Status status = impatient->InTransaction(Soon(), [&](Tx& tx) {
    ++bodies;
    EXPECT_TRUE(Append(tx, 1, "x").ok());
    absl::Status second = Append(tx, 2, "x");
    if (bodies == 1) {
      EXPECT_EQ(ReasonOf(second), "TX_CONFLICT");
      release.Notify();
      return absl::OkStatus();  // overlooked: it must not commit half
    }
    return second;
  });
  holder.join();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(bodies, 2);
  EXPECT_EQ(V(1), "ax");
  EXPECT_EQ(V(2), "ahx");
}

// The server's default wait is 50 s: longer than any call.
TEST_F(PitfallTest, PitfallLockWaitIsLimited) {
  EXPECT_EQ(ReadNow<int64_t>("SELECT @@innodb_lock_wait_timeout").value(), 3);
  EXPECT_EQ(ReadNow<int64_t>("SELECT @@lock_wait_timeout").value(), 3);
  options_.lock_wait = absl::Seconds(1);
  std::unique_ptr<Pool> impatient = NewPool(options_);
  const absl::Status outer = pool_->InTransaction(Soon(), [&](Tx& tx) {
    EXPECT_TRUE(Append(tx, 1, "h").ok());
    int bodies = 0;
    const absl::Time start = absl::Now();
    const absl::Status status = impatient->InTransaction(Soon(), [&](Tx& waiting) {
      ++bodies;
      return Append(waiting, 1, "x");
    });
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_EQ(ReasonOf(status), "TX_CONFLICT");
    EXPECT_EQ(bodies, 4);
    EXPECT_LT(absl::Now() - start, absl::Seconds(20));
    return absl::OkStatus();
  });
  EXPECT_TRUE(outer.ok()) << outer;
}

// A process that is stopped in the middle of a transaction would hold its locks against all others,
// whether it has written or only locked.
TEST_F(PitfallTest, PitfallATransactionThatStandsStillGivesItsLocksBack) {
  EXPECT_EQ(ReadNow<int64_t>("SELECT @@idle_write_transaction_timeout").value(), 10);
  EXPECT_EQ(ReadNow<int64_t>("SELECT @@idle_readonly_transaction_timeout").value(), 10);
  options_.longest_standstill = absl::Seconds(1);
  const std::unique_ptr<Pool> still = NewPool(options_);
  const auto write = [](Tx& tx) { return Append(tx, 1, "h"); };
  const auto lock = [](Tx& tx) {
    return tx.Query(Ignore, "SELECT v FROM t WHERE id = 1 FOR UPDATE");
  };
  int taken = 0;
  for (const auto& first :
       {std::function<absl::Status(Tx&)>(write), std::function<absl::Status(Tx&)>(lock)}) {
    int bodies = 0;
    const absl::Status outer = still->InTransaction(Soon(), [&](Tx& tx) -> absl::Status {
      if (++bodies > 1) return absl::AbortedError("once was enough");
      EXPECT_TRUE(first(tx).ok());
      const absl::Status status =
          pool_->InTransaction(Soon(), [&](Tx& waiting) { return Append(waiting, 1, "x"); });
      EXPECT_TRUE(status.ok()) << status;
      if (status.ok()) ++taken;
      return Append(tx, 2, "h");
    });
    EXPECT_TRUE(absl::IsUnavailable(outer)) << outer;
    EXPECT_EQ(bodies, 1);
  }
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(V(1), "axx") << "nothing of those that stood still was committed";
  EXPECT_EQ(V(2), "a");
}

// What a snapshot reads may be taken slowly, and it holds no locks.
TEST_F(PitfallTest, PitfallASnapshotMayStandStill) {
  options_.longest_standstill = absl::Seconds(1);
  options_.connections = 1;
  const std::unique_ptr<Pool> still = NewPool(options_);
  const absl::Status status = still->Snapshot(Soon(), [&](Session& session) -> absl::Status {
    RETURN_IF_ERROR(Read<std::string>(session, "SELECT v FROM t WHERE id = 1").status());
    absl::SleepFor(absl::Seconds(3));  // longer than any other transaction may
    return Read<std::string>(session, "SELECT v FROM t WHERE id = 1").status();
  });
  EXPECT_TRUE(status.ok()) << status;
  absl::StatusOr<int64_t> limit;
  ASSERT_TRUE(still
                  ->ReadOnly(Soon(),
                             [&](Session& session) -> absl::Status {
                               limit = Read<int64_t>(session,
                                                     "SELECT @@idle_readonly_transaction_timeout");
                               return limit.status();
                             })
                  .ok());
  EXPECT_EQ(*limit, 1) << "the next user of the connection has the limit again";
}

// By default an UPDATE that changes nothing counts 0 rows: a stale etag could not be told from it.
TEST_F(PitfallTest, PitfallFoundRowsAreCountedNotChangedRows) {
  const absl::Status status = pool_->InTransaction(Soon(), [](Tx& tx) {
    EXPECT_EQ(tx.Execute("UPDATE t SET v = ? WHERE id = ?", "same", 1).value(), 1);
    EXPECT_EQ(tx.Execute("UPDATE t SET v = ? WHERE id = ?", "same", 1).value(), 1);
    EXPECT_EQ(tx.Execute("UPDATE t SET v = ? WHERE id = ?", "same", 7).value(), 0);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

// The library's getters wrap 2^64-1 to -1 and turn NULL and "abc" into 0.
TEST_F(PitfallTest, PitfallUnsignedAndNullReadsAreChecked) {
  EXPECT_EQ(ReadNow<uint64_t>("SELECT 18446744073709551615").value(), 18446744073709551615u);
  EXPECT_EQ(ReadNow<int64_t>("SELECT -9223372036854775808").value(), INT64_MIN);
  EXPECT_FALSE(ReadNow<int64_t>("SELECT 18446744073709551615").ok());
  EXPECT_FALSE(ReadNow<uint64_t>("SELECT -1").ok());
  EXPECT_FALSE(ReadNow<int32_t>("SELECT 2147483648").ok());
  EXPECT_FALSE(ReadNow<int64_t>("SELECT 'abc'").ok());
  EXPECT_FALSE(ReadNow<int64_t>("SELECT '12 '").ok());
  EXPECT_FALSE(ReadNow<bool>("SELECT 2").ok());
  EXPECT_FALSE(ReadNow<std::string>("SELECT NULL").ok());
  EXPECT_EQ(ReadNow<int64_t>("SELECT NULL").status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ReadNow<std::optional<int64_t>>("SELECT NULL").value(), std::nullopt);
  EXPECT_EQ(pool_->stats().discarded, 0);
}

// Doubles lose digits; and a floating point column is refused where points and money are.
TEST_F(PitfallTest, PitfallDecimalsAreStrings) {
  EXPECT_EQ(
      ReadNow<std::string>("SELECT CAST('12345678901234567890.12345678' AS DECIMAL(40,8))").value(),
      "12345678901234567890.12345678");
  EXPECT_FALSE(ReadNow<std::string>("SELECT 0.1e0").ok());
}

// Otherwise the server works on for a caller who is gone. The limit is a parameter: the statement's
// text, and with it the cached statement, stays the same whatever the deadline.
TEST_F(PitfallTest, PitfallStatementTimeComesFromTheDeadline) {
  const absl::Time start = absl::Now();
  const absl::Status status =
      pool_->ReadOnly(absl::Now() + absl::Milliseconds(300), [&](Session& session) -> absl::Status {
        absl::Status slept = session.Query(Ignore, "SELECT SLEEP(25)");
        EXPECT_FALSE(Read<int64_t>(session, "SELECT 1").ok());  // its time is over
        return slept;
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(status), "STATEMENT_TIMEOUT");
  EXPECT_LT(absl::Now() - start, absl::Seconds(15));
  EXPECT_EQ(pool_->stats().discarded, 0);  // the server has stopped and the session is whole

  const auto prepared = [&] {
    int64_t count = 0;
    EXPECT_TRUE(pool_
                    ->ReadOnly(Soon(),
                               [&](Session& session) {
                                 return session.Query(
                                     [&](const Row& row) {
                                       count = row.Get<int64_t>(1);
                                       return absl::OkStatus();
                                     },
                                     "SHOW SESSION STATUS LIKE 'Com_stmt_prepare'");
                               })
                    .ok());
    return count;
  };
  EXPECT_EQ(V(1), "a");
  const int64_t before = prepared();
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(
        pool_
            ->ReadOnly(absl::Now() + absl::Seconds(10 + i),
                       [](Session& session) {
                         return Read<std::string>(session, "SELECT v FROM t WHERE id = 1").status();
                       })
            .ok());
  }
  EXPECT_EQ(prepared(), before);
}

// setBlob() would be empty at the second execution, without an error.
TEST_F(PitfallTest, PitfallLargeAndBinaryValuesSurviveRepeatedExecution) {
  database_->Run("CREATE TABLE blobs (id INT NOT NULL PRIMARY KEY, b LONGBLOB) ENGINE=InnoDB");
  std::string binary(3'000'000, '\xff');
  binary[1] = '\0';
  for (int id : {1, 2}) {
    EXPECT_TRUE(pool_
                    ->InTransaction(
                        Soon(),
                        [&](Tx& tx) {
                          return tx.Execute("INSERT INTO blobs VALUES (?, ?)", id, binary).status();
                        })
                    .ok());
    EXPECT_EQ(ReadNow<std::string>(absl::StrCat("SELECT b FROM blobs WHERE id = ", id)).value(),
              binary);
  }
  const absl::Status status = pool_->InTransaction(Soon(), [&](Tx& tx) {
    return tx.Execute("INSERT INTO blobs VALUES (3, ?)", std::string(17 << 20, 'x')).status();
  });
  EXPECT_EQ(ReasonOf(status), "ROW_TOO_LARGE") << status;
}

TEST_F(PitfallTest, PitfallTimesDatesAndVietnameseComeBackAsTheyWere) {
  database_->Run(
      "CREATE TABLE moments (at DATETIME(6), day DATE, text VARCHAR(50)) ENGINE=InnoDB DEFAULT "
      "CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
  const absl::Time at = absl::FromUnixMicros(1'668'000'000'000'007);
  const absl::CivilDay day(2022, 11, 9);
  const std::string text = "Đắk Nông 😀 Krông Nô";
  const absl::Status status = pool_->InTransaction(Soon(), [&](Tx& tx) -> absl::Status {
    absl::Status put =
        tx.Execute("INSERT INTO moments VALUES (?, ?, ?), (?, ?, ?)", at, day, text,
                   absl::FromUnixSeconds(1'668'000'000), std::optional<absl::CivilDay>(), text)
            .status();
    if (!put.ok()) return put;
    int rows = 0;
    put = tx.Query(
        [&](const Row& row) {
          EXPECT_EQ(row.Get<absl::Time>(0),
                    ++rows == 1 ? absl::FromUnixSeconds(1'668'000'000) : at);
          EXPECT_EQ(row.Get<std::optional<absl::CivilDay>>(1),
                    rows == 1 ? std::nullopt : std::optional(day));
          EXPECT_EQ(row.Get<std::string>(2), text);
          return absl::OkStatus();
        },
        "SELECT at, day, text FROM moments ORDER BY at");
    EXPECT_EQ(rows, 2);
    return put;
  });
  EXPECT_TRUE(status.ok()) << status;
}

// Whether the server has committed cannot be known; saying "failed" would make callers do it again.
TEST_F(PitfallTest, PitfallACommitThatIsCutOffIsOfUnknownOutcome) {
  std::ifstream port_file(test::TestMariaDbFolder() + "/port");
  int port = 0;
  port_file >> port;
  ASSERT_GT(port, 0);
  database_->Run("CREATE USER IF NOT EXISTS gate@'127.0.0.1'");
  database_->Run(absl::StrCat("GRANT ALL ON ", database_->schema(), ".* TO gate@'127.0.0.1'"));
  test::TcpGate gate(port);
  options_.socket = "";
  options_.host = "127.0.0.1";
  options_.port = gate.port();
  options_.user = "gate";
  std::unique_ptr<Pool> pool = NewPool(options_);
  const auto append = [&] {
    return pool->InTransaction(Soon(), [](Tx& tx) { return Append(tx, 1, "x"); });
  };
  EXPECT_TRUE(append().ok());
  for (const bool after_delivery : {false, true}) {
    gate.CutAt(
        "\x03"
        "COMMIT",
        after_delivery);  // the command itself: byte 3 is COM_QUERY
    const absl::Status status = append();
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ReasonOf(status), "COMMIT_OUTCOME_UNKNOWN");
  }
  EXPECT_EQ(gate.cuts(), 2);
  EXPECT_EQ(V(1), "axx");  // the second cut came after the commit
  EXPECT_TRUE(append().ok());
}

}  // namespace
}  // namespace thidua::db
