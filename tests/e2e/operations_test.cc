// What carries the product: a second run, tamper detection, where it listens, what is left after
// `down`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

using ::testing::HasSubstr;

TEST(Operations, UpAgainFindsTheDemoAsItWasAndLeavesEverythingRunning) {
  Stack& stack = Stack::WithDemo();
  EXPECT_THAT(stack.second_up_output(), HasSubstr("Dữ liệu trình diễn còn nguyên"));
  EXPECT_TRUE(stack.second_up_kept_all());
  EXPECT_THAT(stack.second_up_output(), HasSubstr(stack.demo_digest())) << "the digest it prints";
}

TEST(Operations, TheFiveCommandsThatUpPrintsWork) {
  Stack& stack = Stack::WithDemo();
  std::istringstream lines(stack.up_output());
  int commands = 0;
  bool listed = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("Dừng", 0) == 0) break;
    if (listed && !line.empty()) {
      ++commands;
      std::string output;
      EXPECT_EQ(stack.Shell(line, &output), 0) << line << "\n" << output;
      EXPECT_NE(output, "") << line;
    }
    listed = listed || line.rfind("Thử tiếp", 0) == 0;
  }
  EXPECT_EQ(commands, 5);
}

TEST(Operations, PlayingTheDemoAgainChangesNothing) {
  Stack& stack = Stack::WithDemo();
  const json before = stack.State();
  std::string output;
  EXPECT_EQ(stack.Ctl("demo --dossiers=" + std::to_string(Stack::kDossiers), &output), 0) << output;
  const json after = stack.State();
  EXPECT_EQ(json::diff(before, after).dump(1), "[]");
}

// What `thiduactl audit verify SERVICE --json` found: "KIND first..last".
std::set<std::string> Findings(Stack& stack, const std::string& service, int* exit_code) {
  std::string output;
  *exit_code = stack.Ctl("audit verify " + service + " --json", &output);
  const json report = json::parse(output.substr(0, output.find("\n]") + 2), nullptr, false);
  std::set<std::string> found;
  if (!report.is_array() || report.size() != 1) {
    ADD_FAILURE() << output;
    return found;
  }
  for (const json& finding : report[0]["findings"]) {
    found.insert(finding["kind"].get<std::string>() + " " + finding["first"].dump() + ".." +
                 finding["last"].dump());
  }
  return found;
}

TEST(Operations, AuditLogIsWholeAndDamageIsFound) {
  Stack stack;
  std::string output;
  ASSERT_EQ(stack.Ctl("clock set 2022-10-14", &output), 0) << output;
  ASSERT_EQ(stack.Ctl("units import deploy/demo/data/units.csv", &output), 0) << output;
  ASSERT_EQ(stack.Ctl("feeds wait", &output), 0) << output;
  int exit_code = -1;
  EXPECT_EQ(Findings(stack, "campaign", &exit_code), std::set<std::string>());
  EXPECT_EQ(exit_code, 0);
  // Straight into the tables, as somebody with the database's root account could.
  const auto sql = [&](const std::string& statement) {
    std::string said;
    EXPECT_EQ(stack.Shell("mariadb --no-defaults -u root --socket=" + stack.var() +
                              "/mariadb/socket thidua_campaign -e \"" + statement + "\"",
                          &said),
              0)
        << said;
  };
  // One byte of one entry, one bit of it, flipped; the length stays.
  sql("UPDATE events SET payload = INSERT(payload, 2, 1, CHAR(ORD(SUBSTR(payload, 2, 1)) ^ 1)) "
      "WHERE position = 3");
  std::set<std::string> found = Findings(stack, "campaign", &exit_code);
  EXPECT_NE(exit_code, 0);
  EXPECT_EQ(found.count("ENTRY_CHANGED 3..3"), 1u) << ::testing::PrintToString(found);
  sql("DELETE FROM events WHERE position = 5");
  found = Findings(stack, "campaign", &exit_code);
  EXPECT_NE(exit_code, 0);
  EXPECT_EQ(found.count("ENTRY_MISSING 5..5"), 1u) << ::testing::PrintToString(found);
  EXPECT_EQ(found.count("ENTRY_CHANGED 3..3"), 1u) << ::testing::PrintToString(found);
}

TEST(Operations, EveryListenerIsOnLoopbackAndNothingIsLeftAfterDown) {
  std::string var;
  int base = 0;
  const auto shell = [](const Stack& stack, const std::string& command) {
    std::string output;
    (void)stack.Shell(command, &output);
    return output;
  };
  Stack& demo = Stack::WithDemo();
  {
    Stack stack;
    var = stack.var();
    base = stack.port(0);
    std::istringstream listeners(shell(stack, "ss -H -ltn"));
    int ours = 0;
    for (std::string line; std::getline(listeners, line);) {
      std::istringstream words(line);
      std::string state, received, sent, address;
      words >> state >> received >> sent >> address;
      const int port = std::atoi(address.substr(address.rfind(':') + 1).c_str());
      if (port < base || port >= base + 50) continue;
      ++ours;
      const std::string host = address.substr(0, address.rfind(':'));
      EXPECT_TRUE(host == "127.0.0.1" || host == "[::ffff:127.0.0.1]") << line;
    }
    EXPECT_EQ(ours, 16) << "gateway and four services, their metrics, mail sink, nginx, three of "
                           "bearerbox, smsbox";
  }
  // No process whose command line or working folder lies in the folder of that run.
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink(entry.path() / "cwd", ignored);
    EXPECT_NE((folder.string() + "/").rfind(var + "/", 0), 0u) << entry.path();
  }
  std::istringstream listeners(shell(demo, "ss -H -ltn"));
  for (std::string line; std::getline(listeners, line);) {
    for (int port = base; port < base + 50; ++port) {
      EXPECT_THAT(line, ::testing::Not(HasSubstr(":" + std::to_string(port) + " ")));
    }
  }
}

}  // namespace
}  // namespace thidua::e2e
