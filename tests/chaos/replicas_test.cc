// Two processes of every service on one schema: who numbers events is killed, or stopped while it
// numbers, and everything takes effect once all the same.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <random>

#include "absl/time/clock.h"
#include "chaos/caller.h"
#include "chaos/database.h"
#include "chaos/demo_play.h"
#include "chaos/replica_set.h"
#include "chaos/settings.h"

namespace thidua::chaos {
namespace {

constexpr int kMoreStops = 40;

struct Kill {
  Point point;
  std::string name;
};

// Each service as often as `times`, the gateway once, in any order.
std::vector<Kill> DrawKills(const Timeline& timeline, int times, std::mt19937_64& random) {
  std::uniform_real_distribution<double> part(0, 1);
  std::vector<Kill> kills = {{PointAt(timeline, timeline.whole * part(random)), "gateway"}};
  for (int i = 0; i < times; ++i) {
    for (const char* service : kServices) {
      kills.push_back({PointAt(timeline, timeline.whole * part(random)), service});
    }
  }
  std::sort(kills.begin(), kills.end(),
            [](const Kill& a, const Kill& b) { return a.point < b.point; });
  return kills;
}

TEST(Replicas, EverythingTakesEffectOnceWhileLeaseHoldersAreKilled) {
  const int times = Rounds(2);
  std::mt19937_64 random(Seed());
  const Expected expected = PlayUndisturbed();
  ASSERT_FALSE(HasFailure());
  e2e::Stack stack;
  ReplicaSet replicas(stack);
  ASSERT_FALSE(HasFailure());
  DemoPlay demo(stack);
  std::map<std::string, std::pair<int, absl::Duration>> kills;  // how many, longest takeover
  for (const Kill& kill : DrawKills(expected.timeline, times, random)) {
    demo.Await(kill.point);
    auto& [count, longest] = kills[kill.name];
    ++count;
    if (kill.name == "gateway") {
      const int victim = std::uniform_int_distribution<int>(0, 1)(random);
      replicas.Kill("gateway", victim);
      replicas.Restart("gateway", victim);
      continue;
    }
    const int holder = replicas.LeaseHolder(kill.name);
    ASSERT_GE(holder, 0);
    replicas.Kill(kill.name, holder);
    const absl::Time killed = absl::Now();
    EXPECT_EQ(replicas.LeaseHolder(kill.name), 1 - holder);
    longest = std::max(longest, absl::Now() - killed);
    replicas.Restart(kill.name, holder);
  }
  EXPECT_TRUE(demo.Join()) << demo.output();
  const e2e::MailCounts mails = ExpectSameEnd(stack, expected);
  ExpectPlacesGapless(stack);
  std::printf("\n%-10s %22s %18s\n", "replica of", "lease holders killed", "longest takeover");
  for (const auto& [name, kill] : kills) {
    std::printf("%-10s %22d %16.1f s\n", name.c_str(), kill.first,
                absl::ToDoubleSeconds(kill.second));
  }
  std::printf("mails %zu, possible repeats counted %lld, repeated %lld\n", mails.deliveries,
              static_cast<long long>(mails.possible_repeats),
              static_cast<long long>(mails.repeats));
  if (HasFailure()) KeepLogs(stack, "replicas");
}

// A process that is stopped while it holds the lease, and perhaps in the middle of numbering,
// believes that it holds it still when it goes on.
TEST(Replicas, AStoppedSequencerThatGoesOnIsFenced) {
  const int times = 3 * Rounds(2);
  std::mt19937_64 random(Seed());
  e2e::Stack stack(/*demo=*/true);
  ReplicaSet replicas(stack);
  ASSERT_FALSE(HasFailure());
  const std::string token = stack.TokenOfEveryRight("person:00000000000000000000000002", "*");
  // Events without a pause, through both processes: the one that is stopped leaves its call
  // waiting.
  std::vector<std::unique_ptr<DossierPusher>> pushers;
  std::vector<std::unique_ptr<ctl::RpcClient>> clients;
  std::vector<std::unique_ptr<Caller>> callers;
  for (const int replica : {0, 1}) {
    pushers.push_back(std::make_unique<DossierPusher>("fence" + std::to_string(replica), token, 1));
    clients.push_back(ClientOf(replicas.address("scoring", replica), absl::Seconds(5)));
    callers.push_back(
        std::make_unique<Caller>("writer", absl::ZeroDuration(),
                                 [pusher = pushers.back().get(), client = clients.back().get()] {
                                   return pusher->Push(*client);
                                 }));
    EXPECT_TRUE(callers.back()->AwaitSuccess(absl::InfinitePast(), absl::Seconds(20)));
  }
  int stops = 0;
  int in_transaction = 0;
  absl::Duration longest;
  // Further stops until one has hit the middle of a transaction: that is what is to be shown.
  for (; stops < times || (in_transaction == 0 && stops < times + kMoreStops); ++stops) {
    const int holder = replicas.LeaseHolder("scoring");
    ASSERT_GE(holder, 0);
    absl::SleepFor(absl::Milliseconds(std::uniform_int_distribution<int>(0, 300)(random)));
    const pid_t pid = replicas.pid("scoring", holder);
    ASSERT_EQ(::kill(pid, SIGSTOP), 0);
    const absl::Time stopped = absl::Now();
    absl::SleepFor(absl::Seconds(1));
    // Transactions that have been open for most of that second can only be the stopped one's.
    in_transaction += Sql(stack,
                          "SELECT COUNT(*) > 0 FROM information_schema.innodb_trx WHERE "
                          "trx_rows_modified > 0 AND "
                          "trx_started < NOW() - INTERVAL 0.8 SECOND") == "1";
    const std::string before = Sql(stack, "SELECT position FROM thidua_scoring.feed_head");
    // The other takes over and numbers.
    bool taken_over = false;
    while (!taken_over && absl::Now() < stopped + absl::Seconds(30)) {
      taken_over = replicas.LeaseHolder("scoring") == 1 - holder &&
                   Sql(stack, "SELECT position FROM thidua_scoring.feed_head") != before;
    }
    EXPECT_TRUE(taken_over) << "nobody numbers while replica " << holder << " is stopped";
    longest = std::max(longest, absl::Now() - stopped);
    ASSERT_EQ(::kill(pid, SIGCONT), 0);
    // It is at work again, on its calls at least.
    EXPECT_TRUE(callers[holder]->AwaitSuccess(absl::Now(), absl::Seconds(30)));
  }
  EXPECT_GT(in_transaction, 0) << "no stop of " << stops << " hit an open transaction";
  for (auto& caller : callers) caller->Stop();
  std::string output;
  EXPECT_EQ(stack.Ctl("feeds wait --retry_for=60s", &output), 0) << output;
  ExpectPlacesGapless(stack);
  output.clear();
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
  int64_t rows = 0;
  for (const auto& pusher : pushers) {
    pusher->ExpectAllKept(stack);
    rows += pusher->acknowledged();
  }
  std::printf(
      "stopped lease holders: %d, of which %d in the middle of a transaction; longest until "
      "the other numbered: %.1f s; events meanwhile: %lld\n",
      stops, in_transaction, absl::ToDoubleSeconds(longest), static_cast<long long>(rows));
  if (HasFailure()) KeepLogs(stack, "fence");
}

}  // namespace
}  // namespace thidua::chaos
