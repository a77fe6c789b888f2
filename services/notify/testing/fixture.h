// For the tests of notify: a schema, two clocks, and events of other services applied as their
// feeds would.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "notify/deadlines/worker.h"
#include "notify/feeds.h"
#include "platform/clock.h"
#include "platform/executor.h"
#include "platform/ids.h"
#include "platform/json.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "platform/status.h"
#include "support/test_database.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/campaign/v1/events.pb.h"
#include "thidua/scoring/v1/events.pb.h"

namespace thidua::notify {

inline absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

// A new id; the ids of one test sort in the order of their making.
inline std::string MakeId() {
  static int64_t made = 0;
  return platform::NewId(absl::FromUnixMillis(1'600'000'000'000 + ++made));
}

class NotifyTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database_ = test::TestDatabase::Create({"platform", "units", "notify"}).release();
  }
  static void TearDownTestSuite() {
    delete database_;
    database_ = nullptr;
  }
  void SetUp() override {
    database_->TruncateAll();
    // District and two communes of it.
    district_ = AddUnit("UBND huyện Krông Nô", "");
    dak_dro_ = AddUnit("UBND xã Đắk Drô", district_);
    nam_da_ = AddUnit("UBND xã Nâm N’Đir", district_);
  }

  static db::Pool& pool() { return database_->pool(); }

  // Moves business time; machine time goes on by a second.
  void SetBusinessTime(const std::string& vietnam) {
    absl::Time time;
    std::string error;
    ASSERT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M", vietnam, platform::VietnamTime(), &time, &error));
    clock_.Advance(absl::Seconds(1));
    business_.SetOffset(time - clock_.Now());
    campaign::v1::BusinessTimeSet set;
    set.set_offset_ms(absl::ToInt64Milliseconds(business_.offset()));
    ASSERT_TRUE(Deliver(EventOf(set, vietnam.substr(0, 10))).ok());
  }

  common::v1::Event EventOf(const google::protobuf::Message& payload, const std::string& date) {
    common::v1::Event event;
    event.set_id(MakeId());
    event.set_type(payload.GetDescriptor()->full_name());
    event.set_payload_json(platform::ToJson(payload).value());
    event.set_business_date(date);
    return event;
  }
  // The same as a snapshot tells it: a state, not something that happens.
  common::v1::Event ItemOf(const google::protobuf::Message& payload, const std::string& date) {
    common::v1::Event item = EventOf(payload, date);
    item.clear_id();
    return item;
  }
  std::vector<feed::ConsumerOptions> Feeds() {
    const Clocks clocks{clock_, /*movable=*/true};
    return {CampaignFeed(clocks), ScoringFeed(clocks),
            AwardsFeed(clocks, *meetings::ParsePlan(meetings::kDefaultPlan))};
  }
  // A producer's feed begins anew with a snapshot.
  absl::Status StartAgain(const std::string& producer,
                          const std::vector<common::v1::Event>& items) {
    clock_.Advance(absl::Seconds(1));
    return pool().InTransaction(Soon(), [&](db::Tx& tx) -> absl::Status {
      for (const feed::ConsumerOptions& options : Feeds()) {
        if (options.producer != producer) continue;
        absl::Status emptied = options.reset(tx);
        if (!emptied.ok()) return emptied;
      }
      for (const common::v1::Event& item : items) {
        absl::Status applied = Apply(tx, item);
        if (!applied.ok()) return applied;
      }
      return absl::OkStatus();
    });
  }
  // Applies an event as its feed would.
  absl::Status Apply(db::Tx& tx, const common::v1::Event& event) {
    for (const feed::ConsumerOptions& options : Feeds()) {
      const auto handler = options.handlers.find(event.type());
      if (handler != options.handlers.end()) return handler->second(tx, event);
    }
    return absl::NotFoundError("nobody handles " + event.type());
  }
  // The same in a transaction of its own.
  absl::Status Deliver(const common::v1::Event& event) {
    return pool().InTransaction(Soon(), [&](db::Tx& tx) { return Apply(tx, event); });
  }
  // Machine time goes on between events, so that what they make is in their order.
  common::v1::Event Happens(const google::protobuf::Message& payload, const std::string& date) {
    clock_.Advance(absl::Seconds(1));
    common::v1::Event event = EventOf(payload, date);
    const absl::Status status = Deliver(event);
    EXPECT_TRUE(status.ok()) << event.type() << ": " << status;
    return event;
  }

  std::string AddUnit(const std::string& name, const std::string& parent,
                      const std::string& valid_to = "") {
    campaign::v1::UnitChanged unit = Unit(MakeId(), name, parent, valid_to);
    Happens(unit, "2022-01-01");
    return unit.unit_id();
  }
  campaign::v1::UnitChanged Unit(const std::string& id, const std::string& name = "UBND",
                                 const std::string& parent = "", const std::string& valid_to = "") {
    campaign::v1::UnitChanged unit;
    unit.set_unit_id(id);
    unit.set_type("COMMUNE");
    unit.set_valid_from("2004-01-01");
    unit.set_valid_to(valid_to);
    auto* dated = unit.add_names();
    dated->set_value(name);
    dated->set_valid_from("2004-01-01");
    dated->set_valid_to(valid_to);
    if (!parent.empty()) {
      dated = unit.add_parents();
      dated->set_value(parent);
      dated->set_valid_from("2004-01-01");
      dated->set_valid_to(valid_to);
    }
    return unit;
  }
  std::string AddPerson(const std::string& unit_id, const std::string& email,
                        const std::string& date = "2022-01-01", const std::string& phone = "") {
    campaign::v1::PersonChanged person;
    person.set_person_id(MakeId());
    person.set_full_name("Công chức phụ trách cải cách hành chính");
    person.set_unit_id(unit_id);
    person.set_position("Công chức Văn phòng - Thống kê");
    person.set_email(email);
    person.set_phone(phone);
    person.set_valid_from("2020-01-01");
    Happens(person, date);
    return person.person_id();
  }
  // A plan with an interim review in the fourth quarter of 2023, for both communes.
  campaign::v1::PlanLaunched Plan() {
    campaign::v1::PlanLaunched plan;
    plan.set_plan_id(MakeId());
    plan.set_number("584/KH-UBND");
    plan.set_title("Đẩy mạnh công tác cải cách hành chính");
    plan.set_unit_id(district_);
    plan.set_issue_date("2022-10-14");
    plan.set_start_date("2022-10-14");
    plan.set_end_date("2025-12-31");
    plan.set_coordinator_unit_id(district_);
    plan.add_participant_unit_ids(dak_dro_);
    plan.add_participant_unit_ids(nam_da_);
    auto* milestone = plan.add_milestones();
    milestone->set_milestone_id("so-ket");
    milestone->set_title("Sơ kết phong trào");
    milestone->set_source_phrase("Quý IV/2023");
    milestone->set_start_date("2023-10-01");
    milestone->set_end_date("2023-12-31");
    for (const char* code : {"SUBMISSION_LETTER", "MINUTES", "ACHIEVEMENT_REPORT"}) {
      plan.add_required_documents(code);
    }
    plan.set_original_sets(1);
    return plan;
  }

  // One column of a query as text.
  static std::vector<std::string> Column(const std::string& sql) {
    std::vector<std::string> values;
    const absl::Status status = pool().ReadOnly(Soon(), [&](db::Session& session) {
      return session.Query(
          [&](const db::Row& row) {
            values.push_back(row.Get<std::optional<std::string>>(0).value_or("NULL"));
            return absl::OkStatus();
          },
          sql);
    });
    EXPECT_TRUE(status.ok()) << sql << ": " << status;
    return values;
  }
  // Rows of "table WHERE …".
  static int Count(const std::string& from);
  // Our own events of a type, for example "NoticeCreated".
  static int EventCount(const std::string& type);

  static test::TestDatabase* database_;
  platform::ManualClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  platform::BusinessClock business_{clock_};
  platform::MetricsRegistry metrics_{"notify"};
  platform::Logger log_{"notify", clock_};
  std::string district_, dak_dro_, nam_da_;
};

inline test::TestDatabase* NotifyTest::database_ = nullptr;

}  // namespace thidua::notify
