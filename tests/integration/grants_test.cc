// What a service's own database user may not do, asked of a real server with the grants of
// deploy/sql: it is the database that refuses, whatever the code above it would do.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/db/migrate.h"
#include "platform/db/pool.h"
#include "platform/status.h"
#include "support/test_database.h"

namespace thidua {
namespace {

constexpr const char* kServices[] = {"campaign", "scoring", "awards", "notify"};

std::vector<std::string> SeriesNames(const std::string& service) {
  std::vector<std::string> names;
  for (const db::MigrationSeries& series : db::SeriesOfService("services", service)) {
    names.push_back(series.name);
  }
  return names;
}

// The schema of one service and a pool of the service's own user.
struct Deployed {
  explicit Deployed(const std::string& service)
      : database(test::TestDatabase::Create(SeriesNames(service))) {
    db::Options options = database->RestrictedUser(SeriesNames(service));
    options.connections = 2;
    pool = *db::Pool::Create(options);
  }
  // The reason of the refusal, "" when the statement was taken. The row of an UPDATE or DELETE need
  // not exist: the right is asked for first.
  std::string Refusal(const std::string& sql) {
    return platform::ReasonOf(
        pool->Autocommit(absl::Now() + absl::Seconds(20), [&](db::Session& session) {
          if (sql.rfind("SELECT", 0) == 0) {
            return session.Query([](const db::Row&) { return absl::OkStatus(); }, sql);
          }
          return session.Execute(sql).status();
        }));
  }
  std::unique_ptr<test::TestDatabase> database;
  std::unique_ptr<db::Pool> pool;
};

constexpr char kDenied[] = "DATABASE_DENIED";
constexpr char kInsertEvent[] =
    "INSERT INTO events (event_id, type, aggregate_type, aggregate_id, aggregate_version, actor, "
    "occurred_at, business_date, payload, reason) VALUES ('e1', 't', 'a', 'i', 1, 'person:1', "
    "'2022-10-01 00:00:00', '2022-10-01', '{}', '')";

class GrantsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const char* service : kServices) {
      deployed_[service] = std::make_unique<Deployed>(service);
    }
  }
  static void TearDownTestSuite() { deployed_.clear(); }
  void SetUp() override {
    for (const auto& [service, own] : deployed_) own->database->TruncateAll();
  }
  static std::map<std::string, std::unique_ptr<Deployed>> deployed_;
};
std::map<std::string, std::unique_ptr<Deployed>> GrantsTest::deployed_;

TEST_F(GrantsTest, AServiceReadsAndWritesNoOtherServicesSchema) {
  for (const auto& [mine, own] : deployed_) {
    EXPECT_EQ(own->Refusal("SELECT COUNT(*) FROM events"), "") << mine;
    EXPECT_EQ(own->Refusal(kInsertEvent), "") << mine;
    for (const auto& [theirs, other] : deployed_) {
      if (mine == theirs) continue;
      SCOPED_TRACE(absl::StrCat(mine, " in the schema of ", theirs));
      const std::string schema = other->database->schema();
      EXPECT_EQ(own->Refusal(absl::StrCat("SELECT COUNT(*) FROM ", schema, ".events")), kDenied);
      EXPECT_EQ(own->Refusal(absl::StrCat("SELECT * FROM ", schema, ".files")), kDenied);
      EXPECT_EQ(own->Refusal(absl::StrCat("INSERT INTO ", schema,
                                          ".consumer_positions VALUES ('x', '', 0, '', "
                                          "'2022-01-01')")),
                kDenied);
      EXPECT_EQ(own->Refusal(absl::StrCat("UPDATE ", schema, ".feed_head SET position = 9")),
                kDenied);
      EXPECT_EQ(own->Refusal(absl::StrCat("DELETE FROM ", schema, ".request_log")), kDenied);
      EXPECT_EQ(own->Refusal(absl::StrCat("DROP TABLE ", schema, ".events")), kDenied);
    }
    EXPECT_EQ(own->Refusal("SELECT COUNT(*) FROM mysql.global_priv"), kDenied);
  }
}

TEST_F(GrantsTest, WhatHasHappenedCannotBeChangedByTheServiceItself) {
  for (const auto& [service, deployed] : deployed_) {
    SCOPED_TRACE(service);
    Deployed& own = *deployed;
    EXPECT_EQ(own.Refusal(kInsertEvent), "");
    EXPECT_EQ(own.Refusal("UPDATE events SET position = 1, leaf_hash = REPEAT('x', 32)"), "");
    for (const char* column :
         {"event_id", "type", "aggregate_type", "aggregate_id", "aggregate_version", "unit_id",
          "actor", "occurred_at", "business_date", "payload", "before_payload", "reason",
          "request_id"}) {
      EXPECT_EQ(own.Refusal(absl::StrCat("UPDATE events SET ", column, " = ", column)), kDenied)
          << column;
    }
    for (const char* table : {"events", "tree_heads", "request_log", "feed_head", "files"}) {
      EXPECT_EQ(own.Refusal(absl::StrCat("DELETE FROM ", table)), kDenied) << table;
      EXPECT_EQ(own.Refusal(absl::StrCat("TRUNCATE TABLE ", table)), kDenied) << table;
    }
    EXPECT_EQ(own.Refusal(absl::StrCat("REPLACE", std::string(kInsertEvent).substr(6))), kDenied);
    EXPECT_EQ(own.Refusal("UPDATE tree_heads SET root_hash = ''"), kDenied);
    EXPECT_EQ(own.Refusal("UPDATE request_log SET fingerprint = ''"), kDenied);
    EXPECT_EQ(own.Refusal("UPDATE schema_migrations SET sha256 = ''"), kDenied);
  }
}

TEST_F(GrantsTest, AServiceChangesNoTable) {
  Deployed& own = *deployed_["campaign"];
  EXPECT_EQ(own.Refusal("CREATE TABLE mine (x INT)"), kDenied);
  EXPECT_EQ(own.Refusal("ALTER TABLE events ADD COLUMN x INT"), kDenied);
  EXPECT_EQ(own.Refusal("DROP TABLE request_log"), kDenied);
  EXPECT_EQ(
      own.Refusal("CREATE TRIGGER t BEFORE INSERT ON events FOR EACH ROW SET NEW.actor = 'x'"),
      kDenied);
  EXPECT_EQ(own.Refusal("GRANT SELECT ON events TO CURRENT_USER()"), kDenied);
}

}  // namespace
}  // namespace thidua
