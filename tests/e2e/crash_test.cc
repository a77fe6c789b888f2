// The demo cut by kill -9 of each process at another step: the state is the same in the end.
#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

TEST(Crash, KilledInTheMiddleTheDemoEndsInTheSameState) {
  const std::string expected = Stack::WithDemo().demo_digest();
  const json expected_state = Stack::WithDemo().demo_state();
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
  // Every kill falls between two lines of one demo, which never notices.
  ASSERT_EQ(stack.Ctl("demo --retry_for=120s", &output, kill_at), 0) << output;
  EXPECT_TRUE(victims.empty()) << victims.begin()->first << " was never printed\n" << output;
  EXPECT_EQ(json::diff(expected_state, stack.State()).dump(1), "[]");
  EXPECT_EQ(stack.Digest(), expected);
  output.clear();
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
  // Inbox items once each, whoever was killed; the digest does not see them.
  for (const char* staff : {"KN-DM-01", "KN-DD-01", "KN-TT-01", "KN-ND-01", "KN-QP-01"}) {
    const json inbox = stack.Get("notify.v1.InboxService/ListInbox", {{"page_size", 1000}}, staff);
    std::map<std::string, int> items;
    for (const json& item : inbox["items"]) {
      ++items[item["kind"].get<std::string>() + " " + item["link"].get<std::string>() + " " +
              item["title"].get<std::string>()];
    }
    EXPECT_GT(items.size(), 5u) << staff;
    for (const auto& [item, count] : items) EXPECT_EQ(count, 1) << staff << ": " << item;
  }
}

}  // namespace
}  // namespace thidua::e2e
