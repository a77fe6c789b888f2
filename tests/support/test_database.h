// A schema of its own for one test program, in the MariaDB of the test run (ctest fixture
// "mariadb"): made by the real migration runner, dropped at the end.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "platform/db/migrate.h"
#include "platform/db/pool.h"

namespace thidua::test {

class TestDatabase {
 public:
  // Migrates these series ("platform", "units", "campaign") from services/. Ends the program with a
  // sentence when there is no database: a test is never skipped for it.
  static std::unique_ptr<TestDatabase> Create(const std::vector<std::string>& series);
  // The same with the series given by folder; none at all makes an empty schema.
  static std::unique_ptr<TestDatabase> CreateFrom(const std::vector<db::MigrationSeries>& series);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  // As the database's root user, over the socket.
  db::Pool& pool() { return *pool_; }
  // To make pools of one's own, or for ServiceOptions::database.
  const db::Options& options() const { return options_; }
  const std::string& schema() const { return options_.schema; }

  // Back to what the migrations left: every row of every table goes, the rows that migrations put
  // in come back.
  void TruncateAll();

  // A database user that has exactly the rights deploy/sql gives to a service on these series, and
  // none on anything else; gone with the schema. Options to log in as that user.
  db::Options RestrictedUser(const std::vector<std::string>& series);

  // Runs one statement as root and fails the test when it fails.
  void Run(const std::string& sql);

 private:
  explicit TestDatabase(db::Options options) : options_(std::move(options)) {}
  void KeepSeedRows();

  db::Options options_;
  std::unique_ptr<db::Pool> pool_;
  std::unique_ptr<db::Pool> fixture_;  // sessions without foreign key checks
  std::vector<std::string> tables_;    // but for those of the migration runner
  std::vector<std::string> seeded_;    // those with rows after migration, kept in <schema>_seed
  std::vector<std::string> users_;
};

// The folder of the test run's MariaDB: socket, port, ca.pem.
std::string TestMariaDbFolder();

}  // namespace thidua::test
