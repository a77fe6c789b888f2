// What a snapshot of awards says of the days for filing award dossiers, over a real database.
#include "notify/deadlines/store.h"
#include "notify/testing/fixture.h"
#include "platform/status_macros.h"

namespace thidua::notify::deadlines {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FilingTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    officer_ = AddPerson(dak_dro_, "vp.dakdro@krongno.example");
    const auto plan = Plan();
    Happens(plan, "2022-10-14");
    told_ = Count("inbox_items");
    invited_.set_nomination_id(MakeId());
    invited_.set_plan_id(plan.plan_id());
    invited_.set_unit_id(dak_dro_);
    invited_.set_filing_deadline("2024-03-15");
    invited_.set_award_form("GIAY_KHEN");
    SetBusinessTime("2024-03-01 09:00");
  }
  // awards' feed begins anew on 01/03/2024.
  void Stands(const std::string& state, const std::string& since, const std::string& filed = "",
              const std::string& last_day = "2024-03-15") {
    awards::v1::NominationInvited item = invited_;
    item.set_state(state);
    item.set_file_date(filed);
    item.set_filing_deadline(last_day);
    const absl::Status status = StartAgain("awards", {ItemOf(item, since)});
    EXPECT_TRUE(status.ok()) << status;
  }
  template <class Payload>
  Payload Happened() {
    Payload payload;
    payload.set_nomination_id(invited_.nomination_id());
    payload.set_plan_id(invited_.plan_id());
    payload.set_unit_id(invited_.unit_id());
    return payload;
  }
  std::vector<std::string> Filing() {
    return Column(
        "SELECT CONCAT(state, ' ', COALESCE(met_date, '-'), ' ', due_date, ' ', (SELECT COUNT(*) "
        "FROM reminders r WHERE r.deadline_id = d.deadline_id AND r.state = 'PENDING')) FROM "
        "deadlines d WHERE kind = 'AWARD_FILING'");
  }
  std::vector<std::string> Reminders() {
    return Column(
        "SELECT CONCAT(code, ' ', r.state, ' ', reason) FROM reminders r JOIN deadlines USING "
        "(deadline_id) WHERE kind = 'AWARD_FILING' ORDER BY r.fire_at");
  }
  int FireOn(const std::string& day) {
    SetBusinessTime(day + " 09:00");
    const absl::StatusOr<int> settled = worker_.FireDue();
    EXPECT_TRUE(settled.ok()) << settled.status();
    return settled.value_or(-1);
  }
  // Deadlines that are shown.
  size_t Shown() {
    std::vector<Deadline> shown;
    const absl::Status read = pool().ReadOnly(Soon(), [&](db::Session& session) -> absl::Status {
      DeadlineFilter filter;
      filter.units = {dak_dro_};
      filter.limit = 100;
      ASSIGN_OR_RETURN(const std::vector<Deadline> listed, ListDeadlines(session, filter));
      for (const Deadline& one : listed) {
        if (one.kind != "AWARD_FILING") continue;
        ASSIGN_OR_RETURN(const std::optional<Deadline> found, FindDeadline(session, one.id));
        if (found.has_value()) shown.push_back(one);
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(read.ok()) << read;
    return shown.size();
  }

  std::string officer_;
  int told_ = 0;
  awards::v1::NominationInvited invited_;
  ReminderWorker worker_{{}, pool(), clock_, business_, metrics_, log_};
};

TEST_F(FilingTest, R_NOT_18_WhatWasFiledOrDeclinedMeanwhileIsMet) {
  Happens(invited_, "2024-02-20");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-15 5"));
  Stands("ACCEPTED", "2024-02-21");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-15 5"));
  Stands("DECLINED", "2024-02-22");
  EXPECT_THAT(Filing(), ElementsAre("MET 2024-02-22 2024-03-15 0"));
}

TEST_F(FilingTest, R_NOT_18_WhatHasGoneBeyondFilingWasMetOnTheDayOfFiling) {
  Happens(invited_, "2024-02-20");
  Stands("APPRAISED", "2024-02-29", "2024-02-25");
  EXPECT_THAT(Filing(), ElementsAre("MET 2024-02-25 2024-03-15 0"));
  Stands("DECIDED", "2024-03-01", "2024-02-25");
  EXPECT_THAT(Filing(), ElementsAre("MET 2024-02-25 2024-03-15 0"));
}

TEST_F(FilingTest, R_NOT_18_WhatWasReturnedMeanwhileIsOpenAgain) {
  Happens(invited_, "2024-02-20");
  Happens(Happened<awards::v1::AwardDossierFiled>(), "2024-02-25");
  EXPECT_THAT(Filing(), ElementsAre("MET 2024-02-25 2024-03-15 0"));
  Stands("RETURNED", "2024-02-28", "2024-02-25");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-15 5"));
}

TEST_F(FilingTest, R_NOT_18_WhatWasDeclinedAndTakenUpAgainIsOpenUntilTheNewDay) {
  Happens(invited_, "2024-02-20");
  auto declined = Happened<awards::v1::InvitationDeclined>();
  declined.set_coordinator_unit_id(district_);
  Happens(declined, "2024-02-21");
  Stands("INVITED", "2024-02-28", "", "2024-03-20");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-20 5"));
}

// Today's reminder, which has not been sent yet, is not lost.
TEST_F(FilingTest, R_NOT_18_WhatIsOpenAlreadyStaysAsItIs) {
  invited_.set_filing_deadline("2024-03-08");
  Happens(invited_, "2024-02-20");
  Happens(Happened<awards::v1::AwardDossierFiled>(), "2024-02-25");
  Happens(Happened<awards::v1::AwardDossierReturned>(), "2024-02-28");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-08 5"));
  const std::vector<std::string> reminders = Reminders();
  const int changes = EventCount("DeadlineChanged");
  for (const std::string filed : {"2024-02-25", "2024-02-25", ""}) {
    Stands(filed.empty() ? "INVITED" : "RETURNED", "2024-02-28", filed, "2024-03-08");
    EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-08 5"));
    EXPECT_EQ(Reminders(), reminders);
    EXPECT_EQ(EventCount("DeadlineChanged"), changes);
  }
  Stands("RETURNED", "2024-02-28", "2024-02-25", "2024-03-20");
  EXPECT_THAT(Filing(), ElementsAre("OPEN - 2024-03-20 5"));
  EXPECT_EQ(EventCount("DeadlineChanged"), changes + 1) << "the new day";
}

// A restore of awards may lose a nomination.
TEST_F(FilingTest, WhatASnapshotDoesNotTellOfRemindsOfNothingUntilItIsTold) {
  FireOn("2024-03-01");  // of milestones
  Happens(invited_, "2024-02-20");
  EXPECT_EQ(Shown(), 1u);
  const int changes = EventCount("DeadlineChanged");
  ASSERT_TRUE(StartAgain("awards", {}).ok());
  EXPECT_EQ(FireOn("2024-03-08"), 0);
  EXPECT_EQ(Shown(), 0u);
  Stands("INVITED", "2024-02-20");
  EXPECT_EQ(Shown(), 1u);
  EXPECT_EQ(FireOn("2024-03-08"), 1);
  EXPECT_THAT(Reminders(), ElementsAre("T-7 FIRED ", "T-3 PENDING ", "T-1 PENDING ", "T PENDING ",
                                       "T+1 PENDING "));
  ASSERT_TRUE(StartAgain("awards", {}).ok());
  EXPECT_EQ(FireOn("2024-03-16"), 0) << "nor is it overdue";
  EXPECT_EQ(EventCount("DeadlineChanged"), changes);
}

// Returned after its last day a dossier has met it (R-NOT-15).
TEST_F(FilingTest, R_NOT_18_ANewReaderLearnsHowItStands) {
  Stands("RETURNED", "2024-02-28", "2024-02-10", "2024-02-15");
  EXPECT_THAT(Filing(), ElementsAre("MET 2024-02-10 2024-02-15 0"));
  EXPECT_THAT(Column("SELECT title FROM inbox_items i JOIN notices n USING (notice_id) WHERE "
                     "n.kind = 'NOMINATION_INVITED'"),
              IsEmpty())
      << "nobody is invited to file what was filed";
  Stands("INVITED", "2024-02-28", "", "2024-03-20");
  EXPECT_EQ(Count("inbox_items"), told_ + 1);
}

}  // namespace
}  // namespace thidua::notify::deadlines
