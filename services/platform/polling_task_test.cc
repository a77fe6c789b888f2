#include "platform/polling_task.h"

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/clock.h"

namespace thidua::platform {
namespace {

using ::testing::HasSubstr;

const absl::Duration kNever = absl::Hours(1);  // no test lasts so long
const absl::Duration kSoon = absl::Seconds(30);

const Clock& FixedClock() {
  static const ManualClock* const clock = new ManualClock(absl::FromUnixSeconds(1'700'000'000));
  return *clock;
}

const Logger& Log() {
  static const Logger* const log = new Logger("test", FixedClock());
  return *log;
}

// Does what a list says, one entry a round; told of when the last one is done.
class Scripted : public PollingTask {
 public:
  Scripted(absl::Duration poll, std::vector<absl::StatusOr<bool>> rounds)
      : PollingTask(poll, Log()), script_(std::move(rounds)) {}

  std::string name() const override { return "scripted"; }
  size_t rounds() const { return rounds_; }  // while Run is not running, or by a round itself
  absl::Notification& all_done() { return all_done_; }

 private:
  absl::StatusOr<bool> Round() override {
    const size_t at = rounds_++;
    if (at + 1 == script_.size()) all_done_.Notify();
    return at < script_.size() ? script_[at] : false;
  }

  const std::vector<absl::StatusOr<bool>> script_;
  size_t rounds_ = 0;
  absl::Notification all_done_;
};

// Runs the task on a thread until its list is done, and stops it. False when one of them took too
// long.
bool RunToTheEnd(Scripted& task) {
  absl::Notification returned;
  std::thread thread([&] {
    task.Run();
    returned.Notify();
  });
  const bool done = task.all_done().WaitForNotificationWithTimeout(kSoon);
  task.Stop();
  const bool stopped = returned.WaitForNotificationWithTimeout(kSoon);
  thread.join();
  return done && stopped;
}

TEST(PollingTask, WhileThereIsWorkItGoesOnAtOnceAndStopEndsItsWaiting) {
  Scripted task(kNever, {true, true, true, false});
  EXPECT_TRUE(RunToTheEnd(task));
  EXPECT_EQ(task.rounds(), 4u) << "nothing was due, so it waited";
}

TEST(PollingTask, WhenNothingIsDueItLooksAgain) {
  Scripted task(absl::Milliseconds(1), {false, false, true, false, false});
  EXPECT_TRUE(RunToTheEnd(task));
  EXPECT_GE(task.rounds(), 5u);
}

TEST(PollingTask, ARoundThatFailedIsLoggedUnderItsNameAndTriedAgainAfterASecond) {
  Scripted task(kNever, {absl::UnavailableError("the database is gone"), false});
  ::testing::internal::CaptureStderr();
  const auto begin = std::chrono::steady_clock::now();
  const bool in_time = RunToTheEnd(task);
  const auto took = std::chrono::steady_clock::now() - begin;
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(in_time);
  EXPECT_EQ(task.rounds(), 2u);
  EXPECT_GE(took, std::chrono::milliseconds(990));
  EXPECT_THAT(log, HasSubstr(R"("sev":"error")"));
  EXPECT_THAT(log, HasSubstr(R"("msg":"scripted","detail":"the database is gone")"));
}

TEST(PollingTask, StopEndsItAlsoWhileARoundFailsOrThereIsMore) {
  class Stopping : public PollingTask {
   public:
    explicit Stopping(absl::StatusOr<bool> result)
        : PollingTask(kNever, Log()), result_(std::move(result)) {}
    std::string name() const override { return "stopping"; }
    int rounds = 0;

   private:
    absl::StatusOr<bool> Round() override {
      if (++rounds == 1) Stop();
      return rounds < 10 ? result_ : absl::StatusOr<bool>(false);
    }
    const absl::StatusOr<bool> result_;
  };
  for (const absl::StatusOr<bool>& result :
       {absl::StatusOr<bool>(true), absl::StatusOr<bool>(absl::InternalError("broken"))}) {
    Stopping task(result);
    task.Run();
    EXPECT_EQ(task.rounds, 1);
  }
}

TEST(PollingTask, WhatGoesBeforeEachRoundMayFailIt) {
  Scripted task(kNever, {true, false});
  int before = 0;
  task.SetBeforeRounds([&] {
    EXPECT_EQ(task.rounds(), before == 0 ? 0u : static_cast<size_t>(before - 1));
    return ++before == 1 ? absl::UnavailableError("the database is gone") : absl::OkStatus();
  });
  ::testing::internal::CaptureStderr();
  const bool in_time = RunToTheEnd(task);
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(in_time);
  EXPECT_EQ(task.rounds(), 2u);
  EXPECT_EQ(before, 3);
  EXPECT_THAT(log, HasSubstr(R"("msg":"scripted","detail":"the database is gone")"));
}

// A round has begun before anybody can know that it should not.
TEST(PollingTask, StoppedBeforeItRunsItEndsAfterARound) {
  Scripted task(kNever, {true, true});
  task.Stop();
  task.Run();
  EXPECT_EQ(task.rounds(), 1u);
}

}  // namespace
}  // namespace thidua::platform
