// People: put up, chosen, invited, judged, awarded.
#include <gmock/gmock.h>

#include "awards/nominations/individuals_fixture.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IndividualsTest;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ResultOf;

TEST_F(IndividualsTest, AUnitPutsUpItsPeopleWithASummaryAndNoDossier) {
  v1::NominateIndividualsResponse response;
  ASSERT_TRUE(PutUp(PutUpRequest(), &response).ok());
  ASSERT_EQ(response.nominations_size(), 2);
  const v1::Nomination& first = response.nominations(0);
  EXPECT_EQ(first.subject(), v1::AWARD_SUBJECT_INDIVIDUAL);
  EXPECT_EQ(first.state(), v1::NOMINATION_STATE_NOMINATED);
  EXPECT_EQ(first.person(), PersonName("an"));
  EXPECT_EQ(first.person_name(), "Nguyễn Văn An");
  EXPECT_EQ(first.unit(), UnitName("commune-1"));
  EXPECT_EQ(first.year(), 2023);
  EXPECT_EQ(first.award_form(), "GIAY_KHEN");
  EXPECT_EQ(first.publication(), "");
  EXPECT_EQ(first.nominator(), "person:" + Id("commune"));
  EXPECT_EQ(Count("filings"), "0");
  EXPECT_THAT(EventTypes(), ElementsAre("IndividualNominated", "IndividualNominated"));
  EXPECT_THAT(Payload("IndividualNominated"), HasSubstr(Id("an")));
  EXPECT_THAT(Payload("IndividualNominated"), Not(HasSubstr("Nguyễn")))
      << "names stay out of the feed";
}

TEST_F(IndividualsTest, PeopleOfOthersOtherNamesAndSecondTimesAreRefused) {
  v1::NominateIndividualsResponse response;
  v1::NominateIndividualsRequest request = PutUpRequest();
  AddIndividual("chi", "Lê Thị Chi", &request);
  const grpc::Status of_other = PutUp(request, &response);
  EXPECT_EQ(Reason(of_other), "PERSON_NOT_OF_UNIT");
  EXPECT_THAT(test::Fields(of_other), ElementsAre("individuals[2].person"));
  request = PutUpRequest();
  AddIndividual("nobody at all", "Ai Đó", &request);
  EXPECT_EQ(Reason(PutUp(request, &response)), "PERSON_NOT_OF_UNIT") << "unknown is told alike";
  request = PutUpRequest();
  request.mutable_individuals(1)->set_full_name("Trần Văn Bình");
  EXPECT_EQ(Reason(PutUp(request, &response)), "NAME_DIFFERS_FROM_DIRECTORY");
  request = PutUpRequest();
  request.mutable_individuals(1)->set_full_name(" Trần  Thị Bình ");
  EXPECT_TRUE(PutUp(request, &response).ok()) << "blanks apart it is the same name";
  EXPECT_EQ(Reason(PutUp(PutUpRequest(), &response)), "INDIVIDUAL_NOMINATED");
  EXPECT_EQ(Count("nominations"), "2");
}

TEST_F(IndividualsTest, WhoMayPutUpAndWhoMayChoose) {
  v1::NominateIndividualsResponse response;
  for (const char* who : {"stranger", "officer", "nobody"}) {
    EXPECT_EQ(PutUp(PutUpRequest(), &response, who).error_code(),
              grpc::StatusCode::PERMISSION_DENIED);
  }
  const std::string name = PutUpBoth();
  v1::SelectIndividualsResponse chosen;
  for (const char* who : {"commune", "stranger", "leader"}) {
    EXPECT_EQ(Select({name}, {}, "", &chosen, who).error_code(),
              grpc::StatusCode::PERMISSION_DENIED);
  }
}

// shows: S4-27
TEST_F(IndividualsTest, TheBestAreSelectedAndTheirUnitIsInvitedToFile) {
  const std::string name = PutUpBoth();
  v1::SelectIndividualsResponse chosen;
  EXPECT_EQ(Reason(Select({}, {}, "", &chosen)), "FIELD_REQUIRED");
  EXPECT_EQ(Reason(Select({name}, {name}, "lý do", &chosen)), "NAMED_TWICE");
  EXPECT_EQ(Reason(Select({name}, {other_}, "", &chosen)), "FIELD_REQUIRED");
  v1::Nomination early;
  EXPECT_EQ(Reason(File(Dossier(name), &early)), "NOMINATION_STATE");
  ASSERT_TRUE(Select({name}, {other_}, "Thành tích chưa nổi bật", &chosen).ok());
  ASSERT_EQ(chosen.nominations_size(), 2);
  EXPECT_EQ(chosen.nominations(0).state(), v1::NOMINATION_STATE_SHORTLISTED);
  EXPECT_EQ(chosen.nominations(0).selector(), "person:" + Id("officer"));
  EXPECT_EQ(chosen.nominations(1).state(), v1::NOMINATION_STATE_NOT_SELECTED);
  EXPECT_EQ(chosen.nominations(1).not_selected_reason(), "Thành tích chưa nổi bật");

  v1::InviteUnitsRequest invite;
  invite.add_nominations(name);
  invite.set_request_id(RequestId());
  v1::InviteUnitsResponse invited;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, invite,
                                          &invited, "officer")
                  .ok());
  EXPECT_THAT(Payload("NominationInvited"), HasSubstr(Id("an")));
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  EXPECT_EQ(filed.state(), v1::NOMINATION_STATE_FILED);
}

// shows: S4-25
TEST_F(IndividualsTest, StandardsForPeopleAreDecidedByTheRegisters) {
  const std::string name = InvitedPerson();
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  ASSERT_EQ(filed.standards_check().findings_size(), 3) << "those for people only";
  EXPECT_EQ(ResultOf(filed.standards_check(), "S4-25.1"), v1::STANDARD_RESULT_NOT_KNOWN);

  v1::Classification recorded;
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_COMPLETED, &recorded).ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-25.1"), v1::STANDARD_RESULT_NOT_MET);
  ASSERT_TRUE(Classify("an", v1::CLASSIFICATION_LEVEL_GOOD, &recorded).ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-25.1"), v1::STANDARD_RESULT_MET);

  v1::CreateInitiativeRequest create;
  create.mutable_initiative()->set_unit(UnitName("commune-1"));
  create.mutable_initiative()->set_title("Một cửa lưu động");
  create.mutable_initiative()->set_kind(v1::INITIATIVE_KIND_GENERAL);
  create.mutable_initiative()->set_year(2023);
  create.mutable_initiative()->set_summary("Nhận hồ sơ tại thôn");
  create.mutable_initiative()->add_authors(PersonName("binh"));
  create.mutable_initiative()->add_authors(PersonName("an"));
  create.set_request_id(RequestId());
  v1::Initiative made;
  ASSERT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::CreateInitiative, create,
                                          &made, "commune")
                  .ok());
  EXPECT_THAT(made.authors(), ElementsAre(PersonName("binh"), PersonName("an")));
  EXPECT_EQ(ResultOf(Check(name), "S4-25.2"), v1::STANDARD_RESULT_NOT_MET)
      << "registered, not recognised";
  v1::RecogniseInitiativeRequest recognise;
  recognise.set_name(made.name());
  recognise.mutable_recognition()->set_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
  recognise.mutable_recognition()->set_document_number("45/QĐ-UBND");
  recognise.mutable_recognition()->set_date("2023-11-01");
  recognise.mutable_recognition()->set_file(Upload("commune-1", "commune", "quyết định"));
  recognise.set_request_id(RequestId());
  ASSERT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::RecogniseInitiative,
                                          recognise, &made, "officer")
                  .ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-25.2"), v1::STANDARD_RESULT_MET) << "as co-author";
  ASSERT_TRUE(Confirm(name, "S4-25.3", v1::STANDARD_RESULT_MET).ok());
  EXPECT_EQ(Reason(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET)), "STANDARD_NOT_IN_PLAN")
      << "a standard of units";
  ASSERT_TRUE(Appraise(name, "").ok()) << "all is known";
}

TEST_F(IndividualsTest, WhoPutUpAPersonDoesNotChooseAndNobodyTheOwnOne) {
  const std::string name = PutUpBoth();
  v1::SelectIndividualsRequest request;
  request.add_selected(name);
  request.set_request_id(RequestId());
  const auto as = [&](const std::string& who) {
    const auto stub = v1::NominationService::NewStub(server_->channel());
    const auto context = test::WithToken(
        keys_->Token("person:" + Id(who), {{Id("district"), {"awards.nominations.*"}}}));
    v1::SelectIndividualsResponse response;
    return stub->SelectIndividuals(context.get(), request, &response);
  };
  EXPECT_EQ(Reason(as("commune")), "FILER_CANNOT_APPRAISE");
  EXPECT_EQ(Reason(as("an")), "OWN_PERSON");
  EXPECT_TRUE(as("somebody else").ok());
}

TEST_F(IndividualsTest, AMemberHasNoVoteOnTheOwnPersonOrUnit) {
  AddPerson("member-2", "commune-1", "Phạm Văn Hai");
  v1::NominateIndividualsRequest put_up = PutUpRequest();
  put_up.mutable_individuals()->RemoveLast();
  AddPerson("member-3", "district", "Vũ Thị Ba");
  v1::NominateIndividualsResponse response;
  ASSERT_TRUE(PutUp(put_up, &response).ok());
  const std::string name = response.nominations(0).name();
  v1::SelectIndividualsResponse chosen;
  ASSERT_TRUE(Select({name}, {}, "", &chosen).ok());
  v1::InviteUnitsRequest invite;
  invite.add_nominations(name);
  invite.set_request_id(RequestId());
  v1::InviteUnitsResponse invited;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, invite,
                                          &invited, "officer")
                  .ok());
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  ASSERT_TRUE(Appraise(name, "Chưa có nguồn dữ liệu").ok());
  v1::CreateCouncilRequest council_request = CouncilRequest();
  council_request.mutable_council()->mutable_members(3)->set_person(PersonName("an"));
  v1::Council council;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::CreateCouncil, council_request,
                                       &council, "officer")
                  .ok());
  // Even with a post that has moved elsewhere since.
  AddPerson("an", "district", "Nguyễn Văn An");
  v1::OpenBallotRequest open;
  open.set_council(council.name());
  open.set_nomination(name);
  open.set_request_id(RequestId());
  v1::Ballot ballot;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, open, &ballot, "officer")
          .ok());
  std::vector<std::string> without_vote;
  for (const auto& member : ballot.members()) {
    if (member.conflict_of_interest()) without_vote.push_back(member.person());
  }
  EXPECT_THAT(without_vote, ElementsAre(PersonName("member-2"), PersonName("an")));
}

// shows: S4-27
TEST_F(IndividualsTest, APersonIsDecidedOnAndGetsACertificate) {
  const std::string name = CarriedPerson();
  const v1::Decision draft = DraftOf({name});
  ASSERT_EQ(draft.awards_size(), 1);
  EXPECT_EQ(draft.awards(0).person(), PersonName("an"));
  v1::Decision issued;
  const grpc::Status status = Issue(IssueRequest(draft), &issued);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::Award& award = issued.awards(0);
  EXPECT_EQ(award.person_name(), "Nguyễn Văn An");
  EXPECT_EQ(award.person_position(), "Công chức Văn phòng - Thống kê");
  EXPECT_EQ(award.unit_name(), "UBND xã commune-1");
  EXPECT_THAT(Payload("DecisionIssued"), HasSubstr(Id("an")));

  v1::VerifyCertificateRequest verify;
  verify.set_code(award.certificate_code());
  v1::CertificateVerification verification;
  ASSERT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::VerifyCertificate, verify,
                                           &verification, "")
                  .ok());
  EXPECT_EQ(verification.person_name(), "Nguyễn Văn An");
  EXPECT_EQ(verification.unit_name(), "UBND xã commune-1");
  EXPECT_EQ(verification.publication(), "");
  v1::GetCertificateRequest get;
  get.set_name(award.certificate());
  v1::Certificate certificate;
  ASSERT_TRUE(Call<v1::CertificateService>(&v1::CertificateService::Stub::GetCertificate, get,
                                           &certificate, "admin")
                  .ok());
  EXPECT_EQ(certificate.person(), PersonName("an"));
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_DECIDED);

  v1::RevokeCertificateRequest revoke;
  revoke.set_name(certificate.name());
  revoke.set_reason("Kê khai thành tích không đúng");
  revoke.set_document_number("130/QĐ-UBND");
  revoke.set_document_date(issued.issue_date());
  revoke.set_etag(certificate.etag());
  revoke.set_request_id(RequestId());
  const grpc::Status revoked = Call<v1::CertificateService>(
      &v1::CertificateService::Stub::RevokeCertificate, revoke, &certificate, "leader");
  ASSERT_TRUE(revoked.ok()) << revoked.error_message();
  EXPECT_THAT(Payload("CertificateRevoked"), HasSubstr("\"person_id\":\"" + Id("an")));
}

// R-AWD-21, R-AWD-29: whoever chose among people files for none of them, whatever comes between.
TEST_F(IndividualsTest, WhoPutUpDoesNotReopenAndWhoSelectedDoesNotFile) {
  v1::NominateIndividualsResponse put_up;
  ASSERT_TRUE(PutUp(PutUpRequest(), &put_up, "admin").ok());
  const std::string chosen = put_up.nominations(0).name();
  const std::string passed_over = put_up.nominations(1).name();
  v1::SelectIndividualsResponse selection;
  ASSERT_TRUE(Select({chosen}, {passed_over}, "Chỉ chọn một người", &selection).ok());
  const auto reopen = [&](const std::string& name, const std::string& deadline,
                          const std::string& who) {
    v1::ReopenNominationRequest request;
    request.set_name(name);
    request.set_reason("Xét lại theo đơn của xã");
    request.set_filing_deadline(deadline);
    request.set_request_id(RequestId());
    v1::Nomination nomination;
    return Call<v1::NominationService>(&v1::NominationService::Stub::ReopenNomination, request,
                                       &nomination, who);
  };
  EXPECT_EQ(Reason(reopen(passed_over, "", "admin")), "FILER_CANNOT_APPRAISE");
  EXPECT_TRUE(reopen(passed_over, "", "officer").ok());

  v1::InviteUnitsRequest invite;
  invite.add_nominations(chosen);
  invite.set_filing_deadline("2024-02-15");
  invite.set_request_id(RequestId());
  v1::InviteUnitsResponse invited;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, invite,
                                          &invited, "officer")
                  .ok());
  SetToday(absl::CivilDay(2024, 2, 16));
  ASSERT_TRUE(reopen(chosen, "2024-02-28", "officer").ok());
  // The officer works for the commune by now.
  const auto file = [&](const std::string& who) {
    const auto stub = v1::NominationService::NewStub(server_->channel());
    const auto context = test::WithToken(
        keys_->Token("person:" + Id(who), {{Id("commune-1"), {"awards.dossiers.file"}}}));
    v1::Nomination filed;
    return stub->FileAwardDossier(context.get(), Dossier(chosen), &filed);
  };
  EXPECT_EQ(Reason(file("officer")), "SEPARATION_OF_DUTIES");
  EXPECT_TRUE(file("commune").ok());
}

// R-AWD-15
TEST_F(IndividualsTest, WhoIsNominatedDoesNotHandleTheBallot) {
  const std::string name = AppraisedPerson();
  const auto stub = v1::CouncilService::NewStub(server_->channel());
  const std::string own = keys_->Token(
      "person:" + Id("an"),
      {{Id("district"), {"awards.councils.*", "awards.nominations.*", "awards.ballots.*"}}});
  v1::OpenBallotRequest open;
  open.set_council(Council().name());
  open.set_nomination(name);
  open.set_request_id(RequestId());
  v1::Ballot ballot;
  EXPECT_EQ(Reason(stub->OpenBallot(test::WithToken(own).get(), open, &ballot)), "OWN_PERSON");
  open.set_request_id(RequestId());
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, open, &ballot, "officer")
          .ok());
  v1::CloseBallotRequest close;
  close.set_name(ballot.name());
  close.mutable_minutes()->set_meeting_date("2024-02-01");
  close.set_request_id(RequestId());
  v1::Ballot closed;
  EXPECT_EQ(Reason(stub->CloseBallot(test::WithToken(own).get(), close, &closed)), "OWN_PERSON");
}

TEST_F(IndividualsTest, ReadingNamesLeavesOneEntryACall) {
  const std::string name = PutUpBoth();
  EXPECT_EQ(Count("events WHERE type = 'thidua.awards.v1.PersonalDataRead'"), "0");
  GetNomination(name);
  EXPECT_EQ(Count("events WHERE type = 'thidua.awards.v1.PersonalDataRead'"), "1");
  v1::ListNominationsRequest list;
  v1::ListNominationsResponse listed;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ListNominations, list,
                                          &listed, "officer")
                  .ok());
  EXPECT_EQ(listed.nominations_size(), 2);
  EXPECT_EQ(Count("events WHERE type = 'thidua.awards.v1.PersonalDataRead'"), "2");
  list.set_subject(v1::AWARD_SUBJECT_COLLECTIVE);
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ListNominations, list,
                                          &listed, "officer")
                  .ok());
  EXPECT_THAT(listed.nominations(), IsEmpty());
  EXPECT_EQ(Count("events WHERE type = 'thidua.awards.v1.PersonalDataRead'"), "2")
      << "nobody was shown";
}

TEST_F(IndividualsTest, WhatWaitsForTheCoordinatorIncludesPeople) {
  PutUpBoth();
  v1::ListPendingWorkRequest request;
  v1::ListPendingWorkResponse response;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ListPendingWork, request,
                                          &response, "officer")
                  .ok());
  ASSERT_EQ(response.work_size(), 2);
  EXPECT_EQ(response.work(0).kind(), v1::PENDING_WORK_KIND_SELECTION);
  EXPECT_EQ(response.work(0).person(), PersonName("an"));
}

}  // namespace
}  // namespace thidua::awards::nominations
