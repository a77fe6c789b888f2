// For the tests of this folder: a schema with the shared tables, and events put into it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "platform/background.h"
#include "platform/db/deadline.h"
#include "platform/db/pool.h"
#include "platform/executor.h"
#include "platform/feed/append.h"
#include "platform/feed/event_row.h"
#include "platform/feed/merkle.h"
#include "platform/feed/sequencer.h"
#include "platform/status_macros.h"
#include "support/test_database.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::feed {

inline absl::Time Soon() { return db::DeadlineIn(absl::Seconds(30)); }

// What the tests change: a plan whose versions count up under its row lock, as aggregates do.
struct Change {
  std::string aggregate_id;
  int64_t version = 1;
  std::string unit_id;
  std::string text = "text";
  absl::Time at = absl::FromUnixSeconds(1'700'000'000);
};

inline absl::Status AppendChange(db::Tx& tx, const Change& change) {
  campaign::v1::PlanLaunched payload;
  payload.set_plan_id(change.aggregate_id);
  payload.set_title(change.text);
  return Append(tx,
                Origin{.actor = "person:tester",
                       .request_id = "request-1",
                       .machine_now = change.at,
                       .business_today = absl::CivilDay(2023, 3, 1)},
                Draft{.aggregate_type = "plan",
                      .aggregate_id = change.aggregate_id,
                      .aggregate_version = change.version,
                      .unit_id = change.unit_id,
                      .payload = &payload,
                      .reason = "vì thử nghiệm"});
}

// A background task on its thread, stopped at the end of the scope.
class RunningTask {
 public:
  explicit RunningTask(std::unique_ptr<platform::BackgroundTask> task)
      : task_(std::move(task)), thread_([this] {
          const platform::WorkerScope worker;
          task_->Run();
        }) {}
  ~RunningTask() { Stop(); }
  void Stop() {
    if (!thread_.joinable()) return;
    task_->Stop();
    thread_.join();
  }

 private:
  const std::unique_ptr<platform::BackgroundTask> task_;
  std::thread thread_;
};

// Waits until `done`, at most half a minute; whether it came to pass.
template <class Condition>
bool Eventually(Condition done) {
  for (int look = 0; look < 6000; ++look) {
    if (done()) return true;
    absl::SleepFor(absl::Milliseconds(5));
  }
  return false;
}

class FeedTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { database_ = test::TestDatabase::Create({"platform"}).release(); }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override { database_->TruncateAll(); }

  static db::Pool& pool() { return database_->pool(); }
  static std::unique_ptr<db::Pool> OwnPool() {
    return db::Pool::Create(database_->options()).value();
  }

  static void Commit(const Change& change) {
    const absl::Status status =
        pool().InTransaction(Soon(), [&](db::Tx& tx) { return AppendChange(tx, change); });
    ASSERT_TRUE(status.ok()) << status;
  }
  static void Commit(int count) {
    for (int i = 1; i <= count; ++i) Commit({.aggregate_id = absl::StrCat("plan-", i)});
  }
  static void NumberAll() {
    int numbered = 0;
    do {
      absl::StatusOr<int> round = SequenceOnce(pool(), 500, Soon());
      ASSERT_TRUE(round.ok()) << round.status();
      numbered = *round;
    } while (numbered > 0);
  }

  struct Numbered {
    common::v1::Event event;
    std::string leaf_hash;
  };
  // All numbered events in order of position.
  static std::vector<Numbered> Log() {
    std::vector<Numbered> log;
    const absl::Status status = pool().ReadOnly(Soon(), [&](db::Session& session) {
      return session.Query(
          [&](const db::Row& row) {
            log.push_back({ReadEvent(row), row.Get<std::string>(kEventColumnCount)});
            return absl::OkStatus();
          },
          absl::StrCat("SELECT ", kEventColumns,
                       ", leaf_hash FROM events WHERE position IS NOT NULL ORDER BY position"));
    });
    EXPECT_TRUE(status.ok()) << status;
    return log;
  }
  static Head FeedHead() {
    Head head;
    const absl::Status status = pool().ReadOnly(Soon(), [&](db::Session& s) -> absl::Status {
      ASSIGN_OR_RETURN(head, ReadHead(s));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return head;
  }
  static int64_t Number(const std::string& sql) {
    int64_t number = -1;
    const absl::Status status = pool().ReadOnly(Soon(), [&](db::Session& session) {
      return session.Query(
          [&](const db::Row& row) {
            number = row.Get<int64_t>(0);
            return absl::OkStatus();
          },
          sql);
    });
    EXPECT_TRUE(status.ok()) << status;
    return number;
  }

  static inline test::TestDatabase* database_ = nullptr;
};

}  // namespace thidua::feed
