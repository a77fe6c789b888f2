// Migrations from folders made here, and those of the repository.
#include "platform/db/migrate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "platform/status.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

namespace fs = std::filesystem;
using platform::ReasonOf;

class MigrateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = test::TestDatabase::CreateFrom({});
    std::string folder = fs::temp_directory_path() / "thidua-migrate-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    series_ = {{"one", folder_}};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& sql) {
    std::ofstream(folder_ + "/" + name) << sql;
  }
  absl::StatusOr<MigrationReport> Run() { return Migrate(database_->pool(), series_); }
  absl::Status Check() { return CheckSchema(database_->pool(), series_); }
  // Whether the table is there.
  bool Has(const std::string& table) {
    return database_->pool()
        .ReadOnly(absl::Now() + absl::Seconds(10),
                  [&](Session& session) {
                    return session.Query([](const Row&) { return absl::OkStatus(); },
                                         absl::StrCat("SELECT 1 FROM ", table, " LIMIT 1"));
                  })
        .ok();
  }

  std::unique_ptr<test::TestDatabase> database_;
  std::string folder_;
  std::vector<MigrationSeries> series_;
};

TEST_F(MigrateTest, AppliesWhatIsMissingInOrderOnce) {
  Write("0002_more.sql", "INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n");
  Write("0001_first.sql", "-- words; and\nCREATE TABLE a (x INT NOT NULL PRIMARY KEY);");
  Write("notes.txt", "no migration");
  EXPECT_EQ(PendingMigrations(database_->pool(), series_).value(),
            (std::vector<std::string>{"one/0001_first", "one/0002_more"}));
  EXPECT_EQ(ReasonOf(Check()), "SCHEMA_BEHIND");
  std::vector<std::string> told;
  const absl::StatusOr<MigrationReport> report =
      Migrate(database_->pool(), series_,
              [&](const std::string& name, absl::Duration) { told.push_back(name); });
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied, (std::vector<std::string>{"one/0001_first", "one/0002_more"}));
  EXPECT_EQ(told, report->applied);
  EXPECT_TRUE(Check().ok());
  const absl::StatusOr<MigrationReport> again = Run();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->applied.empty());
  EXPECT_EQ(again->already_applied, 2);
}

TEST_F(MigrateTest, BehindIsToldByName) {
  Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY)");
  ASSERT_TRUE(Run().ok());
  Write("0002_more.sql", "CREATE TABLE b (x INT NOT NULL PRIMARY KEY)");
  const absl::Status status = Check();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "SCHEMA_BEHIND");
  EXPECT_NE(std::string(status.message()).find("one/0002_more"), std::string::npos);
}

TEST_F(MigrateTest, AChangedFileIsRefusedBeforeAnythingIsApplied) {
  Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY)");
  ASSERT_TRUE(Run().ok());
  Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY) ");
  Write("0002_more.sql", "CREATE TABLE b (x INT NOT NULL PRIMARY KEY)");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_CHANGED");
  EXPECT_FALSE(Has("b"));
  EXPECT_EQ(ReasonOf(Check()), "SCHEMA_BEHIND");
}

TEST_F(MigrateTest, GoneTwiceOutOfOrderMalformedAndEmptyAreRefused) {
  Write("0002_second.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY)");
  ASSERT_TRUE(Run().ok());
  Write("0001_late.sql", "CREATE TABLE b (x INT NOT NULL PRIMARY KEY)");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_OUT_OF_ORDER");
  fs::remove(folder_ + "/0001_late.sql");
  Write("0002_other.sql", "CREATE TABLE b (x INT NOT NULL PRIMARY KEY)");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_NUMBER_TWICE");
  fs::remove(folder_ + "/0002_second.sql");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_GONE");
  fs::remove(folder_ + "/0002_other.sql");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_GONE");
  Write("3_short.sql", "SELECT 1");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_NAME_MALFORMED");
  fs::remove(folder_ + "/3_short.sql");
  Write("0003_nothing.sql", "-- nothing\n;\n");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_EMPTY");
  series_[0].directory = folder_ + "/nowhere";
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_UNREADABLE");
}

TEST_F(MigrateTest, AFirstStatementThatFailsLeavesNothingAndMayBeMended) {
  Write("0001_first.sql", "CREATE TABEL a (x INT)");
  const absl::Status status = Run().status();
  EXPECT_EQ(ReasonOf(status), "MIGRATION_FAILED");
  EXPECT_NE(std::string(status.message()).find("statement 1/1"), std::string::npos) << status;
  EXPECT_NE(std::string(status.message()).find("1064"), std::string::npos) << status;
  Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY)");
  EXPECT_TRUE(Run().ok());
  EXPECT_TRUE(Check().ok());
}

TEST_F(MigrateTest, AMigrationCutOffInTheMiddleIsToldAndThenResolvedByAPerson) {
  Write("0001_first.sql",
        "CREATE TABLE a (x INT NOT NULL PRIMARY KEY);\nINSERT INTO a VALUES (1), (1);");
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_FAILED");
  for (int i = 0; i < 2; ++i) {
    const absl::Status status = Run().status();
    EXPECT_EQ(ReasonOf(status), "MIGRATION_INCOMPLETE");
    EXPECT_NE(std::string(status.message()).find("one/0001_first"), std::string::npos);
    EXPECT_NE(std::string(status.message()).find("1 of 2"), std::string::npos) << status;
  }
  EXPECT_EQ(ReasonOf(Check()), "SCHEMA_BEHIND");
  const auto resolve = [&](const std::string& name, Resolution resolution) {
    return ResolveMigration(database_->pool(), series_, name, resolution);
  };
  EXPECT_EQ(ReasonOf(resolve("one/0009_none", Resolution::kApplied)), "MIGRATION_NOT_INCOMPLETE");
  database_->Run("DROP TABLE a");
  EXPECT_TRUE(resolve("one/0001_first", Resolution::kUndone).ok());
  EXPECT_EQ(ReasonOf(Run().status()), "MIGRATION_FAILED");
  database_->Run("INSERT INTO a VALUES (1)");
  EXPECT_TRUE(resolve("one/0001_first", Resolution::kApplied).ok());
  EXPECT_TRUE(Check().ok());
  EXPECT_EQ(ReasonOf(resolve("one/0001_first", Resolution::kUndone)), "MIGRATION_NOT_INCOMPLETE");
}

TEST_F(MigrateTest, TwoAtOnceApplyEachFileOnce) {
  for (int i = 1; i <= 5; ++i) {
    Write(absl::StrCat("000", i, "_t.sql"),
          absl::StrCat("CREATE TABLE t", i, " (x INT NOT NULL PRIMARY KEY)"));
  }
  std::vector<size_t> applied(3);
  std::vector<std::thread> threads;
  threads.reserve(applied.size());
  for (size_t& count : applied) {
    threads.emplace_back([&] {
      const absl::StatusOr<MigrationReport> report = Run();
      EXPECT_TRUE(report.ok()) << report.status();
      if (report.ok()) count = report->applied.size();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(applied[0] + applied[1] + applied[2], 5u);
  EXPECT_TRUE(Check().ok());
}

// The connection that holds the lock does nothing in the meantime.
TEST_F(MigrateTest, ALongMigrationKeepsItsLock) {
  Write("0001_long.sql", "DO SLEEP(2);\nCREATE TABLE a (x INT NOT NULL PRIMARY KEY);");
  Options options = database_->options();
  options.longest_standstill = absl::Seconds(1);
  const auto pool = Pool::Create(options);
  ASSERT_TRUE(pool.ok()) << pool.status();
  const absl::StatusOr<MigrationReport> report = Migrate(**pool, series_);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(Has("a"));
}

TEST_F(MigrateTest, ALongMigrationElsewhereIsToldAsLocked) {
  Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY)");
  ASSERT_TRUE(Run().ok());
  Options options = database_->options();
  options.lock_wait = absl::Seconds(1);
  std::unique_ptr<Pool> impatient = Pool::Create(options).value();
  const absl::Status outer =
      database_->pool().InTransaction(absl::Now() + absl::Seconds(30), [&](Tx& tx) -> absl::Status {
        absl::Status locked = tx.Query([](const Row&) { return absl::OkStatus(); },
                                       "SELECT id FROM schema_migrations_lock FOR UPDATE");
        EXPECT_EQ(ReasonOf(Migrate(*impatient, series_).status()), "MIGRATION_LOCKED");
        return locked;
      });
  EXPECT_TRUE(outer.ok()) << outer;
}

TEST_F(MigrateTest, TheRepositorysSeriesApplyTogether) {
  series_ = SeriesUnder("services", {"platform"});
  const absl::StatusOr<MigrationReport> report = Run();
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->applied.front(), "platform/0001_events");
  EXPECT_TRUE(Check().ok());
}

// Every table of a service is utf8mb4_bin InnoDB with a key, has no AUTO_INCREMENT, no default that
// asks the server's clock and no floating point column.
TEST_F(MigrateTest, TheTablesOfAllServicesKeepTheRules) {
  for (const std::string service : {"campaign", "scoring", "awards", "notify"}) {
    SCOPED_TRACE(service);
    database_ = test::TestDatabase::CreateFrom(SeriesOfService("services", service));
    const auto offenders = [&](const std::string& sql) {
      std::vector<std::string> found;
      EXPECT_TRUE(database_->pool()
                      .ReadOnly(absl::Now() + absl::Seconds(20),
                                [&](Session& session) {
                                  return session.Query(
                                      [&](const Row& row) {
                                        found.push_back(row.Get<std::string>(0));
                                        return absl::OkStatus();
                                      },
                                      sql);
                                })
                      .ok());
      return found;
    };
    using None = std::vector<std::string>;
    EXPECT_EQ(offenders("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                        "DATABASE() AND (ENGINE <> 'InnoDB' OR TABLE_COLLATION <> 'utf8mb4_bin')"),
              None());
    EXPECT_EQ(offenders("SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) FROM "
                        "information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND (EXTRA "
                        "LIKE '%auto_increment%' OR EXTRA LIKE '%on update%' OR COLUMN_DEFAULT "
                        "LIKE '%current_timestamp%' OR DATA_TYPE IN ('float', 'double', "
                        "'timestamp') OR (DATA_TYPE = 'datetime' AND DATETIME_PRECISION <> 6))"),
              None());
    EXPECT_EQ(offenders("SELECT TABLE_NAME FROM information_schema.TABLES t WHERE TABLE_SCHEMA = "
                        "DATABASE() AND NOT EXISTS (SELECT 1 FROM information_schema.STATISTICS s "
                        "WHERE s.TABLE_SCHEMA = t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME "
                        "AND s.INDEX_NAME = 'PRIMARY')"),
              None());
  }
}

}  // namespace
}  // namespace thidua::db
