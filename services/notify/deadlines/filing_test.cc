// What a snapshot of awards says of the days for filing award dossiers, over a real database.
#include "notify/testing/fixture.h"

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

  std::string officer_;
  int told_ = 0;
  awards::v1::NominationInvited invited_;
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
