// The projection over a real database: what campaign's events make of it.
#include "platform/units/projection.h"

#include <atomic>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "platform/db/business_time.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "support/test_database.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::units {
namespace {

using absl::CivilDay;
using campaign::v1::UnitChanged;
using platform::ReasonOf;
using testing::ElementsAre;

absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

class ProjectionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = test::TestDatabase::Create({"platform", "units"}).release();
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override { database_->TruncateAll(); }

  static UnitChanged Unit(const std::string& id, const std::string& parent,
                          const std::string& name) {
    UnitChanged unit;
    unit.set_unit_id(id);
    unit.set_type("COMMUNE");
    unit.set_valid_from("2004-01-01");
    auto* dated = unit.add_names();
    dated->set_value(name);
    dated->set_valid_from("2004-01-01");
    if (!parent.empty()) {
      dated = unit.add_parents();
      dated->set_value(parent);
      dated->set_valid_from("2004-01-01");
    }
    return unit;
  }
  static void AddCode(UnitChanged* unit, const std::string& code, const std::string& from,
                      const std::string& to) {
    auto* dated = unit->add_codes();
    dated->set_scheme("QD20");
    dated->set_value(code);
    dated->set_valid_from(from);
    dated->set_valid_to(to);
  }
  static absl::Status Apply(const google::protobuf::Message& payload, bool movable = false) {
    common::v1::Event event;
    event.set_type(payload.GetDescriptor()->full_name());
    event.set_payload_json(platform::ToJson(payload).value());
    const auto handlers = ProjectionHandlers(movable);
    const auto handler = handlers.find(event.type());
    if (handler == handlers.end()) return absl::NotFoundError("no handler");
    return database_->pool().InTransaction(Soon(),
                                           [&](db::Tx& tx) { return handler->second(tx, event); });
  }
  template <class Read>
  static auto In(Read read) {
    using Result = decltype(read(std::declval<db::Session&>()));
    Result result = absl::UnknownError("not read");
    EXPECT_TRUE(database_->pool()
                    .ReadOnly(Soon(),
                              [&](db::Session& session) {
                                result = read(session);
                                return absl::OkStatus();
                              })
                    .ok());
    return result;
  }
  static absl::StatusOr<struct Unit> Get(const std::string& id, CivilDay day) {
    return In([&](db::Session& session) { return Projection::Get(session, id, day); });
  }
  static absl::StatusOr<struct Unit> ByCode(const std::string& code, CivilDay day) {
    return In([&](db::Session& session) { return Projection::ByCode(session, "QD20", code, day); });
  }

  static inline test::TestDatabase* database_ = nullptr;
  const CivilDay day_{2023, 3, 1};
};

TEST_F(ProjectionTest, AUnitAsOfADate) {
  UnitChanged unit = Unit("u1", "p1", "xã Đắk Drô");
  unit.mutable_names(0)->set_valid_to("2024-12-31");
  auto* renamed = unit.add_names();
  renamed->set_value("xã Krông Nô");
  renamed->set_valid_from("2025-01-01");
  unit.set_valid_to("2025-06-30");
  AddCode(&unit, "H00.1.1", "2004-01-01", "2023-12-31");
  AddCode(&unit, "H00.2.7", "2024-01-01", "");
  ASSERT_TRUE(Apply(unit).ok());
  const auto found = Get("u1", day_);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->type, "COMMUNE");
  EXPECT_EQ(found->name, "xã Đắk Drô");
  EXPECT_EQ(found->parent_id, "p1");
  EXPECT_EQ(Get("u1", CivilDay(2025, 6, 30))->name, "xã Krông Nô");
  const auto after = Get("u1", CivilDay(2025, 7, 1));
  EXPECT_EQ(ReasonOf(after.status()), "UNIT_NOT_VALID");
  EXPECT_EQ(after.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(platform::MetadataOf(after.status(), "valid_from"), "2004-01-01");
  EXPECT_EQ(platform::MetadataOf(after.status(), "valid_to"), "2025-06-30");
  EXPECT_EQ(ReasonOf(Get("u1", CivilDay(2003, 12, 31)).status()), "UNIT_NOT_VALID");
  EXPECT_EQ(ReasonOf(Get("nobody", day_).status()), "UNKNOWN_UNIT");

  EXPECT_EQ(ByCode("H00.1.1", day_)->id, "u1");
  EXPECT_EQ(ReasonOf(ByCode("H00.2.7", day_).status()), "UNKNOWN_UNIT") << "not yet";
  EXPECT_EQ(ByCode("H00.2.7", CivilDay(2024, 1, 1))->id, "u1");
  EXPECT_EQ(ReasonOf(ByCode("h00.1.1", day_).status()), "UNKNOWN_UNIT") << "capitals count";
}

TEST_F(ProjectionTest, TheSameEventTwiceIsTheSame) {
  UnitChanged unit = Unit("u1", "p1", "xã A");
  AddCode(&unit, "H00.1.1", "2004-01-01", "");
  unit.add_successor_ids("u2");
  ASSERT_TRUE(Apply(unit).ok());
  ASSERT_TRUE(Apply(unit).ok());
  EXPECT_EQ(Get("u1", day_)->name, "xã A");
  unit.mutable_names(0)->set_value("xã B");
  unit.clear_codes();
  ASSERT_TRUE(Apply(unit).ok());
  EXPECT_EQ(Get("u1", day_)->name, "xã B");
  EXPECT_EQ(ReasonOf(ByCode("H00.1.1", day_).status()), "UNKNOWN_UNIT");
}

TEST_F(ProjectionTest, AnEventThatCannotBeReadStopsTheFeed) {
  UnitChanged unit = Unit("u1", "p1", "xã A");
  unit.set_valid_to("2023-11-31");
  EXPECT_EQ(ReasonOf(Apply(unit)), "DATE_IMPOSSIBLE");
  EXPECT_EQ(ReasonOf(Get("u1", day_).status()), "UNKNOWN_UNIT") << "nothing half-written";
}

TEST_F(ProjectionTest, TheTreeFollowsTheTables) {
  Projection projection(database_->pool());
  EXPECT_EQ(ReasonOf(projection.IsWithin("c", "d", day_, Soon()).status()), "UNKNOWN_UNIT");
  ASSERT_TRUE(Apply(Unit("p", "", "tỉnh")).ok());
  ASSERT_TRUE(Apply(Unit("d", "p", "huyện")).ok());
  ASSERT_TRUE(Apply(Unit("c", "d", "xã")).ok());
  EXPECT_TRUE(projection.IsWithin("c", "p", day_, Soon()).value());
  EXPECT_FALSE(projection.IsWithin("p", "c", day_, Soon()).value());
  EXPECT_THAT(projection.Subtree("d", day_, Soon()).value(), ElementsAre("c", "d"));

  // Another replica's change: seen by the next question.
  Projection other(database_->pool());
  EXPECT_TRUE(other.IsWithin("c", "d", day_, Soon()).value());
  UnitChanged moved = Unit("c", "p", "xã");
  ASSERT_TRUE(Apply(moved).ok());
  EXPECT_FALSE(other.IsWithin("c", "d", day_, Soon()).value());
  EXPECT_FALSE(projection.IsWithin("c", "d", day_, Soon()).value());

  ASSERT_TRUE(database_->pool().InTransaction(Soon(), ResetProjection).ok());
  EXPECT_EQ(ReasonOf(projection.IsWithin("c", "p", day_, Soon()).status()), "UNKNOWN_UNIT");
  EXPECT_EQ(ReasonOf(Get("c", day_).status()), "UNKNOWN_UNIT");
}

TEST_F(ProjectionTest, AskedByManyWhileItChanges) {
  Projection projection(database_->pool());
  ASSERT_TRUE(Apply(Unit("p", "", "tỉnh")).ok());
  ASSERT_TRUE(Apply(Unit("c", "p", "xã")).ok());
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  readers.reserve(4);
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      while (!stop.load()) EXPECT_TRUE(projection.IsWithin("c", "p", day_, Soon()).value());
    });
  }
  for (int i = 0; i < 30; ++i) ASSERT_TRUE(Apply(Unit("c", "p", "xã")).ok());
  stop.store(true);
  for (std::thread& reader : readers) reader.join();
}

// Rights are asked on every call: who waits for the tables must not hold up those with less time.
class StuckTablesTest : public ProjectionTest {
 protected:
  void SetUp() override {
    ProjectionTest::SetUp();
    ASSERT_TRUE(Apply(Unit("p", "", "tỉnh")).ok());
    ASSERT_TRUE(Apply(Unit("c", "p", "xã")).ok());
  }
  // Nobody reads the table until Free().
  void Lock(const std::string& table) {
    locker_ = std::thread([this, table] {
      const auto status =
          database_->pool().Autocommit(Soon(), [&](db::Session& session) -> absl::Status {
            RETURN_IF_ERROR(session.Execute("LOCK TABLES " + table + " WRITE").status());
            locked_.Notify();
            free_.WaitForNotification();
            return session.Execute("UNLOCK TABLES").status();
          });
      EXPECT_TRUE(status.ok()) << status;
    });
    locked_.WaitForNotification();
  }
  void Free() {
    free_.Notify();
    locker_.join();
  }
  // One caller with much time is stuck; another, with little, has its answer before that.
  void ExpectNobodyWaitsForAnother(Projection& projection) {
    std::atomic<bool> patient_has_answer{false};
    std::thread patient([&] {
      const auto answer = projection.IsWithin("c", "p", day_, Soon());
      patient_has_answer.store(true);
      EXPECT_TRUE(answer.ok() && *answer) << answer.status();
    });
    // The locker's connection and that of the patient caller.
    const auto in_use = [] {
      const db::PoolStats stats = database_->pool().stats();
      return stats.open - stats.idle;
    };
    while (in_use() < 2) absl::SleepFor(absl::Milliseconds(5));
    const auto hasty = projection.IsWithin("c", "p", day_, absl::Now() + absl::Milliseconds(200));
    EXPECT_EQ(hasty.status().code(), absl::StatusCode::kDeadlineExceeded) << hasty.status();
    EXPECT_FALSE(patient_has_answer.load()) << "the hasty caller waited for the patient one";
    Free();
    patient.join();
  }

  std::thread locker_;
  absl::Notification locked_;
  absl::Notification free_;
};

TEST_F(StuckTablesTest, WhileTheVersionCannotBeRead) {
  Projection projection(database_->pool());
  Lock("units_version");
  ExpectNobodyWaitsForAnother(projection);
}

TEST_F(StuckTablesTest, WhileTheTreeIsReadAnew) {
  Projection projection(database_->pool());
  Lock("units");
  ExpectNobodyWaitsForAnother(projection);
}

TEST_F(StuckTablesTest, ATreeThatIsStillTheNewestNeedsNoTables) {
  Projection projection(database_->pool());
  ASSERT_TRUE(projection.IsWithin("c", "p", day_, Soon()).ok());
  Lock("units");
  EXPECT_TRUE(projection.IsWithin("c", "p", day_, Soon()).value());
  Free();
}

// Who reads the tables anew for all may fail; the next one reads them.
TEST_F(StuckTablesTest, AReaderWhoseTimeIsOverHoldsUpNobodyAfterIt) {
  Projection projection(database_->pool());
  ASSERT_TRUE(projection.IsWithin("c", "p", day_, Soon()).ok());
  ASSERT_TRUE(Apply(Unit("new", "p", "xã mới")).ok());  // the tree held is too old by now
  Lock("units");
  EXPECT_FALSE(projection.IsWithin("new", "p", day_, absl::Now() + absl::Milliseconds(200)).ok());
  Free();
  const auto answer = projection.IsWithin("new", "p", day_, Soon());
  EXPECT_TRUE(answer.ok() && *answer) << answer.status();
}

TEST_F(ProjectionTest, TablesThatCannotBeReadFailTheCallsAndNoLaterOne) {
  Projection projection(database_->pool());
  ASSERT_TRUE(Apply(Unit("p", "", "tỉnh")).ok());
  ASSERT_TRUE(Apply(Unit("c", "p", "xã")).ok());
  ASSERT_TRUE(projection.IsWithin("c", "p", day_, Soon()).value());

  database_->Run("RENAME TABLE unit_successors TO unit_successors_away");
  // As long as nothing changes the tree that is held is right, and is used.
  EXPECT_TRUE(projection.IsWithin("c", "p", day_, Soon()).value());
  database_->Run("UPDATE units_version SET version = version + 1");
  std::vector<std::thread> callers;
  callers.reserve(4);
  std::atomic<int> refused{0};
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      const absl::Status status = projection.IsWithin("c", "p", day_, Soon()).status();
      // At once and with the database's own word, not by waiting for one another.
      refused += !status.ok() && status.code() != absl::StatusCode::kDeadlineExceeded;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(refused.load(), 4);
  database_->Run("RENAME TABLE unit_successors_away TO unit_successors");

  const auto answer = projection.IsWithin("c", "p", day_, Soon());
  EXPECT_TRUE(answer.ok() && *answer) << answer.status();
}

TEST_F(ProjectionTest, BusinessTimeIsStoredWhereItCanBeMoved) {
  campaign::v1::BusinessTimeSet set;
  set.set_offset_ms(-1000LL * 60 * 60 * 24 * 365);
  ASSERT_TRUE(Apply(set, /*movable=*/true).ok());
  EXPECT_EQ(In([](db::Session& session) { return db::ReadBusinessOffset(session); }).value(),
            -absl::Hours(24 * 365));
  EXPECT_TRUE(absl::IsNotFound(Apply(set))) << "production takes no such event";
}

TEST_F(ProjectionTest, AMoveOfBusinessTimeThatFindsNoRowIsAnErrorAndNotLost) {
  campaign::v1::BusinessTimeSet set;
  set.set_offset_ms(1000);
  ASSERT_TRUE(Apply(set, /*movable=*/true).ok());
  EXPECT_TRUE(Apply(set, /*movable=*/true).ok()) << "what changes nothing is found all the same";
  database_->Run("DELETE FROM business_time");
  EXPECT_TRUE(absl::IsInternal(Apply(set, /*movable=*/true)));
}

}  // namespace
}  // namespace thidua::units
