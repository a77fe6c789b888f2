// Parts of the whole are away or frozen for a while: readiness tells, callers get an answer in time
// and never hang, everything goes on by itself, and what was acknowledged is there.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include "absl/time/clock.h"
#include "chaos/caller.h"
#include "chaos/database.h"
#include "chaos/memory.h"
#include "chaos/rest_client.h"
#include "chaos/small_disk.h"
#include "platform/status.h"

namespace thidua::chaos {
namespace {

constexpr absl::Duration kDeadline = absl::Seconds(5);   // of every call
constexpr absl::Duration kSlack = absl::Seconds(1);      // for a busy machine
constexpr absl::Duration kTold = absl::Seconds(10);      // until readiness tells
constexpr absl::Duration kRecovery = absl::Seconds(30);  // until everybody is served again
constexpr absl::Duration kPause = absl::Milliseconds(50);

constexpr const char* kProcesses[] = {"campaign", "scoring", "awards", "notify", "gateway"};

struct Case {
  std::string name;
  absl::Duration lasts;
  std::function<void()> begin;
  std::function<void()> end;
  std::vector<std::string> fail;   // callers that cannot be served meanwhile
  std::vector<std::string> go_on;  // callers that can
  std::string restarted;           // the process that is away, when it is one of ours
  bool told = true;                // by the gateway's readiness
};

class Outages : public ::testing::Test {
 protected:
  static e2e::Stack& stack() { return e2e::Stack::WithDemo(); }

  Outages()
      : edge_("https://localhost:" + std::to_string(stack().port(43))),
        ca_(stack().var() + "/tls/ca.crt"),
        token_(stack().TokenOfEveryRight("person:00000000000000000000000003", "*")),
        publication_(stack().Publication()["name"].get<std::string>()),
        pusher_("outage" + std::to_string(absl::ToUnixMillis(absl::Now())), token_) {
    for (const char* name : kProcesses) pids_[name] = stack().Pid(name);
    AddRpc("plans", [this](ctl::RpcClient& client) {
      return client.Call("campaign.v1.PlanService/ListPlans", e2e::json::object(), token_).status();
    });
    AddRpc("ranking", [this](ctl::RpcClient& client) {
      return client.Call("scoring.v1.RankingService/GetPublication", {{"name", publication_}}, "")
          .status();
    });
    AddRpc("push", [this](ctl::RpcClient& client) { return pusher_.Push(client); });
    Add("rest", [this, client = std::make_shared<RestClient>(edge_, ca_, kDeadline)] {
      return client->Call("/v1/plans", token_);
    });
    Add("ready", [client = std::make_shared<RestClient>(
                      "http://127.0.0.1:" + std::to_string(stack().port(0)), "", kDeadline)] {
      return client->Call("/readyz");
    });
    for (auto& [name, caller] : callers_) {
      EXPECT_TRUE(caller->AwaitSuccess(absl::InfinitePast(), kRecovery)) << name;
    }
  }

  void Add(const std::string& name, Caller::Call call) {
    callers_[name] = std::make_unique<Caller>(name, kPause, std::move(call));
  }

  // With a client of its own, which goes on connecting while it waits for the next call.
  void AddRpc(const std::string& name, std::function<absl::Status(ctl::RpcClient&)> call) {
    Add(name, [client = std::shared_ptr(Client(stack(), kDeadline)), call = std::move(call)] {
      absl::Status status = call(*client);
      if (!status.ok()) client->Pause(kPause);
      return status;
    });
  }

  // How long after `since` readiness first said no (or, `well`, yes again).
  absl::Duration Told(absl::Time since, bool well) const {
    for (const Made& made : callers_.at("ready")->Since(since)) {
      if (made.status.ok() == well) return made.start + made.took - since;
    }
    return absl::InfiniteDuration();
  }

  void Run(const Case& c) {
    const auto before = SettledKb(stack());  // of ordinary work, which is under way
    const absl::Time began = absl::Now();
    c.begin();
    absl::SleepFor(c.lasts);
    const absl::Time ended = absl::Now();
    c.end();
    const absl::Time back = absl::Now();
    for (auto& [name, caller] : callers_) {
      EXPECT_TRUE(caller->AwaitSuccess(back, kRecovery))
          << name << " is not served again: " << caller->Last();
    }
    const absl::Duration told = Told(began, false);
    const absl::Duration ready = Told(back, true);
    if (c.told) EXPECT_LE(told, kTold) << "readiness";
    std::printf("\n%s for %s: readiness told after %s; all well %s after the end\n", c.name.c_str(),
                absl::FormatDuration(ended - began).c_str(),
                c.told ? absl::FormatDuration(absl::Trunc(told, absl::Milliseconds(1))).c_str()
                       : "– (it is not asked for this)",
                absl::FormatDuration(absl::Trunc(ready, absl::Milliseconds(1))).c_str());
    for (auto& [name, caller] : callers_) Judge(c, *caller, began, ended);
    for (const char* name : kProcesses) {
      if (name == c.restarted) continue;
      EXPECT_EQ(stack().Pid(name), pids_[name]) << name << " was restarted";
      EXPECT_TRUE(stack().Lives(name)) << name;
    }
    for (auto& [name, caller] : callers_) caller->Stop();
    pusher_.ExpectAllKept(stack());
    std::string output;
    EXPECT_EQ(stack().Ctl("audit verify", &output), 0) << output;
    auto after = SettledKb(stack());
    if (!c.restarted.empty()) after[c.restarted] = 0;
    ExpectNotGrown(before, after, 1.2);
  }

  // Everybody gets an answer in time, and one of those that say: later.
  static void Judge(const Case& c, const Caller& caller, absl::Time began, absl::Time ended) {
    std::map<std::string, int> codes;
    absl::Duration longest;
    for (const Made& made : caller.Since(began)) {
      if (made.start > ended) break;
      longest = std::max(longest, made.took);
      ++codes[absl::StatusCodeToString(made.status.code())];
      EXPECT_TRUE(made.status.ok() || absl::IsUnavailable(made.status) ||
                  absl::IsDeadlineExceeded(made.status))
          << caller.name() << ": " << made.status;
    }
    std::printf("  %-8s longest %-10s", caller.name().c_str(),
                absl::FormatDuration(absl::Trunc(longest, absl::Milliseconds(1))).c_str());
    for (const auto& [code, count] : codes) std::printf(" %s %d", code.c_str(), count);
    std::printf("\n");
    EXPECT_LE(longest, kDeadline + kSlack) << caller.name();
    const auto named = [&](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), caller.name()) != names.end();
    };
    if (named(c.fail))
      EXPECT_GT(codes["UNAVAILABLE"] + codes["DEADLINE_EXCEEDED"], 0) << caller.name();
    if (named(c.go_on)) {
      EXPECT_GT(codes["OK"], 10) << caller.name();
      EXPECT_LE(codes["UNAVAILABLE"] + codes["DEADLINE_EXCEEDED"], codes["OK"] / 10)
          << caller.name();
    }
  }

  void Restart(const std::string& process) {
    std::string output;
    EXPECT_EQ(stack().Deploy("restart", process, &output), 0) << output;
  }

  const std::string edge_;
  const std::string ca_;
  const std::string token_;
  const std::string publication_;
  DossierPusher pusher_;
  std::map<std::string, int> pids_;
  std::map<std::string, std::unique_ptr<Caller>> callers_;
};

TEST_F(Outages, TheDatabaseIsGone) {
  Run({"MariaDB gone",
       absl::Seconds(20),
       [] { stack().Signal("mariadb", SIGKILL); },
       [this] { Restart("mariadb"); },
       {"plans", "ranking", "push", "rest"},
       {},
       "",
       true});
}

TEST_F(Outages, TheDatabaseIsFrozen) {
  Run({"MariaDB frozen",
       absl::Seconds(30),
       [] { stack().Signal("mariadb", SIGSTOP); },
       [] { stack().Signal("mariadb", SIGCONT); },
       {"plans", "ranking", "push", "rest"},
       {},
       "",
       true});
}

TEST_F(Outages, TheEdgeIsGone) {
  Run({"nginx gone",
       absl::Seconds(10),
       [] {
         // Its workers too: they go on serving without their master.
         std::string output;
         const std::string master = std::to_string(stack().Pid("nginx"));
         EXPECT_EQ(stack().Shell("kill -KILL " + master + " $(cat /proc/" + master + "/task/" +
                                     master + "/children)",
                                 &output),
                   0)
             << output;
       },
       [this] { Restart("nginx"); },
       {"plans", "ranking", "push", "rest"},
       {"ready"},
       "nginx",
       false});
}

TEST_F(Outages, APeerIsGone) {
  Run({"campaign gone",
       absl::Seconds(20),
       [] { stack().Signal("campaign", SIGKILL); },
       [this] { Restart("campaign"); },
       {"plans", "rest"},
       {"ranking", "push"},
       "campaign",
       true});
}

TEST(OutagesOfDisk, WhatFindsNoRoomIsRefusedAndGoesOnWhenThereIsSome) {
  SmallDisk disk(700);
  e2e::Stack stack(/*demo=*/true);
  const std::string publication = stack.Publication()["name"].get<std::string>();
  const auto client = Client(stack, absl::Seconds(20));
  DossierPusher pusher("disk", stack.TokenOfEveryRight("person:00000000000000000000000004", "*"),
                       500);
  ASSERT_TRUE(pusher.Push(*client).ok());
  disk.FillUpTo(3);
  absl::Status refused;
  absl::Duration longest;
  int pushed = 0;
  for (; refused.ok() && pushed < 500; ++pushed) {
    const absl::Time start = absl::Now();
    refused = pusher.Push(*client);
    longest = std::max(longest, absl::Now() - start);
  }
  EXPECT_FALSE(refused.ok()) << "the disk did not fill up";
  EXPECT_EQ(platform::ReasonOf(refused), "STORAGE_FULL") << refused;
  EXPECT_LE(longest, absl::Seconds(10));
  EXPECT_TRUE(
      client->Call("scoring.v1.RankingService/GetPublication", {{"name", publication}}, "").ok())
      << "what is there can be read";
  disk.Free();
  absl::Status again;
  const absl::Time freed = absl::Now();
  do {
    again = pusher.Push(*client);
  } while (!again.ok() && absl::Now() < freed + absl::Minutes(2));
  EXPECT_TRUE(again.ok()) << again;
  std::printf("disk full: refused after %d chunks with %s; taken again %s after room was made\n",
              pushed, platform::ReasonOf(refused).c_str(),
              absl::FormatDuration(absl::Now() - freed).c_str());
  pusher.ExpectAllKept(stack);
  std::string output;
  EXPECT_EQ(stack.Ctl("feeds wait --retry_for=60s", &output), 0) << output;
  ExpectPlacesGapless(stack);
  EXPECT_EQ(stack.Ctl("audit verify", &output), 0) << output;
}

}  // namespace
}  // namespace thidua::chaos
