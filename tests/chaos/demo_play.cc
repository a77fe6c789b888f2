#include "chaos/demo_play.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "absl/time/clock.h"

namespace thidua::chaos {

Point PointAt(const Timeline& timeline, absl::Duration time) {
  const auto next = std::upper_bound(timeline.lines.begin(), timeline.lines.end(), time);
  const auto lines = static_cast<size_t>(next - timeline.lines.begin());
  return {lines, lines == 0 ? time : time - timeline.lines[lines - 1]};
}

DemoPlay::DemoPlay(e2e::Stack& stack) : stack_(stack), start_(absl::Now()) {
  thread_ = std::thread([this] {
    const int code = stack_.Ctl(std::string("demo --retry_for=180s ") + e2e::Stack::DemoSize(),
                                &output_, [this](const std::string& line) { Heard(line); });
    absl::MutexLock lock(&mutex_);
    exit_code_ = code;
    ended_ = true;
  });
}

DemoPlay::~DemoPlay() {
  if (thread_.joinable()) thread_.join();
}

void DemoPlay::Heard(const std::string& line) {
  if (line.rfind("…", 0) == 0) return;  // how long it waits: another number each time
  absl::MutexLock lock(&mutex_);
  printed_.push_back(absl::Now());
}

bool DemoPlay::Await(const Point& point) {
  absl::MutexLock lock(&mutex_);
  const auto printed = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return ended_ || printed_.size() >= point.lines;
  };
  mutex_.Await(absl::Condition(&printed));
  if (ended_) return false;
  const absl::Time from = point.lines == 0 ? start_ : printed_[point.lines - 1];
  mutex_.AwaitWithDeadline(absl::Condition(&ended_), from + point.later);
  return !ended_;
}

bool DemoPlay::Passed(const Point& point) {
  absl::MutexLock lock(&mutex_);
  if (ended_ || printed_.size() > point.lines) return true;
  const absl::Time from =
      point.lines == 0 || printed_.size() < point.lines ? start_ : printed_[point.lines - 1];
  return printed_.size() == point.lines && absl::Now() >= from + point.later;
}

bool DemoPlay::AwaitAfter(absl::Duration pause) {
  absl::MutexLock lock(&mutex_);
  return !mutex_.AwaitWithTimeout(absl::Condition(&ended_), pause);
}

bool DemoPlay::Join() {
  thread_.join();
  absl::MutexLock lock(&mutex_);
  timeline_.whole = absl::Now() - start_;
  timeline_.lines.clear();
  for (const absl::Time time : printed_) timeline_.lines.push_back(time - start_);
  return exit_code_ == 0;
}

Expected PlayUndisturbed() {
  Expected expected;
  e2e::Stack stack;
  DemoPlay demo(stack);
  if (!demo.Join()) {
    ADD_FAILURE() << "the demo fails by itself\n" << demo.output();
    return expected;
  }
  expected.timeline = demo.timeline();
  expected.state = stack.State();
  expected.digest = stack.Digest();
  expected.staff = e2e::StaffCodes(stack);
  expected.inboxes = e2e::ExpectInboxItemsOnce(stack, expected.staff);
  EXPECT_GT(std::count_if(expected.inboxes.begin(), expected.inboxes.end(),
                          [](const auto& one) { return one.second.different > 0; }),
            10);
  std::cout << "undisturbed: " << expected.timeline.whole << ", digest " << expected.digest
            << std::endl;
  return expected;
}

e2e::MailCounts ExpectSameEnd(e2e::Stack& stack, const Expected& expected) {
  EXPECT_EQ(e2e::json::diff(expected.state, stack.State()).dump(1), "[]");
  EXPECT_EQ(stack.Digest(), expected.digest);
  std::string output;
  EXPECT_EQ(stack.Ctl("audit verify --retry_for=60s", &output), 0) << output;
  EXPECT_EQ(e2e::ExpectInboxItemsOnce(stack, expected.staff), expected.inboxes);
  return e2e::ExpectMailsArrivedAsCounted(stack);
}

void KeepLogs(const e2e::Stack& stack, const std::string& name) {
  const std::filesystem::path to = std::filesystem::path(THIDUA_BUILD_DIR) / "chaos" / name;
  std::error_code error;
  std::filesystem::remove_all(to, error);
  std::filesystem::create_directories(to, error);
  const auto all = std::filesystem::copy_options::recursive;
  std::filesystem::copy(stack.var() + "/log", to / "log", all, error);
  std::filesystem::copy(stack.var() + "/mail", to / "mail", all, error);
  std::filesystem::copy_file(stack.var() + "/mariadb/error.log", to / "mariadb.log", error);
  std::cout << "logs: " << to << std::endl;
}

}  // namespace thidua::chaos
