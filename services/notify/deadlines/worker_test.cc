// Deadlines and reminders under a moving business clock, over a real database.
#include "notify/deadlines/worker.h"

#include <thread>

#include "notify/deadlines/store.h"
#include "notify/testing/fixture.h"
#include "platform/status_macros.h"

namespace thidua::notify::deadlines {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ReminderTest : public NotifyTest {
 protected:
  ReminderTest() : worker_({}, pool(), clock_, business_, metrics_, log_) {}

  void SetUp() override {
    NotifyTest::SetUp();
    officer_ = AddPerson(dak_dro_, "vp.dakdro@krongno.example");
  }

  // Fires until nothing is due, as Run does.
  void Fire() {
    for (;;) {
      const absl::StatusOr<int> settled = worker_.FireDue();
      ASSERT_TRUE(settled.ok()) << settled.status();
      if (*settled == 0) return;
    }
  }
  void At(const std::string& vietnam) {
    SetBusinessTime(vietnam);
    Fire();
  }
  // "S-7 FIRED", "T-7 SKIPPED SUPERSEDED", … of the first commune, in order.
  std::vector<std::string> Reminders() {
    return Column(
        "SELECT TRIM(CONCAT(r.code, ' ', r.state, ' ', r.reason)) FROM reminders r JOIN deadlines "
        "d ON "
        "d.deadline_id = r.deadline_id WHERE d.unit_id = '" +
        dak_dro_ + "' ORDER BY r.fire_at, r.reminder_id");
  }
  std::vector<std::string> ReminderTitles() {
    return Column("SELECT title FROM notices WHERE kind LIKE 'REMINDER%' AND unit_id = '" +
                  dak_dro_ + "' ORDER BY created_at, notice_id");
  }
  // A report of the first commune for the last quarter, due 20/12/2023, as campaign tells of it.
  campaign::v1::PeriodicReportRecorded ReportOfTheQuarter() {
    campaign::v1::PeriodicReportRecorded report;
    report.set_record_id(MakeId());
    report.set_unit_id(dak_dro_);
    report.set_period("2023-Q4");
    report.set_due_date("2023-12-20");
    Happens(report, "2023-12-01");
    return report;
  }
  // Deadlines of the first commune that are shown.
  size_t Shown() {
    size_t shown = 0;
    const absl::Status read = pool().ReadOnly(Soon(), [&](db::Session& session) -> absl::Status {
      DeadlineFilter filter;
      filter.units = {dak_dro_};
      filter.limit = 100;
      ASSIGN_OR_RETURN(const std::vector<Deadline> listed, ListDeadlines(session, filter));
      shown = listed.size();
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
    return shown;
  }
  awards::v1::NominationInvited Invite() {
    const auto plan = Plan();
    Happens(plan, "2022-10-14");
    pool()
        .InTransaction(Soon(),
                       [](db::Tx& tx) {  // the milestone is not what these tests look at
                         EXPECT_TRUE(tx.Execute("DELETE FROM reminders").ok());
                         return tx.Execute("DELETE FROM deadlines").status();
                       })
        .IgnoreError();
    awards::v1::NominationInvited invited;
    invited.set_nomination_id(MakeId());
    invited.set_plan_id(plan.plan_id());
    invited.set_unit_id(dak_dro_);
    invited.set_filing_deadline("2024-03-15");
    invited.set_award_form("GIAY_KHEN");
    Happens(invited, "2024-02-20");
    return invited;
  }
  template <class Payload>
  Payload Of(const awards::v1::NominationInvited& invited) {
    Payload payload;
    payload.set_nomination_id(invited.nomination_id());
    payload.set_plan_id(invited.plan_id());
    payload.set_unit_id(invited.unit_id());
    return payload;
  }

  ReminderWorker worker_;
  std::string officer_;
};

// shows: S2-07
TEST_F(ReminderTest, AnInterimReviewIsRemindedBeforeItsQuarterBeginsAndEnds) {
  const auto event = Happens(Plan(), "2022-10-14");
  ASSERT_TRUE(Deliver(event).ok());
  EXPECT_EQ(Count("deadlines"), 2);  // one for each unit, also when told twice
  At("2023-09-24 07:59");
  EXPECT_THAT(ReminderTitles(), IsEmpty());
  At("2023-09-24 08:00");
  At("2023-12-24 09:00");
  At("2023-12-28 09:00");
  At("2023-12-30 09:00");
  At("2023-12-31 09:00");
  At("2024-01-10 09:00");
  EXPECT_THAT(
      ReminderTitles(),
      ElementsAre(
          "Còn 7 ngày đến: Sơ kết phong trào – Đẩy mạnh công tác cải cách hành chính",
          "Còn 7 ngày là hết hạn: Sơ kết phong trào – Đẩy mạnh công tác cải cách hành chính",
          "Còn 3 ngày là hết hạn: Sơ kết phong trào – Đẩy mạnh công tác cải cách hành chính",
          "Còn 1 ngày là hết hạn: Sơ kết phong trào – Đẩy mạnh công tác cải cách hành chính",
          "Hôm nay là hạn cuối: Sơ kết phong trào – Đẩy mạnh công tác cải cách hành chính"));
  EXPECT_THAT(Reminders(),
              ElementsAre("S-7 FIRED", "T-7 FIRED", "T-3 FIRED", "T-1 FIRED", "T FIRED"));
  EXPECT_EQ(EventCount("ReminderFired"), 10);
  EXPECT_EQ(Count("inbox_items WHERE person_id = '" + officer_ + "'"), 6);  // and the launch
}

// shows: S2-07
TEST_F(ReminderTest, R_NOT_13_AJumpOverAllSendsOneThatIsTrueNow) {
  Happens(Plan(), "2022-10-14");
  At("2023-03-15 10:00");
  EXPECT_THAT(ReminderTitles(), IsEmpty());
  At("2024-02-10 10:00");
  EXPECT_THAT(ReminderTitles(), ElementsAre("Đã qua mốc: Sơ kết phong trào – Đẩy mạnh công tác cải "
                                            "cách hành chính"));
  EXPECT_THAT(Reminders(),
              ElementsAre("S-7 SKIPPED SUPERSEDED", "T-7 SKIPPED SUPERSEDED",
                          "T-3 SKIPPED SUPERSEDED", "T-1 SKIPPED SUPERSEDED", "T FIRED"));
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'REMINDER_PASSED' LIMIT 1").at(0),
              HasSubstr("đã kết thúc ngày 31/12/2023, cách đây 41 ngày"));
  At("2022-10-14 10:00");  // and back, and on again: nothing fires twice
  At("2024-06-01 10:00");
  EXPECT_EQ(ReminderTitles().size(), 1u);
}

TEST_F(ReminderTest, R_NOT_12_WhatLiesBeforeTheDayOfSettingIsSkipped) {
  const auto invited = Invite();
  auto sooner = invited;
  sooner.set_nomination_id(MakeId());
  sooner.set_filing_deadline("2024-02-23");
  Happens(sooner, "2024-02-20");
  EXPECT_THAT(
      Column("SELECT TRIM(CONCAT(r.code, ' ', r.state, ' ', r.reason)) FROM reminders r JOIN "
             "deadlines d ON d.deadline_id = r.deadline_id WHERE d.due_date = '2024-02-23' "
             "ORDER BY r.fire_at"),
      ElementsAre("T-7 SKIPPED PAST_WHEN_SET", "T-3 SKIPPED PAST_WHEN_SET", "T-1 PENDING",
                  "T PENDING", "T+1 PENDING"));
}

// A snapshot is read on some later day; what lies between is not sent after the event.
TEST_F(ReminderTest, R_NOT_12_ADeadlineToldBySnapshotIsSetToday) {
  SetBusinessTime("2023-12-29 09:00");
  const absl::Status told = StartAgain(
      "campaign", {ItemOf(Unit(dak_dro_), "2004-01-01"), ItemOf(Unit(nam_da_), "2004-01-01"),
                   ItemOf(Unit(district_), "2004-01-01"), ItemOf(Plan(), "2022-10-14")});
  ASSERT_TRUE(told.ok()) << told;
  EXPECT_THAT(Reminders(), ElementsAre("S-7 SKIPPED PAST_WHEN_SET", "T-7 SKIPPED PAST_WHEN_SET",
                                       "T-3 SKIPPED PAST_WHEN_SET", "T-1 PENDING", "T PENDING"));
}

// shows: S3-26
TEST_F(ReminderTest, FilingEndsTheRemindersAndAReturnBringsThemBack) {
  const auto invited = Invite();
  At("2024-03-08 09:00");
  EXPECT_THAT(ReminderTitles(),
              ElementsAre("Còn 7 ngày là hết hạn: Nộp hồ sơ đề nghị khen thưởng (Giấy khen)"));
  const auto filed = Happens(Of<awards::v1::AwardDossierFiled>(invited), "2024-03-09");
  ASSERT_TRUE(Deliver(filed).ok());
  EXPECT_THAT(Reminders(),
              ElementsAre("T-7 FIRED", "T-3 CANCELLED DEADLINE_MET", "T-1 CANCELLED DEADLINE_MET",
                          "T CANCELLED DEADLINE_MET", "T+1 CANCELLED DEADLINE_MET"));
  EXPECT_THAT(Column("SELECT CONCAT(state, ' ', met_date) FROM deadlines"),
              ElementsAre("MET 2024-03-09"));
  At("2024-03-12 09:00");
  EXPECT_EQ(ReminderTitles().size(), 1u);

  Happens(Of<awards::v1::AwardDossierReturned>(invited), "2024-03-13");
  EXPECT_THAT(Reminders(), ElementsAre("T-7 FIRED", "T-3 SKIPPED PAST_WHEN_SET", "T-1 PENDING",
                                       "T PENDING", "T+1 PENDING"));
  At("2024-03-16 09:00");
  EXPECT_EQ(ReminderTitles().back(), "Quá hạn 1 ngày: Nộp hồ sơ đề nghị khen thưởng (Giấy khen)");
  EXPECT_THAT(Reminders(),
              ElementsAre("T-7 FIRED", "T-3 SKIPPED PAST_WHEN_SET", "T-1 SKIPPED SUPERSEDED",
                          "T SKIPPED SUPERSEDED", "T+1 FIRED"));
}

TEST_F(ReminderTest, WhoDeclinedIsRemindedOfNothingUntilTheInvitationIsOpenAgain) {
  const auto invited = Invite();
  auto declined = Of<awards::v1::InvitationDeclined>(invited);
  declined.set_coordinator_unit_id(district_);
  Happens(declined, "2024-03-01");
  At("2024-03-13 09:00");
  EXPECT_THAT(ReminderTitles(), ElementsAre());
  auto reopened = Of<awards::v1::NominationReopened>(invited);
  reopened.set_award_form("GIAY_KHEN");
  reopened.set_reopened_until("2024-03-20");
  Happens(reopened, "2024-03-13");
  EXPECT_THAT(Column("SELECT CONCAT(state, ' ', due_date) FROM deadlines"),
              ElementsAre("OPEN 2024-03-20"));
  At("2024-03-17 09:00");
  EXPECT_THAT(ReminderTitles(),
              ElementsAre("Còn 3 ngày là hết hạn: Nộp hồ sơ đề nghị khen thưởng (Giấy khen)"));
}

TEST_F(ReminderTest, AMissedInvitationThatIsOpenAgainHasItsNewDay) {
  const auto invited = Invite();
  At("2024-03-16 09:00");
  EXPECT_EQ(ReminderTitles().back(), "Quá hạn 1 ngày: Nộp hồ sơ đề nghị khen thưởng (Giấy khen)");
  auto reopened = Of<awards::v1::NominationReopened>(invited);
  reopened.set_award_form("GIAY_KHEN");
  reopened.set_reopened_until("2024-03-25");
  Happens(reopened, "2024-03-18");
  At("2024-03-22 09:00");
  EXPECT_EQ(ReminderTitles().back(),
            "Còn 3 ngày là hết hạn: Nộp hồ sơ đề nghị khen thưởng (Giấy khen)");
}

// shows: S4-21
TEST_F(ReminderTest, AReportThatMovesIsRescheduledAndAFiledOneIsMet) {
  campaign::v1::PeriodicReportRecorded report;
  report.set_record_id(MakeId());
  report.set_unit_id(dak_dro_);
  report.set_period("2023-Q1");
  report.set_due_date("2023-03-31");
  Happens(report, "2023-03-01");
  report.set_due_date("2023-04-05");
  Happens(report, "2023-03-02");
  EXPECT_EQ(Count("reminders WHERE state = 'CANCELLED' AND reason = 'RESCHEDULED'"), 5);
  EXPECT_EQ(Count("reminders WHERE state = 'PENDING'"), 5);
  At("2023-03-29 08:00");
  EXPECT_THAT(ReminderTitles(),
              ElementsAre("Còn 7 ngày là hết hạn: Nộp báo cáo định kỳ quý I năm 2023"));
  report.set_filed_date("2023-03-30");
  Happens(report, "2023-03-30");
  At("2023-05-01 08:00");
  EXPECT_EQ(ReminderTitles().size(), 1u);
  EXPECT_THAT(Column("SELECT state FROM deadlines"), ElementsAre("MET"));
}

// A restore of campaign may lose a plan, a report, or that it was filed.
TEST_F(ReminderTest, WhatCampaignTellsOfNoMoreRemindsOfNothingUntilItIsTold) {
  const auto plan = Plan();  // its interim review ends on 31/12/2023
  Happens(plan, "2022-10-14");
  const campaign::v1::PeriodicReportRecorded report = ReportOfTheQuarter();
  campaign::v1::PeriodicReportRecorded filed = report;
  filed.set_record_id(MakeId());
  filed.set_period("2023");
  Happens(filed, "2023-12-01");
  filed.set_filed_date("2023-12-05");
  Happens(filed, "2023-12-05");
  SetBusinessTime("2023-12-10 09:00");
  Fire();  // of the review's quarter
  const std::vector<std::string> told = ReminderTitles();

  const std::vector<common::v1::Event> units = {
      ItemOf(Unit(district_), "2023-12-10"),
      ItemOf(Unit(dak_dro_, "UBND xã", district_), "2023-12-10"),
      ItemOf(Unit(nam_da_, "UBND xã", district_), "2023-12-10")};
  ASSERT_TRUE(StartAgain("campaign", units).ok());
  EXPECT_EQ(Shown(), 1u) << "what was met";
  At("2023-12-29 09:00");
  EXPECT_EQ(ReminderTitles(), told);

  // The backup that is put in next has them, and one of the reports is not filed yet.
  SetBusinessTime("2023-12-12 09:00");
  filed.clear_filed_date();
  std::vector<common::v1::Event> all = units;
  for (const auto& item :
       {ItemOf(plan, "2022-10-14"), ItemOf(report, "2023-12-12"), ItemOf(filed, "2023-12-12")}) {
    all.push_back(item);
  }
  ASSERT_TRUE(StartAgain("campaign", all).ok());
  EXPECT_EQ(Shown(), 3u);
  EXPECT_THAT(Column("SELECT state FROM deadlines WHERE kind = 'PERIODIC_REPORT'"),
              ElementsAre("OPEN", "OPEN"));
  At("2023-12-17 09:00");
  ASSERT_EQ(ReminderTitles().size(), told.size() + 2);
  EXPECT_THAT(ReminderTitles().back(), HasSubstr("Còn 3 ngày là hết hạn: Nộp báo cáo định kỳ"));
  At("2023-12-24 09:00");
  EXPECT_THAT(ReminderTitles(), Contains(HasSubstr("Còn 7 ngày là hết hạn: Sơ kết phong trào")));
}

TEST_F(ReminderTest, R_NOT_15_AReportThatARestoreMakesUnfiledIsOpenWhateverTheDay) {
  const campaign::v1::PeriodicReportRecorded report = ReportOfTheQuarter();
  campaign::v1::PeriodicReportRecorded filed = report;
  filed.set_filed_date("2023-12-05");
  Happens(filed, "2023-12-05");
  EXPECT_THAT(Column("SELECT state FROM deadlines"), ElementsAre("MET"));

  SetBusinessTime("2023-12-26 09:00");
  const std::vector<common::v1::Event> items = {
      ItemOf(Unit(district_), "2023-12-26"),
      ItemOf(Unit(dak_dro_, "UBND xã", district_), "2023-12-26"), ItemOf(report, "2023-12-26")};
  ASSERT_TRUE(StartAgain("campaign", items).ok());
  EXPECT_THAT(Column("SELECT CONCAT(state, ' ', COALESCE(met_date, '-')) FROM deadlines"),
              ElementsAre("OPEN -"));
  Fire();
  EXPECT_THAT(ReminderTitles(), ElementsAre("Quá hạn 6 ngày: Nộp báo cáo định kỳ quý IV năm 2023"));
  // Told again it is late once.
  ASSERT_TRUE(StartAgain("campaign", items).ok());
  At("2023-12-28 09:00");
  EXPECT_EQ(ReminderTitles().size(), 1u);
}

TEST_F(ReminderTest, R_NOT_53_AUnitThatCampaignForgotKeepsNobodyElseFromBeingReminded) {
  Happens(Plan(), "2022-10-14");
  database_->Run("DELETE FROM units WHERE unit_id = '" + nam_da_ + "'");
  At("2023-09-24 09:00");
  EXPECT_EQ(ReminderTitles().size(), 1u);
  EXPECT_THAT(Column("SELECT CONCAT(r.code, ' ', r.state) FROM reminders r JOIN deadlines d USING "
                     "(deadline_id) WHERE d.unit_id = '" +
                     nam_da_ + "' ORDER BY r.fire_at LIMIT 1"),
              ElementsAre("S-7 PENDING"));
  EXPECT_EQ(Count("notices WHERE unit_id = '" + nam_da_ + "' AND kind LIKE 'REMINDER%'"), 0);
  // Known again it is reminded at the next look.
  Happens(Unit(nam_da_, "UBND xã Nâm N’Đir", district_), "2023-09-24");
  At("2023-09-24 09:30");
  EXPECT_EQ(Count("notices WHERE unit_id = '" + nam_da_ + "' AND kind LIKE 'REMINDER%'"), 0);
  At("2023-09-24 10:00");
  EXPECT_EQ(Count("notices WHERE unit_id = '" + nam_da_ + "' AND kind LIKE 'REMINDER%'"), 1);
}

TEST_F(ReminderTest, APlanWithoutAKnownDayHasNoDeadline) {
  auto plan = Plan();
  plan.mutable_milestones(0)->clear_end_date();
  Happens(plan, "2022-10-14");
  EXPECT_EQ(Count("deadlines"), 0);
}

// Many deadlines at one instant, several workers: each fires once.
TEST_F(ReminderTest, SeveralWorkersFireEachReminderOnce) {
  auto plan = Plan();
  for (int i = 0; i < 60; ++i) plan.add_participant_unit_ids(AddUnit("Đơn vị", district_));
  Happens(plan, "2022-10-14");
  SetBusinessTime("2023-09-24 08:00");
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      const platform::WorkerScope worker_scope;
      ReminderWorker worker({.poll = absl::Milliseconds(10), .batch = 3}, pool(), clock_, business_,
                            metrics_, log_);
      for (;;) {
        const auto settled = worker.FireDue();
        ASSERT_TRUE(settled.ok()) << settled.status();
        if (*settled == 0) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Fire();
  EXPECT_EQ(Count("reminders WHERE state = 'FIRED'"), 62);
  EXPECT_EQ(Count("notices WHERE kind = 'REMINDER_OPENS'"), 62);
  EXPECT_EQ(EventCount("ReminderFired"), 62);
}

}  // namespace
}  // namespace thidua::notify::deadlines
