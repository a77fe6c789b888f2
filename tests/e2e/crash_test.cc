// The demo cut by kill -9 of each process at another step: the state is the same in the end.
#include <gtest/gtest.h>

#include <map>

#include "e2e/effects.h"
#include "e2e/stack.h"
#include "thiduactl/demo/participants.h"

namespace thidua::e2e {
namespace {

TEST(Crash, KilledInTheMiddleTheDemoEndsInTheSameState) {
  const std::string expected = Stack::WithDemo().demo_digest();
  const json expected_state = Stack::WithDemo().demo_state();
  Stack stack;
  // Who is killed as soon as the demo prints a line that begins so. The call that is then under way
  // ends in UNAVAILABLE and is made again with the same request id.
  std::map<std::string, std::string> victims = {{"   units.csv", "campaign"},
                                                {"   đã phát động", "mariadb"},
                                                {"── Bước 3", "scoring"},
                                                {"   khối các xã", "mariadb"},
                                                {"── Bước 5", "campaign"},
                                                {"── Bước 6", "scoring"},
                                                {"   sáng kiến năm 2023", "awards"},
                                                {"   UBND xã Đắk Sôr giải trình", "scoring"},
                                                {"   hồ sơ bị trả lại", "awards"},
                                                {"   quyết định", "notify"},
                                                {"── Bước 9", "gateway"},
                                                {"── Bước 10", "nginx"}};
  const auto kill_at = [&](const std::string& line) {
    for (auto it = victims.begin(); it != victims.end(); ++it) {
      if (line.rfind(it->first, 0) != 0) continue;
      stack.KillAndRestart({it->second});
      victims.erase(it);
      return;
    }
  };
  std::string output;
  // Every kill falls between two lines of one demo, which never notices.
  ASSERT_EQ(stack.Ctl("demo --retry_for=120s " + Stack::DemoSize(), &output, kill_at), 0) << output;
  EXPECT_TRUE(victims.empty()) << victims.begin()->first << " was never printed\n" << output;
  EXPECT_EQ(json::diff(expected_state, stack.State()).dump(1), "[]");
  EXPECT_EQ(stack.Digest(), expected);
  output.clear();
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
  ExpectMailsArrivedAsCounted(stack);
  // Inbox items once each, whoever was killed.
  std::vector<std::string> staff;
  for (const ctl::demo::Participant& unit : ctl::demo::Everybody()) {
    staff.emplace_back(unit.officer);
  }
  Inboxes inboxes = ExpectInboxItemsOnce(stack, staff);
  for (const std::string& code : staff) {
    EXPECT_GT(inboxes[code].by_kind["NOTICE_KIND_PLAN_LAUNCHED"], 0) << code;
    // The branch is in no block and not in the province's plan.
    EXPECT_GT(inboxes[code].different,
              code == ctl::demo::LandRegistryBranch().officer ? size_t{2} : size_t{5})
        << code;
  }
}

}  // namespace
}  // namespace thidua::e2e
