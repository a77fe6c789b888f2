// What carries the product: a second run, tamper detection, where it listens, what is left after
// `down`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <sstream>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

std::string Shell(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  char buffer[4096];
  size_t got = 0;
  while ((got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0) output.append(buffer, got);
  ::pclose(pipe);
  return output;
}

TEST(Operations, PlayingTheDemoAgainChangesNothing) {
  Stack& stack = Stack::WithDemo();
  std::string before;
  ASSERT_EQ(stack.Ctl("state digest", &before), 0) << before;
  std::string output;
  EXPECT_EQ(stack.Ctl("demo", &output), 0) << output;
  std::string after;
  ASSERT_EQ(stack.Ctl("state digest", &after), 0) << after;
  EXPECT_EQ(before, after);
}

TEST(Operations, AuditLogIsWholeAndDamageIsFound) {
  Stack stack;
  std::string output;
  ASSERT_EQ(stack.Ctl("clock set 2022-10-14", &output), 0) << output;
  ASSERT_EQ(stack.Ctl("units import deploy/demo/data/units.csv", &output), 0) << output;
  ASSERT_EQ(stack.Ctl("feeds wait", &output), 0) << output;
  ASSERT_EQ(stack.Ctl("audit verify campaign", &output), 0) << output;
  const auto sql = [&](const std::string& statement) {
    return Shell("mariadb --no-defaults -u root --socket='" + stack.var() +
                 "/mariadb/socket' thidua_campaign -e \"" + statement + "\"");
  };
  EXPECT_EQ(sql("UPDATE events SET payload = CONCAT(payload, ' ') WHERE position = 3"), "");
  output.clear();
  EXPECT_NE(stack.Ctl("audit verify campaign", &output), 0);
  EXPECT_THAT(output, testing::HasSubstr("AUDIT_LOG_DAMAGED"));
  EXPECT_THAT(output, testing::HasSubstr("3"));
  EXPECT_EQ(sql("DELETE FROM events WHERE position = 5"), "");
  output.clear();
  EXPECT_NE(stack.Ctl("audit verify campaign", &output), 0);
  EXPECT_THAT(output, testing::HasSubstr("ENTRY_MISSING"));
}

TEST(Operations, EveryListenerIsOnLoopbackAndNothingIsLeftAfterDown) {
  std::string var;
  int base = 0;
  {
    Stack stack;
    var = stack.var();
    base = stack.port(0);
    std::istringstream listeners(Shell("ss -H -ltn"));
    int ours = 0;
    for (std::string line; std::getline(listeners, line);) {
      std::istringstream words(line);
      std::string state, received, sent, address;
      words >> state >> received >> sent >> address;
      const int port = std::atoi(address.substr(address.rfind(':') + 1).c_str());
      if (port < base || port >= base + 50) continue;
      ++ours;
      EXPECT_EQ(address.rfind("127.0.0.1:", 0), 0u) << line;
    }
    EXPECT_GE(ours, 12) << "gateway, four services, their metrics, mail sink and nginx";
  }
  EXPECT_EQ(Shell("pgrep -af '" + var + "' | grep -v pgrep"), "") << "no process is left";
  std::istringstream listeners(Shell("ss -H -ltn"));
  for (std::string line; std::getline(listeners, line);) {
    for (int port = base; port < base + 50; ++port) {
      EXPECT_THAT(line, testing::Not(testing::HasSubstr(":" + std::to_string(port) + " ")));
    }
  }
}

}  // namespace
}  // namespace thidua::e2e
