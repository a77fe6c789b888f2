// Numbering against a real database: gapless, once, in order, whatever is killed.
#include "platform/feed/sequencer.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/synchronization/barrier.h"
#include "gmock/gmock.h"
#include "platform/feed/feed_fixture.h"
#include "platform/feed/leaf.h"
#include "platform/feed/tree_head_store.h"
#include "platform/hash.h"
#include "platform/json.h"
#include "support/test_server.h"

namespace thidua::feed {
namespace {

using testing::ElementsAre;

class SequencerTest : public FeedTest {
 protected:
  // What must hold of the log at any moment: places without gap, versions in order, hashes of what
  // is stored, and a head that is the root of it.
  static void CheckLog(size_t size) {
    const std::vector<Numbered> log = Log();
    ASSERT_EQ(log.size(), size);
    Frontier frontier;
    std::map<std::string, int64_t> version;
    std::set<std::string> ids;
    for (size_t i = 0; i < log.size(); ++i) {
      const common::v1::Event& event = log[i].event;
      ASSERT_EQ(event.position(), static_cast<int64_t>(i + 1));
      ASSERT_EQ(log[i].leaf_hash, LeafHash(LeafContent(event).value())) << event.position();
      ASSERT_EQ(event.aggregate_version(), ++version[event.aggregate_id()]) << event.position();
      ASSERT_TRUE(ids.insert(event.id()).second);
      frontier.Append(log[i].leaf_hash);
    }
    const Head head = FeedHead();
    ASSERT_EQ(head.position, frontier.size());
    ASSERT_EQ(head.frontier, frontier.Bytes());
  }
};

TEST_F(SequencerTest, AnEventIsStoredAsItIsHashedAndServed) {
  Commit({.aggregate_id = "plan-1", .unit_id = "unit-1", .text = "Đẩy mạnh \"CCHC\"\n2023"});
  NumberAll();
  const std::vector<Numbered> log = Log();
  ASSERT_EQ(log.size(), 1u);
  const common::v1::Event& event = log[0].event;
  EXPECT_EQ(event.type(), "thidua.campaign.v1.PlanLaunched");
  EXPECT_EQ(event.payload_json(), R"({"plan_id":"plan-1","title":"Đẩy mạnh \"CCHC\"\n2023"})");
  EXPECT_EQ(event.before_json(), "");
  EXPECT_EQ(event.actor(), "person:tester");
  EXPECT_EQ(event.business_date(), "2023-03-01");
  EXPECT_EQ(event.reason(), "vì thử nghiệm");
  EXPECT_EQ(event.request_id(), "request-1");
  EXPECT_EQ(event.unit_id(), "unit-1");
  EXPECT_EQ(event.occur_time().seconds(), 1'700'000'000);
  EXPECT_EQ(log[0].leaf_hash, LeafHash(LeafContent(event).value()));
}

TEST_F(SequencerTest, ADefectiveEventIsRefused) {
  const absl::Status status = pool().InTransaction(Soon(), [](db::Tx& tx) {
    return AppendChange(tx, {.aggregate_id = "plan-1", .text = std::string(2 << 20, 'x')});
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_FALSE(pool()
                   .InTransaction(Soon(),
                                  [](db::Tx& tx) {
                                    return AppendChange(tx, {.aggregate_id = "", .version = 1});
                                  })
                   .ok());
  EXPECT_EQ(Number("SELECT COUNT(*) FROM events"), 0);
}

TEST_F(SequencerTest, EventsOfOneCallKeepTheirOrder) {
  ASSERT_TRUE(pool()
                  .InTransaction(Soon(),
                                 [](db::Tx& tx) -> absl::Status {
                                   for (int i = 1; i <= 50; ++i) {
                                     RETURN_IF_ERROR(AppendChange(
                                         tx, {.aggregate_id = absl::StrCat("plan-", i)}));
                                   }
                                   return absl::OkStatus();
                                 })
                  .ok());
  NumberAll();
  const std::vector<Numbered> log = Log();
  for (int i = 1; i <= 50; ++i) {
    EXPECT_EQ(log[static_cast<size_t>(i - 1)].event.aggregate_id(), absl::StrCat("plan-", i));
  }
}

TEST_F(SequencerTest, WhatIsRolledBackGetsNoPlace) {
  Commit(2);
  EXPECT_FALSE(pool()
                   .InTransaction(Soon(),
                                  [](db::Tx& tx) -> absl::Status {
                                    RETURN_IF_ERROR(AppendChange(tx, {.aggregate_id = "plan-9"}));
                                    return absl::CancelledError("changed its mind");
                                  })
                   .ok());
  Commit({.aggregate_id = "plan-3"});
  NumberAll();
  CheckLog(3);
}

TEST_F(SequencerTest, AnEarlierVersionBehindTheCutComesAlong) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  // Version 2 comes from a process whose clock is a minute behind, so its id is smaller.
  Commit({.aggregate_id = "plan-1", .version = 2, .at = now - absl::Minutes(1)});
  Commit({.aggregate_id = "plan-2", .version = 1, .at = now - absl::Seconds(1)});
  Commit({.aggregate_id = "plan-1", .version = 1, .at = now});
  EXPECT_EQ(SequenceOnce(pool(), 1, Soon()).value(), 2) << "one, and the one it depends on";
  const std::vector<Numbered> log = Log();
  ASSERT_EQ(log.size(), 2u);
  EXPECT_EQ(log[0].event.aggregate_version(), 1);
  EXPECT_EQ(log[1].event.aggregate_version(), 2);
  NumberAll();
  CheckLog(3);
}

TEST_F(SequencerTest, TwoAtOnceAreFenced) {
  constexpr int kThreads = 4;
  constexpr int kEvents = 60;
  Commit(kEvents);
  std::atomic<int> numbered{0};
  std::vector<std::unique_ptr<db::Pool>> pools;
  std::vector<std::thread> threads;
  absl::Barrier* barrier = new absl::Barrier(kThreads);
  for (int i = 0; i < kThreads; ++i) pools.push_back(OwnPool());
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      if (barrier->Block()) delete barrier;
      while (numbered.load() < kEvents) {
        const absl::StatusOr<int> round = SequenceOnce(*pools[static_cast<size_t>(i)], 7, Soon());
        ASSERT_TRUE(round.ok()) << round.status();
        numbered += *round;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(numbered.load(), kEvents) << "each event counted by one sequencer";
  CheckLog(kEvents);
}

TEST_F(SequencerTest, ASequencerThatWasOvertakenLeavesNothing) {
  Commit(3);
  // Its head was read before another moved it: the compare-and-set finds no row.
  ASSERT_TRUE(pool()
                  .InTransaction(Soon(),
                                 [&](db::Tx& slow) -> absl::Status {
                                   ASSIGN_OR_RETURN(const Head head, ReadHead(slow));
                                   const std::unique_ptr<db::Pool> other = OwnPool();
                                   ASSIGN_OR_RETURN(const int numbered,
                                                    SequenceOnce(*other, 500, Soon()));
                                   EXPECT_EQ(numbered, 3);
                                   ASSIGN_OR_RETURN(
                                       const int64_t moved,
                                       slow.Execute("UPDATE feed_head SET position = ? "
                                                    "WHERE id = 1 AND position = ? AND epoch = ?",
                                                    head.position + 3, head.position, head.epoch));
                                   EXPECT_EQ(moved, 0);
                                   return absl::OkStatus();
                                 })
                  .ok());
  CheckLog(3);
}

TEST_F(SequencerTest, GaplessUnderWritersWithTwoSequencersAndConnectionsThatAreKilled) {
  constexpr int kWriters = 4;
  constexpr int kChanges = 60;
  const test::TestKeys keys;
  const test::TempDir folder;
  platform::SystemClock clock;
  platform::MetricsRegistry metrics("test");
  const std::string file = folder.path() + "/heads/tree_heads.jsonl";
  const std::unique_ptr<db::Pool> first_pool = OwnPool();
  const std::unique_ptr<db::Pool> second_pool = OwnPool();
  const SequencerOptions options{.poll = absl::Milliseconds(1),
                                 .lease = absl::Milliseconds(50),
                                 .batch = 10,
                                 .sign_interval = absl::Milliseconds(20),
                                 .tree_head_file = file};
  SequencerOptions first = options, second = options;
  first.holder = "first";
  second.holder = "second";
  std::atomic<int> committed{0};
  {
    RunningTask one(NewSequencer(first, *first_pool, keys.key("campaign"), clock, metrics));
    RunningTask two(NewSequencer(second, *second_pool, keys.key("campaign"), clock, metrics));
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w) {
      writers.emplace_back([&, w] {
        const std::unique_ptr<db::Pool> own = OwnPool();
        for (int i = 1; i <= kChanges; ++i) {
          const absl::Status status = own->InTransaction(Soon(), [&](db::Tx& tx) -> absl::Status {
            RETURN_IF_ERROR(AppendChange(
                tx, {.aggregate_id = absl::StrCat("plan-", w), .version = i, .at = absl::Now()}));
            return i % 5 == 0 ? absl::CancelledError("every fifth thinks better of it")
                              : absl::OkStatus();
          });
          if (status.ok()) ++committed;
        }
      });
    }
    // Whatever the sequencers are at, their connections go.
    for (int kill = 0; kill < 30; ++kill) {
      std::vector<int64_t> ids;
      ASSERT_TRUE(pool()
                      .ReadOnly(Soon(),
                                [&](db::Session& session) {
                                  return session.Query(
                                      [&](const db::Row& row) {
                                        ids.push_back(row.Get<int64_t>(0));
                                        return absl::OkStatus();
                                      },
                                      "SELECT id FROM information_schema.processlist WHERE db = ? "
                                      "AND info LIKE '%feed_head%' AND id <> CONNECTION_ID()",
                                      database_->schema());
                                })
                      .ok());
      for (const int64_t id : ids) {
        // It may be gone by itself.
        pool()
            .Autocommit(Soon(),
                        [&](db::Session& session) {
                          return session.Execute(absl::StrCat("KILL ", id)).status();
                        })
            .IgnoreError();
      }
      absl::SleepFor(absl::Milliseconds(10));
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_TRUE(Eventually(
        [&] { return Number("SELECT COUNT(*) FROM events WHERE position IS NULL") == 0; }));
    EXPECT_TRUE(Eventually([&] {
      return Number("SELECT COALESCE(MAX(tree_size), 0) FROM tree_heads") == committed.load();
    }));
    const auto copied = [&] {
      std::ifstream in(file);
      std::stringstream text;
      text << in.rdbuf();
      return ParseTreeHeadFile(text.str());
    };
    EXPECT_TRUE(Eventually([&] {
      const TreeHeadFile copy = copied();
      return !copy.heads.empty() && copy.heads.back().tree_size() == committed.load();
    }));
    EXPECT_THAT(copied().malformed_lines, testing::IsEmpty());
  }
  // Versions have holes where a writer thought better of it; the places have none.
  const std::vector<Numbered> log = Log();
  ASSERT_EQ(log.size(), static_cast<size_t>(committed.load()));
  Frontier frontier;
  std::map<std::string, int64_t> version;
  for (size_t i = 0; i < log.size(); ++i) {
    ASSERT_EQ(log[i].event.position(), static_cast<int64_t>(i + 1));
    ASSERT_EQ(log[i].leaf_hash, LeafHash(LeafContent(log[i].event).value()));
    ASSERT_LT(version[log[i].event.aggregate_id()], log[i].event.aggregate_version());
    version[log[i].event.aggregate_id()] = log[i].event.aggregate_version();
    frontier.Append(log[i].leaf_hash);
  }
  EXPECT_EQ(FeedHead().frontier, frontier.Bytes());
}

TEST_F(SequencerTest, OneHoldsTheLeaseAndTheOtherTakesOverWhenItStops) {
  const test::TestKeys keys;
  platform::SystemClock clock;
  platform::MetricsRegistry metrics("test");
  const std::unique_ptr<db::Pool> first_pool = OwnPool();
  const std::unique_ptr<db::Pool> second_pool = OwnPool();
  const auto holder = [&](const char* name) {
    return Number(absl::StrCat("SELECT COUNT(*) FROM feed_head WHERE lease_holder = '", name, "'"));
  };
  RunningTask first(NewSequencer({.holder = "first", .lease = absl::Seconds(60)}, *first_pool,
                                 keys.key("campaign"), clock, metrics));
  ASSERT_TRUE(Eventually([&] { return holder("first") == 1; }));
  RunningTask second(NewSequencer({.holder = "second", .lease = absl::Seconds(1)}, *second_pool,
                                  keys.key("campaign"), clock, metrics));
  Commit(1);
  EXPECT_TRUE(Eventually([&] { return FeedHead().position == 1; }));
  EXPECT_EQ(holder("first"), 1);
  first.Stop();
  EXPECT_TRUE(Eventually([&] { return holder("second") == 1; })) << "long before 60 s";
  Commit({.aggregate_id = "plan-2"});
  EXPECT_TRUE(Eventually([&] { return FeedHead().position == 2; }));
}

TEST_F(SequencerTest, TheGaugesSayWhatWaits) {
  const test::TestKeys keys;
  platform::SystemClock clock;
  platform::MetricsRegistry metrics("test");
  // Another process holds the lease and does nothing.
  database_->Run("UPDATE feed_head SET lease_holder = 'other', lease_until = '2999-01-01'");
  Commit({.aggregate_id = "plan-1", .at = absl::Now() - absl::Seconds(90)});
  RunningTask task(NewSequencer({.holder = "idle"}, pool(), keys.key("campaign"), clock, metrics));
  const auto gauge = [&](const std::string& name) {
    for (const prometheus::MetricFamily& family : metrics.gauges()->Collect()) {
      if (family.name == name) return family.metric.at(0).gauge.value;
    }
    return -1.0;
  };
  EXPECT_TRUE(Eventually([&] { return gauge("feed_unnumbered") == 1.0; }));
  EXPECT_GE(gauge("feed_oldest_unnumbered_age_seconds"), 90.0);
  EXPECT_EQ(gauge("feed_position"), 0.0);
  NumberAll();
  EXPECT_TRUE(Eventually([&] { return gauge("feed_position") == 1.0; }));
  EXPECT_TRUE(Eventually([&] { return gauge("feed_oldest_unnumbered_age_seconds") == 0.0; }));
}

TEST_F(SequencerTest, AHeadIsSignedOnlyWhenTheLogHasGrown) {
  const test::TestKeys keys;
  const auto key = keys.key("campaign");
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  EXPECT_FALSE(SignIfGrown(pool(), *key, now, Soon()).value());
  Commit(3);
  NumberAll();
  EXPECT_TRUE(SignIfGrown(pool(), *key, now, Soon()).value());
  EXPECT_FALSE(SignIfGrown(pool(), *key, now + absl::Seconds(3), Soon()).value());
  ASSERT_TRUE(
      pool()
          .ReadOnly(Soon(),
                    [&](db::Session& session) -> absl::Status {
                      ASSIGN_OR_RETURN(const auto head, LatestTreeHead(session));
                      EXPECT_TRUE(head.has_value());
                      EXPECT_EQ(head->tree_size(), 3);
                      EXPECT_EQ(head->epoch(), FeedHead().epoch);
                      Frontier frontier;
                      for (const Numbered& entry : Log()) frontier.Append(entry.leaf_hash);
                      EXPECT_EQ(head->root_hash(), frontier.Root());
                      platform::SystemClock clock;
                      const auto tokens =
                          platform::TokenVerifier::FromFile(keys.jwks_file(), clock).value();
                      EXPECT_TRUE(CheckTreeHead(*head, [&](auto id, auto bytes, auto sig) {
                                    return tokens->VerifyBytes(id, bytes, sig);
                                  }).ok());
                      return absl::OkStatus();
                    })
          .ok());
}

TEST_F(SequencerTest, TheCopyGoesOnAfterALineThatWasCutOff) {
  const test::TestKeys keys;
  const test::TempDir folder;
  const std::string file = folder.path() + "/tree_heads.jsonl";
  const auto sign = [&](int i) {
    Commit({.aggregate_id = absl::StrCat("plan-", i)});
    NumberAll();
    ASSERT_TRUE(
        SignIfGrown(pool(), *keys.key("campaign"), absl::FromUnixSeconds(i), Soon()).value());
  };
  const auto sizes = [&] {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    const TreeHeadFile copy = ParseTreeHeadFile(text.str());
    EXPECT_THAT(copy.malformed_lines, testing::IsEmpty());
    std::vector<int64_t> sizes;
    for (const auto& head : copy.heads) sizes.push_back(head.tree_size());
    return sizes;
  };
  sign(1);
  sign(2);
  ASSERT_TRUE(TreeHeadCopy(file).CatchUp(pool(), Soon()).ok());
  EXPECT_THAT(sizes(), ElementsAre(1, 2));
  sign(3);
  // The process dies while it writes the third line: half of it is there.
  ASSERT_TRUE(TreeHeadCopy(file).CatchUp(pool(), Soon()).ok());
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 100);
  sign(4);
  TreeHeadCopy copy(file);
  ASSERT_TRUE(copy.CatchUp(pool(), Soon()).ok());
  EXPECT_THAT(sizes(), ElementsAre(1, 2, 3, 4));
  ASSERT_TRUE(copy.CatchUp(pool(), Soon()).ok());
  EXPECT_THAT(sizes(), ElementsAre(1, 2, 3, 4)) << "nothing twice";
  // A restore: a new epoch goes on in the same file.
  ASSERT_TRUE(StartNewEpoch(pool(), absl::FromUnixSeconds(100), Soon()).ok());
  sign(5);
  ASSERT_TRUE(copy.CatchUp(pool(), Soon()).ok());
  EXPECT_THAT(sizes(), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(SequencerTest, AFullDiskOfTheCopyIsAnErrorAndTheNextTryIsWhole) {
  const test::TestKeys keys;
  const test::TempDir folder;
  Commit(1);
  NumberAll();
  ASSERT_TRUE(SignIfGrown(pool(), *keys.key("campaign"), absl::FromUnixSeconds(1), Soon()).value());
  TreeHeadCopy copy("/dev/full");
  EXPECT_FALSE(copy.CatchUp(pool(), Soon()).ok());
}

}  // namespace
}  // namespace thidua::feed
