// A whole scoring process over a real database, for service tests: units of one district with five
// communes and a sibling district, business time in the hands of the test.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/events.h"
#include "scoring/initiatives/events.h"
#include "scoring/server.h"
#include "support/test_database.h"
#include "support/test_server.h"
#include "thidua/campaign/v1/events.pb.h"

namespace thidua::scoring {

class ScoringTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = test::TestDatabase::Create({"platform", "units", "scoring"}).release();
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }

  void SetUp() override {
    projection_ = std::make_unique<units::Projection>(database_->pool());
    Empty();
    auto blobs = files::OpenLocalBlobs(folder_.path());
    ASSERT_TRUE(blobs.ok()) << blobs.status();
    blobs_ = *std::move(blobs);
    server_ = std::make_unique<test::TestServer>("scoring", keys_);
    Parts parts;
    parts.pool = &database_->pool();
    parts.projection = projection_.get();
    parts.blobs = blobs_.get();
    parts.key = keys_.key("scoring");
    parts.campaign = Campaign();
    parts.awards = Awards();
    ASSERT_TRUE(AddScoring(server_->host(), std::move(parts)).ok());
    server_->Start();
  }

  // Where campaign's feed is read; nowhere.
  virtual platform::PeerChannel Campaign() { return {}; }
  // Where awards' feed is read; nowhere.
  virtual platform::PeerChannel Awards() { return {}; }

  // No rows but the units, on 2024-02-15.
  void Empty() {
    database_->TruncateAll();
    SetToday(absl::CivilDay(2024, 2, 15));
    AddUnit(district_, "", "UBND huyện Krông Nô", "DISTRICT", "H00.9", "");
    AddUnit(sibling_, "", "UBND huyện khác", "DISTRICT", "H00.8", "");
    for (size_t i = 0; i < communes_.size(); ++i) {
      AddUnit(communes_[i], district_, absl::StrCat("UBND xã ", i + 1), "COMMUNE",
              absl::StrCat("H00.9.", i + 1), "");
    }
    AddUnit(ended_, district_, "UBND xã đã giải thể", "COMMUNE", "H00.9.99", "2022-12-31");
  }

  void SetToday(absl::CivilDay day) {
    const absl::Time noon = absl::FromCivil(absl::CivilHour(day) + 12, platform::VietnamTime());
    database_->Run(absl::StrCat("UPDATE business_time SET offset_ms = ",
                                absl::ToInt64Milliseconds(noon - absl::Now()), " WHERE id = 1"));
  }

  static void Apply(const google::protobuf::Message& payload) {
    common::v1::Event event;
    event.set_type(payload.GetDescriptor()->full_name());
    event.set_payload_json(platform::ToJson(payload).value());
    auto handlers = units::ProjectionHandlers(/*movable=*/false);
    handlers.merge(assessments::ReportHandlers());
    handlers.merge(initiatives::AwardsHandlers());
    const absl::Status applied = database_->pool().InTransaction(
        absl::Now() + absl::Seconds(30),
        [&](db::Tx& tx) { return handlers.at(event.type())(tx, event); });
    ASSERT_TRUE(applied.ok()) << applied;
  }

  static void AddUnit(const std::string& id, const std::string& parent, const std::string& name,
                      const std::string& type, const std::string& code, const std::string& until) {
    Apply(Unit(id, parent, name, type, code, until));
  }

  static campaign::v1::UnitChanged Unit(const std::string& id, const std::string& parent,
                                        const std::string& name, const std::string& type,
                                        const std::string& code, const std::string& until) {
    campaign::v1::UnitChanged unit;
    unit.set_unit_id(id);
    unit.set_type(type);
    unit.set_valid_from("2004-01-01");
    unit.set_valid_to(until);
    const auto add = [&](google::protobuf::RepeatedPtrField<campaign::v1::DatedValue>* list,
                         const std::string& value, const std::string& scheme) {
      campaign::v1::DatedValue& dated = *list->Add();
      dated.set_value(value);
      dated.set_scheme(scheme);
      dated.set_valid_from("2004-01-01");
      dated.set_valid_to(until);
    };
    add(unit.mutable_names(), name, "");
    add(unit.mutable_codes(), code, "QD20");
    if (!parent.empty()) add(unit.mutable_parents(), parent, "");
    return unit;
  }

  // A token of permissions at one unit.
  std::string Token(const std::string& subject, const std::string& unit,
                    std::vector<std::string> permissions) const {
    return keys_.Token(subject, {{unit, std::move(permissions)}});
  }
  std::string Pusher() const {
    return Token("client:district", district_, {"scoring.dossiers.push"});
  }
  std::string Reader() const {
    return Token("person:reader", district_,
                 {"scoring.dossiers.read", "scoring.criteria.read", "scoring.assessments.read",
                  "scoring.rankings.read"});
  }

  // A query of one column, its values joined; '-' for NULL.
  static std::string Column(const std::string& sql) {
    std::string joined;
    const absl::Status read =
        database_->pool().ReadOnly(absl::Now() + absl::Seconds(30), [&](db::Session& session) {
          joined.clear();
          return session.Query(
              [&](const db::Row& row) {
                absl::StrAppend(&joined, row.Get<std::optional<std::string>>(0).value_or("-"),
                                "\n");
                return absl::OkStatus();
              },
              sql);
        });
    EXPECT_TRUE(read.ok()) << read;
    return joined;
  }
  static int64_t Count(const std::string& table) {
    return std::stoll(Column("SELECT COUNT(*) FROM " + table));
  }

  // The reasons of both calls, made at once, sorted; each has looked for another of its kind before
  // either puts down its own. A third transaction keeps rows out of `index` of `table` until both
  // are at `statement`.
  std::vector<std::string> BothAtOnce(const std::string& table, const std::string& index,
                                      const std::string& statement,
                                      const std::array<std::function<grpc::Status()>, 2>& calls) {
    std::vector<std::string> reasons(2);
    std::vector<std::thread> callers;
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    const absl::Status held =
        database_->pool().Autocommit(deadline, [&](db::Session& session) -> absl::Status {
          // Only here are gaps locked.
          for (const char* begin :
               {"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION"}) {
            RETURN_IF_ERROR(session.Execute(begin).status());
          }
          RETURN_IF_ERROR(
              session.Query([](const db::Row&) { return absl::OkStatus(); },
                            absl::StrCat("SELECT 1 FROM ", table, " FORCE INDEX (", index,
                                         ") WHERE current_key > '' FOR UPDATE")));
          for (size_t i = 0; i < calls.size(); ++i) {
            callers.emplace_back([&, i] { reasons[i] = test::Reason(calls[i]()); });
          }
          const std::string there = absl::StrCat(
              "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <> "
              "CONNECTION_ID() AND info LIKE '%",
              statement, "%'");
          bool both = false;
          while (!both && absl::Now() < deadline) both = Column(there) == "2\n";
          EXPECT_TRUE(both) << "nobody waits";
          return session.Execute("ROLLBACK").status();
        });
    EXPECT_TRUE(held.ok()) << held;
    for (std::thread& caller : callers) caller.join();
    std::sort(reasons.begin(), reasons.end());
    return reasons;
  }

  // What the dossiers say, without ids and times of arrival.
  static std::string DossierDigest() {
    return Column(
               "SELECT CONCAT_WS('|', dossier_code, unit_id, procedure_code, channel, status, "
               "received_date, IFNULL(due_date, '-'), IFNULL(finished_date, '-'), event_time, "
               "event_version, HEX(content_sha256), flags, states) FROM dossiers "
               "ORDER BY dossier_code") +
           Column(
               "SELECT CONCAT_WS('|', d.dossier_code, h.event_time, h.event_version, h.status, "
               "h.arrived_late) FROM dossier_history h JOIN dossiers d "
               "ON d.dossier_id = h.dossier_id ORDER BY 1") +
           Column(
               "SELECT CONCAT_WS('|', unit_id, month, procedure_code, channel, received, excluded, "
               "early, on_time, late, unclassifiable) FROM dossier_summary ORDER BY 1");
  }

  static inline test::TestDatabase* database_ = nullptr;
  const std::string district_ = platform::NewId(absl::Now());
  const std::string sibling_ = platform::NewId(absl::Now());
  const std::string ended_ = platform::NewId(absl::Now());
  const std::vector<std::string> communes_ = {
      platform::NewId(absl::Now()), platform::NewId(absl::Now()), platform::NewId(absl::Now()),
      platform::NewId(absl::Now()), platform::NewId(absl::Now())};
  test::TempDir folder_;
  test::TestKeys keys_;
  std::unique_ptr<units::Projection> projection_;
  std::unique_ptr<files::BlobStore> blobs_;
  std::unique_ptr<test::TestServer> server_;  // last: goes first
};

}  // namespace thidua::scoring
