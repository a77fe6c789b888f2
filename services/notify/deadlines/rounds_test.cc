// Deadlines of rounds of assessment, from scoring's feed, over a real database.
#include <fstream>
#include <iterator>

#include "notify/testing/fixture.h"

namespace thidua::notify::deadlines {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class RoundsTest : public NotifyTest {
 protected:
  void SetUp() override {
    NotifyTest::SetUp();
    SetBusinessTime("2024-01-02 09:00");
    AddPerson(dak_dro_, "vp.dakdro@krongno.example");
    AddPerson(district_, "noi.vu@krongno.example");
    round_.set_round_id(MakeId());
    round_.set_unit_id(district_);
    round_.set_title("Đánh giá cải cách hành chính năm 2023");
    round_.set_self_score_start("2024-01-05");
    round_.set_self_score_end("2024-01-20");
    round_.set_appraisal_start("2024-01-21");
    round_.set_appraisal_end("2024-01-31");
    round_.add_unit_ids(dak_dro_);
    round_.add_unit_ids(nam_da_);
    Happens(round_, "2024-01-02");
  }
  scoring::v1::AssessmentChanged Assessment(const std::string& unit_id, const std::string& state) {
    scoring::v1::AssessmentChanged changed;
    changed.set_assessment_id(MakeId());
    changed.set_round_id(round_.round_id());
    changed.set_unit_id(unit_id);
    changed.set_year(2023);
    changed.set_state(state);
    return changed;
  }
  void Move(const std::string& unit_id, const std::string& state, const std::string& date) {
    SetBusinessTime(date + " 08:00");
    Happens(Assessment(unit_id, state), date);
  }
  // The round is told anew with an explanation from 12/02 to 05/03.
  void Explained() {
    round_.set_explanation_start("2024-02-12");
    round_.set_explanation_end("2024-03-05");
    Happens(round_, "2024-01-02");
  }
  std::vector<std::string> Explanations() {
    return Column(
        "SELECT CONCAT(unit_id, ' ', state, ' ', COALESCE(met_date, '-')) FROM deadlines WHERE "
        "kind = 'EXPLANATION' ORDER BY deadline_id");
  }
  // When each unit was told that it may explain, and what.
  std::vector<std::string> ToldOfExplaining() {
    return Column(
        "SELECT CONCAT(unit_id, ' ', notice_date, ' ', title) FROM notices WHERE kind = "
        "'EXPLANATION_OPENED' ORDER BY notice_id");
  }
  int FireOn(const std::string& day) {
    SetBusinessTime(day + " 09:00");
    const absl::StatusOr<int> settled = worker_.FireDue();
    EXPECT_TRUE(settled.ok()) << settled.status();
    return settled.value_or(-1);
  }
  std::vector<std::string> States() {
    return Column(
        "SELECT CONCAT(kind, ' ', state, ' ', COALESCE(met_date, '-')) FROM deadlines ORDER BY "
        "kind DESC, deadline_id");
  }
  // Kinds and titles of what a unit was told, in order.
  std::vector<std::string> Told(const std::string& unit_id) {
    return Column("SELECT CONCAT(kind, ': ', title) FROM notices WHERE unit_id = '" + unit_id +
                  "' ORDER BY notice_id");
  }

  scoring::v1::AssessmentRoundCreated round_;
  ReminderWorker worker_{{}, pool(), clock_, business_, metrics_, log_};
};

TEST_F(RoundsTest, UnitsAreRemindedOfScoringThemselvesUntilTheyHave) {
  EXPECT_THAT(Column("SELECT DISTINCT link FROM deadlines"),
              ElementsAre("assessmentRounds/" + round_.round_id()));
  FireOn("2024-01-13");
  EXPECT_THAT(Told(dak_dro_),
              ElementsAre("REMINDER_DUE: Còn 7 ngày là hết hạn: Tự chấm điểm – Đánh giá cải cách "
                          "hành chính năm 2023"));
  Move(nam_da_, "SUBMITTED", "2024-01-15");
  for (const char* day : {"2024-01-17", "2024-01-19", "2024-01-20", "2024-01-21"}) FireOn(day);
  const std::vector<std::string> told = Told(dak_dro_);
  ASSERT_EQ(told.size(), 5u);
  EXPECT_THAT(told[1], HasSubstr("Còn 3 ngày"));
  EXPECT_THAT(told[2], HasSubstr("Còn 1 ngày"));
  EXPECT_THAT(told[3], HasSubstr("REMINDER_TODAY"));
  EXPECT_THAT(told[4], HasSubstr("REMINDER_OVERDUE: Quá hạn 1 ngày"));
  EXPECT_EQ(Told(nam_da_).size(), 1u) << "T-7 only: it handed its scores in";
  Move(dak_dro_, "SUBMITTED", "2024-01-22");
  EXPECT_THAT(States(), ElementsAre("SELF_SCORE MET 2024-01-22", "SELF_SCORE MET 2024-01-15",
                                    "APPRAISAL OPEN -"));
}

TEST_F(RoundsTest, ScoresGivenBackOpenTheDeadlineAgain) {
  Move(dak_dro_, "DRAFT", "2024-01-06");
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "DRAFT", "2024-01-15");
  EXPECT_THAT(States(),
              UnorderedElementsAre("SELF_SCORE OPEN -", "SELF_SCORE OPEN -", "APPRAISAL OPEN -"));
  FireOn("2024-01-17");
  EXPECT_EQ(Told(dak_dro_).size(), 1u);
}

TEST_F(RoundsTest, TheOrganiserIsRemindedOfTheAppraisalUntilAllAreDone) {
  for (const std::string& unit : {dak_dro_, nam_da_}) Move(unit, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  FireOn("2024-01-24");
  EXPECT_THAT(Told(district_).back(),
              "REMINDER_DUE: Còn 7 ngày là hết hạn: Thẩm định điểm tự chấm – Đánh giá cải cách "
              "hành chính năm 2023");
  const size_t told = Told(district_).size();
  Move(nam_da_, "APPRAISED", "2024-01-25");
  EXPECT_THAT(States(), ElementsAre("SELF_SCORE MET 2024-01-10", "SELF_SCORE MET 2024-01-10",
                                    "APPRAISAL MET 2024-01-25"));
  for (const char* day : {"2024-01-28", "2024-01-30", "2024-02-01"}) FireOn(day);
  EXPECT_EQ(Told(district_).size(), told);
  Move(nam_da_, "SUBMITTED", "2024-01-30");
  EXPECT_EQ(Count("deadlines WHERE kind = 'APPRAISAL' AND state = 'OPEN'"), 1);
}

// The round may be told again, and an assessment without its round is of the first days.
TEST_F(RoundsTest, WhatIsToldAgainChangesNothing) {
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Happens(round_, "2024-01-02");
  scoring::v1::AssessmentChanged old;
  old.set_unit_id(nam_da_);
  old.set_state("SUBMITTED");
  Happens(old, "2024-01-10");
  EXPECT_THAT(States(),
              ElementsAre("SELF_SCORE MET 2024-01-10", "SELF_SCORE OPEN -", "APPRAISAL OPEN -"));
}

// A reader who begins late, or anew, learns how far the rounds are.
TEST_F(RoundsTest, ASnapshotTellsOfRoundsAndHowFarTheyAre) {
  Move(nam_da_, "SUBMITTED", "2024-01-09");
  SetBusinessTime("2024-01-18 09:00");
  scoring::v1::AssessmentRoundCreated other = round_;
  other.set_round_id(MakeId());
  other.set_title("Đánh giá khác");
  const std::vector<common::v1::Event> items = {
      ItemOf(round_, "2024-01-02"), ItemOf(other, "2024-01-03"),
      ItemOf(Assessment(dak_dro_, "SUBMITTED"), "2024-01-11"),
      ItemOf(Assessment(nam_da_, "DRAFT"), "2024-01-12")};
  const absl::Status told = StartAgain("scoring", items);
  ASSERT_TRUE(told.ok()) << told;
  EXPECT_THAT(States(), UnorderedElementsAre("SELF_SCORE MET 2024-01-11", "SELF_SCORE OPEN -",
                                             "APPRAISAL OPEN -", "SELF_SCORE OPEN -",
                                             "SELF_SCORE OPEN -", "APPRAISAL OPEN -"));
  EXPECT_THAT(
      Column("SELECT DISTINCT CONCAT(r.code, ' ', r.state, ' ', r.reason) FROM reminders r "
             "JOIN deadlines d USING (deadline_id) WHERE d.kind = 'SELF_SCORE' AND "
             "d.subject_id = '" +
             other.round_id() + "' ORDER BY r.fire_at"),
      ElementsAre("S-7 SKIPPED PAST_WHEN_SET", "T-7 SKIPPED PAST_WHEN_SET",
                  "T-3 SKIPPED PAST_WHEN_SET", "T-1 PENDING ", "T PENDING ", "T+1 PENDING "));
  FireOn("2024-01-19");
  EXPECT_EQ(Told(dak_dro_).size(), 1u) << "of the other round alone";
}

TEST_F(RoundsTest, AnAppraisalThatIsDoneStaysSoWhileASnapshotIsRead) {
  for (const std::string& unit : {dak_dro_, nam_da_}) {
    Move(unit, "SUBMITTED", "2024-01-10");
    Move(unit, "APPRAISED", "2024-01-25");
  }
  const int changes = EventCount("DeadlineChanged");
  const absl::Status told =
      StartAgain("scoring", {ItemOf(round_, "2024-01-02"),
                             ItemOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-25"),
                             ItemOf(Assessment(nam_da_, "FINALISED"), "2024-01-26")});
  ASSERT_TRUE(told.ok()) << told;
  EXPECT_EQ(EventCount("DeadlineChanged"), changes);
}

// A restore of scoring may lose a round, or units of one.
TEST_F(RoundsTest, WhatASnapshotDoesNotTellOfRemindsOfNothingUntilItIsTold) {
  ASSERT_TRUE(StartAgain("scoring", {}).ok());
  EXPECT_EQ(FireOn("2024-01-13"), 0);
  scoring::v1::AssessmentRoundCreated smaller = round_;
  smaller.clear_unit_ids();
  smaller.add_unit_ids(nam_da_);
  ASSERT_TRUE(StartAgain("scoring", {ItemOf(smaller, "2024-01-02")}).ok());
  EXPECT_EQ(FireOn("2024-01-13"), 1);
  EXPECT_EQ(Told(nam_da_).size(), 1u);
  EXPECT_EQ(Told(dak_dro_).size(), 0u);
  EXPECT_EQ(FireOn("2024-01-24"), 2) << "overdue, and the organiser's";
  EXPECT_EQ(Told(district_).size(), 1u);
  Happens(round_, "2024-01-24");
  EXPECT_EQ(FireOn("2024-01-24"), 1);
  EXPECT_EQ(Told(dak_dro_).size(), 1u);
}

TEST_F(RoundsTest, R_NOT_17_AnExplanationThatASnapshotDoesNotTellOfRemindsOfNothing) {
  Explained();
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  const common::v1::Event round = ItemOf(round_, "2024-01-02");
  ASSERT_TRUE(StartAgain("scoring", {round}).ok());
  FireOn("2024-02-05");
  const size_t told = Told(dak_dro_).size();
  ASSERT_TRUE(
      StartAgain("scoring", {round, ItemOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-22")}).ok());
  EXPECT_EQ(FireOn("2024-02-05"), 1);
  ASSERT_EQ(Told(dak_dro_).size(), told + 1);
  EXPECT_THAT(Told(dak_dro_).back(), HasSubstr("Giải trình"));
  EXPECT_THAT(States(), UnorderedElementsAre("SELF_SCORE MET 2024-01-10", "SELF_SCORE OPEN -",
                                             "EXPLANATION OPEN -", "APPRAISAL OPEN -"));
}

TEST_F(RoundsTest, R_NOT_17_AnAppraisedUnitIsRemindedThatItMayExplain) {
  Explained();
  for (const std::string& unit : {dak_dro_, nam_da_}) Move(unit, "SUBMITTED", "2024-01-10");
  EXPECT_THAT(Explanations(), ElementsAre());
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  Move(nam_da_, "APPRAISED", "2024-01-23");
  EXPECT_THAT(Explanations(), ElementsAre(dak_dro_ + " OPEN -", nam_da_ + " OPEN -"));
  FireOn("2024-02-05");
  EXPECT_THAT(Told(dak_dro_).back(),
              HasSubstr("Giải trình kết quả thẩm định (nếu có) – Đánh giá cải cách hành chính năm "
                        "2023"));
  Move(dak_dro_, "EXPLAINED", "2024-02-14");
  Move(nam_da_, "FINALISED", "2024-03-06");
  EXPECT_THAT(Explanations(),
              ElementsAre(dak_dro_ + " MET 2024-02-14", nam_da_ + " MET 2024-03-06"));
  const int notices = Count("notices");
  FireOn("2024-03-07");
  EXPECT_EQ(Count("notices"), notices);
}

TEST_F(RoundsTest, R_NOT_17_WhoNeedNotExplainIsNeverLate) {
  Explained();
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  for (const char* day : {"2024-02-27", "2024-03-05", "2024-03-06", "2024-03-20"}) FireOn(day);
  EXPECT_THAT(Told(dak_dro_).back(), HasSubstr("REMINDER_TODAY"));
}

TEST_F(RoundsTest, R_NOT_17_GivenBackToTheAppraisersThereIsNothingToExplain) {
  Explained();
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  Move(dak_dro_, "SUBMITTED", "2024-02-10");
  const size_t told = Told(dak_dro_).size();
  FireOn("2024-02-27");
  EXPECT_EQ(Told(dak_dro_).size(), told);
  Move(dak_dro_, "APPRAISED", "2024-02-28");
  EXPECT_THAT(Column("SELECT CONCAT(r.code, ' ', r.state, ' ', r.reason) FROM reminders r JOIN "
                     "deadlines d USING (deadline_id) WHERE d.kind = 'EXPLANATION' ORDER BY "
                     "r.fire_at"),
              ElementsAre("S-7 SKIPPED PAST_WHEN_SET", "T-7 SKIPPED PAST_WHEN_SET", "T-3 PENDING ",
                          "T-1 PENDING ", "T PENDING "));
  FireOn("2024-03-02");
  EXPECT_EQ(Told(dak_dro_).size(), told + 1);
}

TEST_F(RoundsTest, R_NOT_19_AnAppraisedUnitIsToldOnceThatItMayExplain) {
  Explained();
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  EXPECT_THAT(ToldOfExplaining(), ElementsAre());
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  const std::string told = dak_dro_ +
                           " 2024-01-22 Đơn vị có thể giải trình kết quả thẩm định: Đánh giá cải "
                           "cách hành chính năm 2023";
  EXPECT_THAT(ToldOfExplaining(), ElementsAre(told));
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'EXPLANATION_OPENED'"),
              ElementsAre(AllOf(HasSubstr("Ngày 22/01/2024, điểm tự chấm"),
                                HasSubstr("từ ngày 12/02/2024 đến hết ngày 05/03/2024"))));
  EXPECT_THAT(Column("SELECT DISTINCT link FROM notices WHERE kind = 'EXPLANATION_OPENED'"),
              ElementsAre("assessmentRounds/" + round_.round_id()));
  EXPECT_EQ(Count("inbox_items i JOIN notices n USING (notice_id) WHERE n.kind = "
                  "'EXPLANATION_OPENED'"),
            1);
  // Given back and appraised anew, or told again by a snapshot, it is the same right.
  Move(dak_dro_, "SUBMITTED", "2024-01-25");
  Move(dak_dro_, "APPRAISED", "2024-01-26");
  ASSERT_TRUE(StartAgain("scoring", {ItemOf(round_, "2024-01-02"),
                                     ItemOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-26")})
                  .ok());
  EXPECT_THAT(ToldOfExplaining(), ElementsAre(told));
}

TEST_F(RoundsTest, R_NOT_19_ALateAppraisalTellsWhileTheRightHolds) {
  Explained();
  for (const std::string& unit : {dak_dro_, nam_da_}) Move(unit, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-03-04");  // no reminder but the last day's would come
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'EXPLANATION_OPENED'"),
              ElementsAre(HasSubstr("từ ngày 04/03/2024 đến hết ngày 05/03/2024")));
  Move(nam_da_, "APPRAISED", "2024-03-06");
  EXPECT_EQ(ToldOfExplaining().size(), 1u);
}

TEST_F(RoundsTest, R_NOT_19_TheDayOfTheAppraisalIsToldWhateverHappenedSince) {
  Explained();
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  SetBusinessTime("2024-02-15 09:00");
  scoring::v1::AssessmentChanged appraised = Assessment(dak_dro_, "APPRAISED");
  appraised.set_state_date("2024-01-22");
  ASSERT_TRUE(
      StartAgain("scoring", {ItemOf(round_, "2024-01-02"), ItemOf(appraised, "2024-02-15")}).ok());
  EXPECT_THAT(Column("SELECT body FROM notices WHERE kind = 'EXPLANATION_OPENED'"),
              ElementsAre(AllOf(HasSubstr("Ngày 22/01/2024, điểm tự chấm"),
                                HasSubstr("từ ngày 12/02/2024 đến hết ngày 05/03/2024"))));
}

TEST_F(RoundsTest, R_NOT_17_WhoHasNothingToExplainIsNeitherToldNorReminded) {
  Explained();
  for (const std::string& unit : {dak_dro_, nam_da_}) Move(unit, "SUBMITTED", "2024-01-10");
  scoring::v1::AssessmentChanged same = Assessment(dak_dro_, "APPRAISED");
  same.set_explainable_leaves(0);
  Happens(same, "2024-01-22");
  scoring::v1::AssessmentChanged other = Assessment(nam_da_, "APPRAISED");
  other.set_explainable_leaves(2);
  Happens(other, "2024-01-22");
  EXPECT_THAT(Explanations(), ElementsAre(nam_da_ + " OPEN -"));
  ASSERT_EQ(ToldOfExplaining().size(), 1u);
  EXPECT_THAT(ToldOfExplaining()[0], HasSubstr(nam_da_));

  // Appraised anew there is nothing left to explain.
  Move(nam_da_, "SUBMITTED", "2024-01-25");
  other.set_explainable_leaves(0);
  Happens(other, "2024-01-26");
  EXPECT_THAT(Explanations(), ElementsAre(nam_da_ + " MET 2024-01-26"));
  const int notices = Count("notices WHERE unit_id <> '" + district_ + "'");
  FireOn("2024-02-27");
  EXPECT_EQ(Count("notices WHERE unit_id <> '" + district_ + "'"), notices);
}

TEST_F(RoundsTest, R_NOT_53_AUnitThatCampaignForgotDoesNotHoldASnapshot) {
  Explained();
  for (const std::string& unit : {dak_dro_, nam_da_}) Move(unit, "SUBMITTED", "2024-01-10");
  database_->Run("DELETE FROM units WHERE unit_id = '" + dak_dro_ + "'");
  // An event waits: campaign's feed may be behind.
  EXPECT_EQ(platform::ReasonOf(Deliver(EventOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-22"))),
            "UNKNOWN_UNIT");
  const std::vector<common::v1::Event> items = {
      ItemOf(round_, "2024-01-02"), ItemOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-22"),
      ItemOf(Assessment(nam_da_, "APPRAISED"), "2024-01-22")};
  const absl::Status told = StartAgain("scoring", items);
  ASSERT_TRUE(told.ok()) << told;
  EXPECT_EQ(Explanations().size(), 2u) << "campaign may tell of it later";
  EXPECT_THAT(Column("SELECT state FROM deadlines WHERE kind = 'SELF_SCORE' AND stale = 0"),
              ElementsAre("MET", "MET"));
  EXPECT_EQ(ToldOfExplaining().size(), 1u);
  // While campaign has told of no unit at all, a snapshot waits as well.
  database_->Run("DELETE FROM units");
  EXPECT_EQ(platform::ReasonOf(StartAgain("scoring", items)), "UNKNOWN_UNIT");
}

// Before 0052 a round's window was not kept, so nobody was told or reminded.
TEST_F(RoundsTest, R_NOT_19_ARunningRoundToldBeforeWindowsWereKeptIsHealed) {
  Move(dak_dro_, "SUBMITTED", "2024-01-10");
  Move(nam_da_, "SUBMITTED", "2024-01-10");
  Move(dak_dro_, "APPRAISED", "2024-01-22");
  EXPECT_THAT(Explanations(), ElementsAre());
  database_->Run(
      "INSERT INTO consumer_positions VALUES ('scoring', 'an epoch that goes on', 7, '', "
      "'2024-01-22'), ('awards', 'another', 5, '', '2024-01-22')");
  std::ifstream migration("services/notify/migrations/0057_rounds_read_anew.sql");
  database_->Run(std::string(std::istreambuf_iterator<char>(migration), {}));
  EXPECT_THAT(Column("SELECT CONCAT(producer, ' ', epoch, ' ', position) FROM consumer_positions "
                     "ORDER BY producer"),
              ElementsAre("awards another 5", "scoring 00000000000000000000000000 0"));

  // An epoch that is not the producer's has its snapshot read.
  round_.set_explanation_start("2024-02-12");
  round_.set_explanation_end("2024-03-05");
  ASSERT_TRUE(StartAgain("scoring", {ItemOf(round_, "2024-01-02"),
                                     ItemOf(Assessment(dak_dro_, "APPRAISED"), "2024-01-22"),
                                     ItemOf(Assessment(nam_da_, "SUBMITTED"), "2024-01-10")})
                  .ok());
  EXPECT_THAT(Explanations(), ElementsAre(dak_dro_ + " OPEN -"));
  EXPECT_EQ(ToldOfExplaining().size(), 1u);
}

}  // namespace
}  // namespace thidua::notify::deadlines
