// The demo cut by kill -9 of each process at another step: the state is the same in the end.
#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

std::string Digest(Stack& stack) {
  std::string digest;
  EXPECT_EQ(stack.Ctl("state digest --retry_for=60s", &digest), 0) << digest;
  return digest;
}

TEST(Crash, KilledInTheMiddleTheDemoEndsInTheSameState) {
  const std::string expected = Stack::WithDemo().demo_digest();
  Stack stack;
  // Who is killed as soon as the demo prints a line that begins so. The call that is then under way
  // ends in UNAVAILABLE and is made again with the same request id.
  std::map<std::string, std::string> victims = {
      {"   units.csv", "campaign"}, {"   đã phát động", "mariadb"},
      {"── Bước 3", "campaign"},    {"── Bước 4", "scoring"},
      {"   năm đơn vị", "mariadb"}, {"   hồ sơ bị trả lại", "awards"},
      {"   quyết định", "notify"},  {"── Bước 7", "gateway"},
      {"── Bước 8", "nginx"}};
  const auto kill_at = [&](const std::string& line) {
    for (auto it = victims.begin(); it != victims.end(); ++it) {
      if (line.rfind(it->first, 0) != 0) continue;
      const int pid = stack.Pid(it->second);
      EXPECT_GT(pid, 0) << it->second;
      if (pid > 0) EXPECT_EQ(::kill(pid, SIGKILL), 0);
      std::string restarted;
      EXPECT_EQ(stack.Deploy("restart", it->second, &restarted), 0) << restarted;
      victims.erase(it);
      return;
    }
  };
  std::string output;
  // A push that is cut stops the demo; it goes on where it was when it is played again.
  (void)stack.Ctl("demo --retry_for=60s", &output, kill_at);
  output.clear();
  ASSERT_EQ(stack.Ctl("demo --retry_for=60s", &output, kill_at), 0) << output;
  EXPECT_TRUE(victims.empty()) << victims.begin()->first << " was never printed\n" << output;
  EXPECT_EQ(Digest(stack), expected);
  output.clear();
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
}

}  // namespace
}  // namespace thidua::e2e
