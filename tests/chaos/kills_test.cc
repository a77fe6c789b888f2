// The demo while every process is killed at a random point of it, round after round: the state is
// that of a demo which nobody disturbed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <random>

#include "absl/time/clock.h"
#include "chaos/demo_play.h"
#include "chaos/settings.h"

namespace thidua::chaos {
namespace {

constexpr const char* kVictims[] = {"campaign", "scoring", "awards", "notify",
                                    "gateway",  "nginx",   "mariadb"};

struct Tally {
  int kills = 0;
  int after_the_end = 0;             // the demo was over before its point
  int together = 0;                  // with another process
  std::vector<absl::Duration> back;  // from the kill until it was healthy again
};

absl::Duration Median(std::vector<absl::Duration> values) {
  if (values.empty()) return absl::ZeroDuration();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

using Plan = std::vector<std::pair<Point, std::string>>;

// Each process once, at a point drawn evenly from the time that an undisturbed demo takes.
Plan DrawPlan(const Timeline& timeline, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> part(0, 1);
  Plan plan;
  for (const char* victim : kVictims) {
    plan.emplace_back(PointAt(timeline, timeline.whole * part(random)), victim);
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

// Kills by plan. Those whose points pass while others are being restarted are killed together.
void Kill(e2e::Stack& stack, DemoPlay& demo, const Plan& plan,
          std::map<std::string, Tally>* tallies) {
  for (size_t next = 0; next < plan.size();) {
    const bool in_time = demo.Await(plan[next].first);
    std::vector<std::string> due = {plan[next++].second};
    while (next < plan.size() && (!in_time || demo.Passed(plan[next].first))) {
      due.push_back(plan[next++].second);
    }
    const absl::Time killed = absl::Now();
    stack.KillAndRestart(due);
    for (const std::string& victim : due) {
      Tally& tally = (*tallies)[victim];
      ++tally.kills;
      if (!in_time) ++tally.after_the_end;
      if (due.size() > 1) ++tally.together;
      tally.back.push_back(absl::Now() - killed);
    }
  }
}

TEST(Kills, TheDemoEndsInTheSameStateWhoeverIsKilled) {
  const int rounds = Rounds(20);
  const uint64_t seed = Seed();
  const Expected expected = PlayUndisturbed();
  ASSERT_FALSE(::testing::Test::HasFailure());
  std::map<std::string, Tally> tallies;
  e2e::MailCounts mails;
  int clean = 0;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE("round of seed " + std::to_string(seed + round));
    const int failures_before =
        ::testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count();
    const absl::Time start = absl::Now();
    e2e::Stack stack;
    DemoPlay demo(stack);
    Kill(stack, demo, DrawPlan(expected.timeline, seed + round), &tallies);
    EXPECT_TRUE(demo.Join()) << demo.output();
    const e2e::MailCounts counts = ExpectSameEnd(stack, expected);
    mails.deliveries += counts.deliveries;
    mails.possible_repeats += counts.possible_repeats;
    mails.repeats += counts.repeats;
    const bool same =
        ::testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count() ==
        failures_before;
    clean += same ? 1 : 0;
    if (!same) KeepLogs(stack, "kills-" + std::to_string(seed + round));
    std::cout << "round " << round + 1 << "/" << rounds << " (seed " << seed + round
              << "): " << (same ? "same" : "DIFFERS") << ", " << absl::Now() - start << ", mails "
              << counts.deliveries << ", possible repeats " << counts.possible_repeats << std::endl;
  }
  std::printf("\n%-10s %6s %10s %14s %16s\n", "killed", "times", "together", "after the end",
              "back in (median)");
  for (const char* victim : kVictims) {
    const Tally& tally = tallies[victim];
    std::printf("%-10s %6d %10d %14d %14.1f s\n", victim, tally.kills, tally.together,
                tally.after_the_end, absl::ToDoubleSeconds(Median(tally.back)));
  }
  std::printf(
      "rounds %d, of which %d ended in the state of the undisturbed demo; mails %zu, "
      "possible repeats counted %lld, repeated %lld\n",
      rounds, clean, mails.deliveries, static_cast<long long>(mails.possible_repeats),
      static_cast<long long>(mails.repeats));
}

}  // namespace
}  // namespace thidua::chaos
