#include "support/test_database.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "platform/db/migration_files.h"
#include "platform/db/session.h"

namespace thidua::test {
namespace {

constexpr absl::Duration kStatementTime = absl::Seconds(60);

[[noreturn]] void Die(const std::string& what) {
  std::cerr << "TestDatabase: " << what << std::endl;
  std::exit(1);
}

void DieUnless(const absl::Status& status, const std::string& doing) {
  if (!status.ok()) Die(absl::StrCat(doing, ": ", status.ToString()));
}

std::unique_ptr<db::Pool> PoolOrDie(const db::Options& options) {
  absl::StatusOr<std::unique_ptr<db::Pool>> pool = db::Pool::Create(options);
  DieUnless(pool.status(), "making a pool");
  return *std::move(pool);
}

void RunOrDie(db::Pool& pool, const std::vector<std::string>& statements) {
  DieUnless(pool.Autocommit(absl::Now() + kStatementTime,
                            [&](db::Session& session) -> absl::Status {
                              for (const std::string& sql : statements) {
                                absl::StatusOr<int64_t> done = session.Execute(sql);
                                if (!done.ok()) return done.status();
                              }
                              return absl::OkStatus();
                            }),
            absl::StrJoin(statements, "; "));
}

std::vector<std::string> ReadNames(db::Pool& pool, const std::string& sql) {
  std::vector<std::string> names;
  DieUnless(pool.ReadOnly(absl::Now() + kStatementTime,
                          [&](db::Session& session) {
                            return session.Query(
                                [&](const db::Row& row) {
                                  names.push_back(row.Get<std::string>(0));
                                  return absl::OkStatus();
                                },
                                sql);
                          }),
            sql);
  return names;
}

// Of these tables, those that hold a row: one question for all.
std::vector<std::string> NonEmpty(db::Pool& pool, const std::vector<std::string>& tables) {
  if (tables.empty()) return {};
  const std::string sql =
      absl::StrJoin(tables, " UNION ALL ", [](std::string* out, const std::string& table) {
        absl::StrAppend(out, "SELECT '", table, "' FROM DUAL WHERE EXISTS (SELECT 1 FROM `", table,
                        "`)");
      });
  return ReadNames(pool, sql);
}

std::string RandomName(const char* prefix) {
  std::random_device random;
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(random()));
  return absl::StrCat(prefix, getpid(), "_", digits);
}

db::Options RootOptions() {
  db::Options options;
  options.socket = TestMariaDbFolder() + "/socket";
  options.user = "root";
  options.schema = "mysql";
  return options;
}

}  // namespace

std::string TestMariaDbFolder() {
  const char* socket = std::getenv("THIDUA_TEST_DB_SOCKET");
  if (socket == nullptr) {
    Die("THIDUA_TEST_DB_SOCKET is not set. Run the test by ctest, which starts the MariaDB of the "
        "test run; or start it by tests/support/mariadb_for_tests.sh start DIR and set the "
        "variable to DIR/socket");
  }
  return std::filesystem::path(socket).parent_path().string();
}

std::unique_ptr<TestDatabase> TestDatabase::Create(const std::vector<std::string>& series) {
  return CreateFrom(db::SeriesUnder("services", series));
}

std::unique_ptr<TestDatabase> TestDatabase::CreateFrom(
    const std::vector<db::MigrationSeries>& series) {
  db::Options options = RootOptions();
  const std::string schema = RandomName("test_");
  RunOrDie(*PoolOrDie(options), {absl::StrCat("CREATE DATABASE ", schema,
                                              " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")});
  options.schema = schema;
  std::unique_ptr<TestDatabase> database(new TestDatabase(options));
  database->pool_ = PoolOrDie(options);
  options.connections = 1;
  database->fixture_ = PoolOrDie(options);
  if (!series.empty()) DieUnless(db::Migrate(*database->pool_, series).status(), "migrating");
  database->tables_ = ReadNames(
      *database->pool_,
      "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
      "TABLE_TYPE = 'BASE TABLE' AND TABLE_NAME NOT LIKE 'schema\\_migrations%' ORDER BY "
      "TABLE_NAME");
  database->KeepSeedRows();
  return database;
}

TestDatabase::~TestDatabase() {
  pool_.reset();
  std::vector<std::string> statements;
  for (const std::string& user : users_) {
    statements.push_back(absl::StrCat("DROP USER ", user));
  }
  statements.push_back(absl::StrCat("DROP DATABASE IF EXISTS ", schema(), "_seed"));
  statements.push_back(absl::StrCat("DROP DATABASE IF EXISTS ", schema()));
  RunOrDie(*fixture_, statements);
}

void TestDatabase::KeepSeedRows() {
  seeded_ = NonEmpty(*pool_, tables_);
  if (seeded_.empty()) return;
  std::vector<std::string> statements = {absl::StrCat("CREATE DATABASE ", schema(), "_seed")};
  for (const std::string& table : seeded_) {
    statements.push_back(absl::StrCat("CREATE TABLE ", schema(), "_seed.`", table,
                                      "` AS SELECT * FROM `", table, "`"));
  }
  RunOrDie(*fixture_, statements);
}

void TestDatabase::TruncateAll() {
  // DELETE of what has rows takes a millisecond a table; TRUNCATE would make each file anew.
  std::vector<std::string> statements = {"SET SESSION foreign_key_checks = 0"};
  for (const std::string& table : NonEmpty(*pool_, tables_)) {
    statements.push_back(absl::StrCat("DELETE FROM `", table, "`"));
  }
  for (const std::string& table : seeded_) {
    statements.push_back(
        absl::StrCat("INSERT INTO `", table, "` SELECT * FROM ", schema(), "_seed.`", table, "`"));
  }
  RunOrDie(*fixture_, statements);
}

db::Options TestDatabase::RestrictedUser(const std::vector<std::string>& series) {
  db::Options options = options_;
  options.user = RandomName("u");
  options.password = RandomName("p");
  const std::string account = absl::StrCat("'", options.user, "'@'localhost'");
  RunOrDie(*fixture_,
           {absl::StrCat("CREATE USER ", account, " IDENTIFIED BY '", options.password, "'")});
  users_.push_back(account);
  for (const std::string& name : series) {
    const std::string path = absl::StrCat("deploy/sql/grants/", name, ".sql");
    std::ifstream in(path);
    if (!in) Die("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    RunOrDie(*fixture_,
             db::SplitStatements(absl::StrReplaceAll(text.str(), {{"@user@", account}})));
  }
  return options;
}

void TestDatabase::Run(const std::string& sql) { RunOrDie(*fixture_, {sql}); }

}  // namespace thidua::test
