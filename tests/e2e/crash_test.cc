// Steps 1 to 3 cut by kill -9 of campaign and of MariaDB: the state is the same in the end.
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "e2e/stack.h"

namespace thidua::e2e {
namespace {

std::string Digest(Stack& stack) {
  std::string digest;
  EXPECT_EQ(stack.Ctl("state digest --retry_for=60s", &digest), 0) << digest;
  return digest;
}

TEST(Crash, KilledInTheMiddleTheDemoEndsInTheSameState) {
  const std::string expected = Digest(Stack::WithDemo());
  Stack stack;
  for (const std::string victim : {"campaign", "mariadb"}) {
    std::string output;
    absl::Notification ended;
    std::thread demo([&] {
      (void)stack.Ctl("demo --retry_for=60s", &output);
      ended.Notify();
    });
    // The kill falls wherever the demo is after this time: a different place on each machine, any
    // is fine.
    ended.WaitForNotificationWithTimeout(absl::Seconds(victim == "campaign" ? 2 : 6));
    const int pid = stack.Pid(victim);
    ASSERT_GT(pid, 0) << victim;
    ASSERT_EQ(::kill(pid, SIGKILL), 0);
    std::string restarted;
    EXPECT_EQ(stack.Deploy("restart", victim, &restarted), 0) << restarted;
    demo.join();
  }
  std::string output;
  ASSERT_EQ(stack.Ctl("demo --retry_for=60s", &output), 0) << output;
  EXPECT_EQ(Digest(stack), expected);
}

}  // namespace
}  // namespace thidua::e2e
