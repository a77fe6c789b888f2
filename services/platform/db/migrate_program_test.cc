// thidua-migrate as an operator meets it: output, exit status, clear lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "support/test_database.h"

namespace thidua::db {
namespace {

using ::testing::HasSubstr;

struct Outcome {
  int status = -1;
  std::string output;
};

Outcome RunProgram(const std::string& arguments) {
  Outcome outcome;
  FILE* pipe = popen(absl::StrCat(THIDUA_MIGRATE, " ", arguments, " 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer;
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) outcome.output += buffer.data();
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.status = WEXITSTATUS(status);
  return outcome;
}

class MigrateProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    database_ = test::TestDatabase::CreateFrom({});
    std::string folder = std::filesystem::temp_directory_path() / "thidua-migrate-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    Write("0001_first.sql", "CREATE TABLE a (x INT NOT NULL PRIMARY KEY);\n");
    arguments_ =
        absl::StrCat("--series=one=", folder_, " --db_socket=", database_->options().socket,
                     " --db_schema=", database_->schema(), " --db_user=root");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void Write(const std::string& name, const std::string& sql) {
    std::ofstream(folder_ + "/" + name) << sql;
  }

  std::unique_ptr<test::TestDatabase> database_;
  std::string folder_;
  std::string arguments_;
};

TEST_F(MigrateProgramTest, SaysWhatItWouldDoDoesItAndThenHasNothingToDo) {
  const Outcome dry = RunProgram(arguments_ + " --dry_run");
  EXPECT_EQ(dry.status, 0);
  EXPECT_EQ(dry.output, "one/0001_first\n1 to apply\n");
  const Outcome first = RunProgram(arguments_);
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.output, HasSubstr("one/0001_first"));
  EXPECT_THAT(first.output, HasSubstr(" ms\n"));
  EXPECT_THAT(first.output, HasSubstr("1 applied, 0 already there\n"));
  const Outcome again = RunProgram(arguments_);
  EXPECT_EQ(again.status, 0);
  EXPECT_THAT(again.output, HasSubstr("0 applied, 1 already there\n"));
}

TEST_F(MigrateProgramTest, AChangedFileIsAnErrorThatNamesIt) {
  EXPECT_EQ(RunProgram(arguments_).status, 0);
  Write("0001_first.sql", "CREATE TABLE b (x INT NOT NULL PRIMARY KEY);\n");
  const Outcome changed = RunProgram(arguments_);
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.output, HasSubstr("ERROR: one/0001_first: "));
  EXPECT_THAT(changed.output, HasSubstr("MIGRATION_CHANGED"));
}

TEST_F(MigrateProgramTest, ACutOffMigrationIsResolvedFromTheCommandLine) {
  Write("0002_bad.sql", "CREATE TABLE c (x INT NOT NULL PRIMARY KEY);\nNONSENSE;\n");
  EXPECT_EQ(RunProgram(arguments_).status, 1);
  EXPECT_THAT(RunProgram(arguments_).output, HasSubstr("MIGRATION_INCOMPLETE"));
  EXPECT_EQ(RunProgram(arguments_ + " --resolve=one/0002_bad").status, 2);
  EXPECT_EQ(RunProgram(arguments_ + " --resolve=one/0002_bad=applied").status, 0);
  EXPECT_EQ(RunProgram(arguments_).status, 0);
}

TEST_F(MigrateProgramTest, ANewEpochChangesNothingButTheEpoch) {
  const std::string platform = absl::StrCat(
      "--series=platform=services/platform/migrations --db_socket=", database_->options().socket,
      " --db_schema=", database_->schema(), " --db_user=root");
  const Outcome without = RunProgram(platform + " --new_epoch");
  EXPECT_EQ(without.status, 1) << "a schema without a feed has no epoch";
  ASSERT_EQ(RunProgram(platform).status, 0);
  database_->Run("UPDATE feed_head SET position = 7, frontier = 'x'");
  const Outcome first = RunProgram(platform + " --new_epoch");
  EXPECT_EQ(first.status, 0) << first.output;
  const Outcome second = RunProgram(platform + " --new_epoch");
  EXPECT_NE(first.output, second.output);
  std::string head;
  ASSERT_TRUE(database_->pool()
                  .ReadOnly(absl::Now() + absl::Seconds(10),
                            [&](Session& session) {
                              return session.Query(
                                  [&](const Row& row) {
                                    head = absl::StrCat("epoch ", row.Get<std::string>(0), "\n",
                                                        row.Get<int64_t>(1), " ",
                                                        row.Get<std::string>(2));
                                    return absl::OkStatus();
                                  },
                                  "SELECT epoch, position, frontier FROM feed_head");
                            })
                  .ok());
  EXPECT_EQ(head, second.output + "7 x");
}

TEST_F(MigrateProgramTest, WrongUsageAndADatabaseThatIsAwayAreClear) {
  const Outcome usage = RunProgram("--series=broken extra");
  EXPECT_EQ(usage.status, 2);
  EXPECT_THAT(usage.output, HasSubstr("«broken» is not name=folder"));
  EXPECT_THAT(usage.output, HasSubstr("unexpected argument extra"));
  EXPECT_THAT(usage.output, HasSubstr("--db_schema"));
  const Outcome away = RunProgram("--series=one=" + folder_ +
                                  " --db_schema=x --db_user=x --db_socket=/nonexistent/socket");
  EXPECT_EQ(away.status, 1);
  EXPECT_THAT(away.output, HasSubstr("DATABASE_UNAVAILABLE"));
}

}  // namespace
}  // namespace thidua::db
