// What comes into inboxes from others' events, over a real database.
#include "notify/inbox/intake.h"

#include <thread>

#include "absl/synchronization/notification.h"
#include "notify/testing/fixture.h"

namespace thidua::notify::inbox {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class IntakeTest : public NotifyTest {
 protected:
  std::vector<std::string> Titles(const std::string& person) {
    return Column(
        "SELECT n.title FROM inbox_items i JOIN notices n ON n.notice_id = i.notice_id WHERE "
        "i.person_id = '" +
        person + "' ORDER BY n.notice_id");
  }
  std::string LastBody(const std::string& kind) {
    return Column("SELECT body FROM notices WHERE kind = '" + kind +
                  "' ORDER BY notice_id DESC LIMIT 1")
        .at(0);
  }
  // Two feeds at once: `second` is applied while the effect of `first` stands uncommitted, and
  // `first` commits once `second` waits for it or is done without having waited.
  void AtOnce(const common::v1::Event& first, const common::v1::Event& second) {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    absl::Status second_status;
    absl::Notification done;
    std::thread other;
    const absl::Status first_status = pool().InTransaction(deadline, [&](db::Tx& tx) {
      absl::Status applied = Apply(tx, first);
      EXPECT_FALSE(other.joinable()) << "run twice";
      other = std::thread([&] {
        second_status = Deliver(second);
        done.Notify();
      });
      while (!done.HasBeenNotified() && absl::Now() < deadline &&
             Count("information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID() "
                   "AND info LIKE '%FROM units %FOR UPDATE%'") == 0) {
      }
      return applied;
    });
    other.join();
    EXPECT_TRUE(first_status.ok()) << first_status;
    EXPECT_TRUE(second_status.ok()) << second_status;
  }
  campaign::v1::PersonChanged Newcomer() {
    campaign::v1::PersonChanged person;
    person.set_person_id(MakeId());
    person.set_full_name("Công chức mới");
    person.set_unit_id(dak_dro_);
    person.set_email("moi@krongno.example");
    person.set_valid_from("2020-01-01");
    return person;
  }
  awards::v1::CertificateRevoked Revocation() {
    awards::v1::CertificateRevoked revoked;
    revoked.set_certificate_code("KN-2024-0009");
    revoked.set_unit_id(dak_dro_);
    revoked.set_revoke_date("2024-05-01");
    return revoked;
  }
  awards::v1::NominationInvited Invitation(const std::string& plan_id) {
    awards::v1::NominationInvited invited;
    invited.set_nomination_id(MakeId());
    invited.set_plan_id(plan_id);
    invited.set_unit_id(dak_dro_);
    invited.set_filing_deadline("2024-03-15");
    invited.set_award_form("GIAY_KHEN");
    return invited;
  }
};

// shows: S0-17, S4-34
TEST_F(IntakeTest, ALaunchReachesThePeopleOfEveryUnitThatTakesPartOnce) {
  const std::string with_mail = AddPerson(dak_dro_, "vp.dakdro@krongno.example");
  const std::string without_mail = AddPerson(dak_dro_, "");
  const std::string other_unit = AddPerson(nam_da_, "vp.namndir@krongno.example");
  const std::string not_taking_part = AddPerson(district_, "phongnoivu@krongno.example");
  const common::v1::Event event = Happens(Plan(), "2022-10-14");

  const auto title = "Triển khai Kế hoạch “Đẩy mạnh công tác cải cách hành chính” (số 584/KH-UBND)";
  EXPECT_THAT(Titles(with_mail), ElementsAre(title));
  EXPECT_THAT(Titles(without_mail), ElementsAre(title));
  EXPECT_THAT(Titles(other_unit), ElementsAre(title));
  EXPECT_THAT(Titles(not_taking_part), ElementsAre());
  EXPECT_EQ(Count("deliveries WHERE state = 'PENDING'"), 2);
  EXPECT_EQ(EventCount("NoticeCreated"), 2);
  const std::string body = LastBody("PLAN_LAUNCHED");
  EXPECT_THAT(body, StartsWith("Kính gửi: UBND xã Nâm N’Đir,\n"));
  EXPECT_THAT(body,
              HasSubstr("\nNgày 14/10/2022, UBND huyện Krông Nô đã ban hành Kế hoạch “Đẩy mạnh "
                        "công tác cải cách hành chính” (số 584/KH-UBND). Đơn vị thuộc"));
  EXPECT_THAT(body, HasSubstr("- Sơ kết phong trào: Quý IV/2023 (01/10/2023 – 31/12/2023)"));
  EXPECT_THAT(body, HasSubstr("Chủ đề: không nêu"));
  EXPECT_THAT(body, HasSubstr("Thời gian thi đua: từ 14/10/2022 đến 31/12/2025\n"));

  // The same event again, and the same act told anew (a snapshot after a restore): nothing more.
  ASSERT_TRUE(Deliver(event).ok());
  common::v1::Event anew = event;
  anew.clear_id();
  ASSERT_TRUE(Deliver(anew).ok());
  EXPECT_EQ(Count("inbox_items"), 3);
  EXPECT_EQ(Count("deliveries"), 2);
  EXPECT_EQ(EventCount("NoticeCreated"), 2);
}

// A title that says itself what is launched is not told twice.
TEST_F(IntakeTest, ALaunchDoesNotStutter) {
  const std::string officer = AddPerson(dak_dro_, "");
  auto plan = Plan();
  plan.set_title("Kế hoạch phát động Phong trào thi đua đẩy mạnh cải cách hành chính năm 2023");
  Happens(plan, "2022-10-14");
  EXPECT_THAT(Titles(officer),
              ElementsAre("Triển khai Kế hoạch phát động Phong trào thi đua đẩy mạnh cải cách hành "
                          "chính năm 2023 (số 584/KH-UBND)"));
}

// The contract sets no bound to what a dossier holds; a feed must never be stopped by it.
TEST_F(IntakeTest, APlanThatAsksForManyDocumentsHoldsNothingUp) {
  AddPerson(dak_dro_, "");
  auto plan = Plan();
  plan.clear_required_documents();
  for (int i = 0; i < 300; ++i) plan.add_required_documents("ACHIEVEMENT_REPORT");
  Happens(plan, "2022-10-14");
  Happens(Invitation(plan.plan_id()), "2024-02-20");
  const std::string body = LastBody("NOMINATION_INVITED");
  EXPECT_THAT(body, HasSubstr("Báo cáo thành tích; Báo cáo thành tích\nNơi nhận hồ sơ:"));
}

// The longest texts that campaign lets pass, in letters of three bytes.
TEST_F(IntakeTest, TheLongestThatCampaignLetsPassFits) {
  const auto letters = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "ế";
    return text;
  };
  campaign::v1::UnitChanged unit;
  unit.set_unit_id(MakeId());
  unit.set_type("VERTICAL_BRANCH");
  unit.add_names()->set_value(letters(200));
  auto* code = unit.add_codes();
  code->set_scheme("QD20");
  code->set_value(std::string(35, 'A'));
  Happens(unit, "2022-01-01");
  campaign::v1::PersonChanged person = Newcomer();
  person.set_unit_id(unit.unit_id());
  person.set_full_name(letters(200));
  person.set_position(letters(200));
  person.set_email(std::string(240, 'a') + "@krongno.vn");
  Happens(person, "2022-01-01");
  auto plan = Plan();
  plan.add_participant_unit_ids(unit.unit_id());
  plan.set_number(std::string(20, '9') + "/" + letters(40));
  plan.set_title(letters(500));
  plan.set_theme(letters(20000));
  plan.mutable_milestones(0)->set_milestone_id(std::string(40, 'm'));
  plan.mutable_milestones(0)->set_title(letters(500));
  plan.mutable_milestones(0)->set_source_phrase(letters(500));
  Happens(plan, "2022-10-14");
  Happens(Invitation(plan.plan_id()), "2024-02-20");
  EXPECT_EQ(Titles(person.person_id()).size(), 1u);
  EXPECT_EQ(Count("deadlines"), 4) << "a milestone of three units, and a dossier";
}

// What the plan does not say is not invented.
TEST_F(IntakeTest, AnEndThatThePlanDoesNotStateIsSaidToBeUnstated) {
  auto plan = Plan();
  plan.clear_end_date();
  Happens(plan, "2022-10-14");
  EXPECT_THAT(LastBody("PLAN_LAUNCHED"),
              HasSubstr("Thời gian thi đua: từ 14/10/2022, không nêu thời hạn kết thúc\n"));
}

// shows: S4-26, S4-28
TEST_F(IntakeTest, AnInvitationNamesDocumentsReceiverAndLastDay) {
  const std::string officer = AddPerson(dak_dro_, "vp.dakdro@krongno.example");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  Happens(Invitation(plan.plan_id()), "2024-02-20");
  EXPECT_EQ(Titles(officer).back(),
            "Mời lập hồ sơ đề nghị khen thưởng: Đẩy mạnh công tác cải cách hành chính");
  const std::string body = LastBody("NOMINATION_INVITED");
  EXPECT_THAT(body, HasSubstr("lập hồ sơ đề nghị khen thưởng theo Kế hoạch “Đẩy mạnh công tác cải "
                              "cách hành chính” (số 584/KH-UBND).\n"));
  EXPECT_THAT(body, HasSubstr("Hình thức khen thưởng: Giấy khen"));
  EXPECT_THAT(body, HasSubstr("Hồ sơ: 01 bộ bản chính, gồm: Tờ trình đề nghị khen thưởng; Biên bản "
                              "họp Hội đồng Thi đua - Khen thưởng; Báo cáo thành tích"));
  EXPECT_THAT(body, HasSubstr("Nơi nhận hồ sơ: UBND huyện Krông Nô"));
  EXPECT_THAT(body, HasSubstr("Hạn nộp: 15/03/2024"));
}

TEST_F(IntakeTest, AnInvitationThatIsAheadOfThePlanWaitsForIt) {
  const auto plan = Plan();
  const auto event = EventOf(Invitation(plan.plan_id()), "2024-02-20");
  EXPECT_EQ(platform::ReasonOf(Deliver(event)), "PLAN_NOT_READ");
  EXPECT_EQ(Count("deadlines"), 0);  // nothing half-written
  Happens(plan, "2022-10-14");
  EXPECT_TRUE(Deliver(event).ok());
  EXPECT_EQ(Count("notices WHERE kind = 'NOMINATION_INVITED'"), 1);
}

TEST_F(IntakeTest, EachReturnOfADossierIsToldOnce) {
  AddPerson(dak_dro_, "");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  awards::v1::AwardDossierReturned returned;
  returned.set_nomination_id(MakeId());
  returned.set_plan_id(plan.plan_id());
  returned.set_unit_id(dak_dro_);
  returned.set_reason("Thiếu biên bản họp\nhội đồng");
  const auto first = Happens(returned, "2024-02-25");
  ASSERT_TRUE(Deliver(first).ok());
  EXPECT_EQ(Count("notices WHERE kind = 'AWARD_DOSSIER_RETURNED'"), 1);
  EXPECT_THAT(LastBody("AWARD_DOSSIER_RETURNED"), HasSubstr("Lý do: Thiếu biên bản họp\nhội đồng"));
  Happens(returned, "2024-03-01");
  EXPECT_EQ(Count("notices WHERE kind = 'AWARD_DOSSIER_RETURNED'"), 2);
}

TEST_F(IntakeTest, ADecisionTellsEachUnitOnceOfAllItsAwards) {
  const std::string officer = AddPerson(dak_dro_, "");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  awards::v1::DecisionIssued decision;
  decision.set_decision_id(MakeId());
  decision.set_plan_id(plan.plan_id());
  decision.set_number("125/QĐ-UBND");
  decision.set_issue_date("2024-03-20");
  decision.set_unit_id(district_);
  decision.set_signer_position("Chủ tịch");
  decision.set_awarding_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
  for (const char* form : {"GIAY_KHEN", "CO_THI_DUA"}) {
    auto* award = decision.add_awards();
    award->set_unit_id(dak_dro_);
    award->set_award_form(form);
    award->set_certificate_code(std::string("MA-") + form);
  }
  const auto event = Happens(decision, "2024-03-20");
  ASSERT_TRUE(Deliver(event).ok());
  EXPECT_EQ(Titles(officer).back(), "Quyết định khen thưởng số 125/QĐ-UBND");
  EXPECT_EQ(Count("notices WHERE kind = 'DECISION_ISSUED'"), 1);
  const std::string body = LastBody("DECISION_ISSUED");
  EXPECT_THAT(body, HasSubstr("Đơn vị được tặng: Giấy khen, Cờ thi đua."));
  EXPECT_THAT(body, HasSubstr("Người ký: không nêu, Chủ tịch"));
  EXPECT_THAT(body, HasSubstr("\nChủ tịch Ủy ban nhân dân huyện Krông Nô đã ban hành Quyết định số "
                              "125/QĐ-UBND ngày 20/03/2024 về khen thưởng theo Kế hoạch “"));
  EXPECT_THAT(body, HasSubstr("Tra cứu: Giấy khen mã MA-GIAY_KHEN, Cờ thi đua mã MA-CO_THI_DUA"));
}

TEST_F(IntakeTest, TheCoordinatorIsToldWhatAnInvitedUnitAnswers) {
  const std::string officer = AddPerson(district_, "");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  awards::v1::InvitationAccepted accepted;
  accepted.set_nomination_id(MakeId());
  accepted.set_plan_id(plan.plan_id());
  accepted.set_unit_id(dak_dro_);
  accepted.set_coordinator_unit_id(district_);
  const common::v1::Event event = Happens(accepted, "2024-02-20");
  ASSERT_TRUE(Deliver(event).ok());
  EXPECT_THAT(Titles(officer),
              ElementsAre("UBND xã Đắk Drô trả lời lời mời lập hồ sơ khen thưởng: nhận lời, sẽ lập "
                          "hồ sơ"));
  awards::v1::InvitationDeclined declined;
  declined.set_nomination_id(accepted.nomination_id());
  declined.set_plan_id(plan.plan_id());
  declined.set_unit_id(dak_dro_);
  declined.set_coordinator_unit_id(district_);
  declined.set_reason("Đơn vị đang bị thanh tra");
  Happens(declined, "2024-02-22");
  EXPECT_EQ(Titles(officer).size(), 2u) << "a change of mind is told as well";
  EXPECT_THAT(LastBody("INVITATION_ANSWERED"), HasSubstr("Lý do: Đơn vị đang bị thanh tra"));
  EXPECT_THAT(LastBody("INVITATION_ANSWERED"), HasSubstr("Ngày 22/02/2024, UBND xã Đắk Drô"));
}

TEST_F(IntakeTest, ARejectedDossierIsToldWithEveryStandardThatFailed) {
  const std::string officer = AddPerson(dak_dro_, "");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  awards::v1::AwardDossierRejected rejected;
  rejected.set_nomination_id(MakeId());
  rejected.set_plan_id(plan.plan_id());
  rejected.set_unit_id(dak_dro_);
  rejected.set_reason("Không đủ điều kiện");
  auto* failed = rejected.add_failed_standards();
  failed->set_standard_id("S4-21");
  failed->set_text("Thực hiện chế độ báo cáo");
  failed->set_explanation("trễ hạn 2");
  Happens(rejected, "2024-03-01");
  EXPECT_THAT(LastBody("AWARD_DOSSIER_REJECTED"),
              HasSubstr("Tiêu chuẩn không đạt:\n- Thực hiện chế độ báo cáo: trễ hạn 2\n"));
  EXPECT_EQ(Titles(officer).size(), 2u);

  awards::v1::NominationReopened reopened;
  reopened.set_nomination_id(rejected.nomination_id());
  reopened.set_plan_id(plan.plan_id());
  reopened.set_unit_id(dak_dro_);
  reopened.set_award_form("GIAY_KHEN");
  reopened.set_reason("Có văn bản mới");
  Happens(reopened, "2024-03-05");
  EXPECT_THAT(LastBody("NOMINATION_REOPENED"), HasSubstr("đơn vị chưa phải làm gì"));
}

TEST_F(IntakeTest, AnInvitationForAPersonNamesThePerson) {
  const std::string person = AddPerson(dak_dro_, "");
  const auto plan = Plan();
  Happens(plan, "2022-10-14");
  auto invited = Invitation(plan.plan_id());
  invited.set_person_id(person);
  Happens(invited, "2024-02-20");
  const std::string name =
      Column("SELECT full_name FROM contacts WHERE person_id = '" + person + "'").at(0);
  EXPECT_EQ(Titles(person).back(), "Mời lập hồ sơ đề nghị khen thưởng cá nhân: " + name);
  EXPECT_THAT(LastBody("INDIVIDUAL_INVITED"), HasSubstr("Hạn nộp: 15/03/2024"));
  invited.set_nomination_id(MakeId());
  invited.set_person_id(MakeId());
  Happens(invited, "2024-02-20");
  EXPECT_THAT(LastBody("INDIVIDUAL_INVITED"), HasSubstr("một cá nhân của đơn vị được chọn"))
      << "one not heard of yet holds nothing up";
}

TEST_F(IntakeTest, RankingAndRevocationAreTold) {
  const std::string officer = AddPerson(dak_dro_, "");
  scoring::v1::RankingPublished ranking;
  ranking.set_publication_id(MakeId());
  ranking.set_year(2023);
  ranking.set_publish_date("2024-02-10");
  auto* first = ranking.add_units();
  first->set_unit_id(dak_dro_);
  first->set_rank(1);
  first->set_previous_rank(3);
  first->set_points("91.5");
  first->set_max_points("100");
  first->set_index_percent("91.50");
  first->set_band("Xuất sắc");
  ranking.add_units()->set_unit_id(nam_da_);  // not ranked
  const auto event = Happens(ranking, "2024-02-10");
  ASSERT_TRUE(Deliver(event).ok());
  EXPECT_THAT(Titles(officer),
              ElementsAre("Công bố xếp hạng cải cách hành chính năm 2023: đơn vị xếp thứ 1/1"));
  EXPECT_THAT(LastBody("RANKING_PUBLISHED"), HasSubstr("tăng 2 bậc so với năm trước (hạng 3)"));
  EXPECT_THAT(LastBody("RANKING_PUBLISHED"), HasSubstr("Chỉ số: 91,50% (91,5/100 điểm)"));
  EXPECT_EQ(Count("notices"), 1);

  awards::v1::CertificateRevoked revoked;
  revoked.set_certificate_code("KN-2024-0001");
  revoked.set_unit_id(dak_dro_);
  revoked.set_reason("Kê khai sai");
  revoked.set_revoke_date("2024-05-01");
  revoked.set_award_form("GIAY_KHEN");
  revoked.set_document_number("300/QĐ-UBND");
  revoked.set_document_date("2024-04-29");
  Happens(revoked, "2024-05-01");
  EXPECT_EQ(Titles(officer).back(), "Thu hồi Giấy khen (mã KN-2024-0001)");
  EXPECT_THAT(
      LastBody("CERTIFICATE_REVOKED"),
      HasSubstr("\nGiấy khen (mã KN-2024-0001) bị thu hồi từ ngày 01/05/2024 theo Quyết định "
                "số 300/QĐ-UBND ngày 29/04/2024.\n"));
}

TEST_F(IntakeTest, ARevokedCertificatesPrizeIsToldToBeWithdrawn) {
  AddPerson(dak_dro_, "vp@krongno.example");
  awards::v1::CertificateRevoked revoked = Revocation();
  revoked.set_award_form("GIAY_KHEN");
  revoked.set_document_number("300/QĐ-UBND");
  revoked.set_document_date("2024-04-29");
  revoked.set_prize_withdrawn_vnd(1080000);
  Happens(revoked, "2024-05-01");
  EXPECT_THAT(LastBody("CERTIFICATE_REVOKED"),
              HasSubstr("số 300/QĐ-UBND ngày 29/04/2024. Tiền thưởng kèm theo (1.080.000 đồng) "
                        "cũng bị thu hồi.\n\nLý do"));
}

TEST_F(IntakeTest, ARevokedCertificateOfAPersonIsToldWithTheName) {
  const std::string officer = AddPerson(dak_dro_, "vp@krongno.example");
  awards::v1::CertificateRevoked revoked = Revocation();
  revoked.set_award_form("GIAY_KHEN");
  const auto holder = Newcomer();
  revoked.set_person_id(holder.person_id());
  Happens(holder, "2024-04-01");
  Happens(revoked, "2024-05-01");
  EXPECT_EQ(Titles(officer).back(), "Thu hồi Giấy khen (mã KN-2024-0009) của Công chức mới");
  revoked.set_certificate_code("KN-2024-0010");
  revoked.set_person_id(MakeId());
  Happens(revoked, "2024-05-01");
  EXPECT_EQ(Titles(officer).back(),
            "Thu hồi Giấy khen (mã KN-2024-0010) của một cá nhân của đơn vị");
}

TEST_F(IntakeTest, R_NOT_51_APersonLearnedOfLaterGetsWhatThePostCovers) {
  Happens(Plan(), "2022-10-14");
  EXPECT_EQ(Count("inbox_items"), 0);
  const std::string late = AddPerson(dak_dro_, "vp@krongno.example", "2022-10-20");
  EXPECT_EQ(Titles(late).size(), 1u);
  EXPECT_EQ(Count("deliveries"), 1);
  EXPECT_EQ(EventCount("NoticesBackfilled"), 1);
  const std::string too_late = AddPerson(dak_dro_, "vp2@krongno.example", "2022-12-20");
  EXPECT_EQ(Titles(too_late).size(), 0u);
}

// Feeds of two producers are applied at the same time: whoever comes second sees the other.
TEST_F(IntakeTest, R_NOT_51_APersonLearnedOfWhileTheNoticeIsMadeGetsIt) {
  const auto person = Newcomer();
  AtOnce(EventOf(Revocation(), "2024-05-01"), EventOf(person, "2024-05-01"));
  EXPECT_EQ(Titles(person.person_id()).size(), 1u);
  EXPECT_EQ(Count("deliveries"), 1);
}

TEST_F(IntakeTest, R_NOT_50_ANoticeMadeWhileAPersonIsEnteredReachesThem) {
  const auto person = Newcomer();
  AtOnce(EventOf(person, "2024-05-01"), EventOf(Revocation(), "2024-05-01"));
  EXPECT_EQ(Titles(person.person_id()).size(), 1u);
  EXPECT_EQ(Count("deliveries"), 1);
}

// The item's own day says how a person stood then, not when we heard of them.
TEST_F(IntakeTest, R_NOT_51_APersonLearnedOfBySnapshotIsLearnedOfToday) {
  Happens(Plan(), "2022-10-14");
  SetBusinessTime("2022-12-20 09:00");
  const auto late = Newcomer();
  ASSERT_TRUE(Deliver(ItemOf(late, "2022-10-20")).ok());
  EXPECT_EQ(Titles(late.person_id()).size(), 0u) << "history, not news";
  EXPECT_EQ(Count("deliveries"), 0);
  SetBusinessTime("2022-11-10 09:00");
  const auto in_time = Newcomer();
  ASSERT_TRUE(Deliver(ItemOf(in_time, "2022-10-20")).ok());
  EXPECT_EQ(Titles(in_time.person_id()).size(), 1u);
}

// Acts that the feed was never read of: the notice has the day of the act, and who held a post then
// gets it.
TEST_F(IntakeTest, ASnapshotTellsWhatWasNotToldYetByTheDayOfTheAct) {
  SetBusinessTime("2024-06-01 09:00");
  const std::string officer = AddPerson(dak_dro_, "vp@krongno.example");
  const auto plan = Plan();
  ASSERT_TRUE(StartAgain("awards", {ItemOf(Revocation(), "2024-05-01")}).ok());
  Happens(plan, "2022-10-14");
  awards::v1::DecisionIssued decision;
  decision.set_decision_id(MakeId());
  decision.set_plan_id(plan.plan_id());
  decision.set_unit_id(district_);
  decision.set_number("12/QĐ-UBND");
  decision.add_awards()->set_unit_id(dak_dro_);
  const absl::Status told =
      StartAgain("awards", {ItemOf(Invitation(plan.plan_id()), "2024-02-20"),
                            ItemOf(decision, "2024-04-01"), ItemOf(Revocation(), "2024-05-01")});
  ASSERT_TRUE(told.ok()) << told;
  EXPECT_THAT(Column("SELECT CONCAT(kind, ' ', notice_date) FROM notices WHERE unit_id = '" +
                     dak_dro_ + "' ORDER BY notice_date"),
              ElementsAre("PLAN_LAUNCHED 2022-10-14", "NOMINATION_INVITED 2024-02-20",
                          "DECISION_ISSUED 2024-04-01", "CERTIFICATE_REVOKED 2024-05-01"));
  EXPECT_EQ(Titles(officer).size(), 4u);
}

TEST_F(IntakeTest, WhatHasNoDayIsRefused) {
  EXPECT_EQ(platform::ReasonOf(Deliver(ItemOf(Revocation(), ""))), "DATE_MALFORMED");
  EXPECT_EQ(platform::ReasonOf(Deliver(ItemOf(Newcomer(), ""))), "DATE_MALFORMED");
  EXPECT_EQ(Count("notices"), 0);
  EXPECT_EQ(Count("contacts"), 0);
}

TEST_F(IntakeTest, AnAddressThatIsNoneIsToldAndNeverSent) {
  AddPerson(dak_dro_, "khong phai dia chi");
  Happens(Plan(), "2022-10-14");
  EXPECT_THAT(Column("SELECT CONCAT(state, ' ', failure) FROM deliveries"),
              ElementsAre("FAILED ADDRESS_INVALID"));
  EXPECT_EQ(EventCount("DeliveryFailed"), 1);
  EXPECT_EQ(Count("inbox_items"), 1);
}

// A unit merged away since is told by the name it had.
TEST_F(IntakeTest, AUnitThatIsGoneKeepsItsName) {
  const std::string gone = AddUnit("UBND xã cũ", district_, "2024-12-31");
  awards::v1::CertificateRevoked revoked;
  revoked.set_certificate_code("KN-2024-0002");
  revoked.set_unit_id(gone);
  Happens(revoked, "2025-08-01");
  EXPECT_THAT(LastBody("CERTIFICATE_REVOKED"),
              StartsWith("Kính gửi: UBND xã cũ,\n\n"
                         "Chứng nhận khen thưởng (mã KN-2024-0002)"));
}

TEST_F(IntakeTest, AUnitNobodyToldOfYetHoldsTheFeed) {
  awards::v1::CertificateRevoked revoked;
  revoked.set_certificate_code("KN-2024-0003");
  revoked.set_unit_id(MakeId());
  EXPECT_EQ(platform::ReasonOf(Deliver(EventOf(revoked, "2024-05-01"))), "UNKNOWN_UNIT");
  EXPECT_EQ(Count("notices"), 0);
}

}  // namespace
}  // namespace thidua::notify::inbox
