#include <gmock/gmock.h>

#include "awards/nominations/service_fixture.h"
#include "platform/hash.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::NominationServiceTest;
using testing::ResultOf;

// shows: S4-26
TEST_F(NominationServiceTest, UnitsOfTheBandAreShortlistedFromThePublishedRanking) {
  v1::ShortlistUnitsResponse response;
  ASSERT_TRUE(Shortlist(ShortlistRequest(), &response).ok());
  ASSERT_EQ(response.nominations_size(), 2);
  const v1::Nomination& first = response.nominations(0);
  EXPECT_EQ(first.unit(), UnitName("commune-1"));
  EXPECT_EQ(first.state(), v1::NOMINATION_STATE_SHORTLISTED);
  EXPECT_EQ(first.rank(), 1);
  EXPECT_EQ(first.band(), "Xuất sắc");
  EXPECT_EQ(first.year(), 2023);
  EXPECT_EQ(first.award_form(), "GIAY_KHEN");
  EXPECT_EQ(first.publication_sha256(), platform::Sha256Hex("snapshot"));
  EXPECT_THAT(EventTypes(), ElementsAre("NominationShortlisted", "NominationShortlisted"));

  // Again: nobody is nominated twice.
  v1::ShortlistUnitsResponse again;
  ASSERT_TRUE(Shortlist(ShortlistRequest(), &again).ok());
  EXPECT_EQ(again.nominations_size(), 0);
  EXPECT_EQ(again.already_nominated_size(), 2);
  EXPECT_EQ(Count("nominations"), "2");
}

TEST_F(NominationServiceTest, ARepeatedRequestIsAnsweredAsBefore) {
  const v1::ShortlistUnitsRequest request = ShortlistRequest();
  v1::ShortlistUnitsResponse first, second;
  ASSERT_TRUE(Shortlist(request, &first).ok());
  ASSERT_TRUE(Shortlist(request, &second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  v1::ShortlistUnitsRequest other = request;
  other.add_units(UnitName("commune-1"));
  EXPECT_EQ(Reason(Shortlist(other, &second)), "REQUEST_ID_REUSED");
}

TEST_F(NominationServiceTest, AValidationKeepsNothing) {
  v1::ShortlistUnitsRequest request = ShortlistRequest();
  request.set_validate_only(true);
  v1::ShortlistUnitsResponse response;
  ASSERT_TRUE(Shortlist(request, &response).ok());
  EXPECT_EQ(response.nominations_size(), 2);
  EXPECT_EQ(Count("nominations"), "0");
  EXPECT_THAT(EventTypes(), IsEmpty());
}

// shows: S4-16
TEST_F(NominationServiceTest, WhatThePlanDoesNotAllowIsRefused) {
  v1::ShortlistUnitsResponse response;
  v1::ShortlistUnitsRequest request = ShortlistRequest();
  request.set_award_form("BANG_KHEN");
  EXPECT_EQ(Reason(Shortlist(request, &response)), "AWARD_FORM_NOT_ALLOWED");
  request = ShortlistRequest();
  request.add_units(UnitName("commune-3"));
  const grpc::Status not_in_band = Shortlist(request, &response);
  EXPECT_EQ(Reason(not_in_band), "UNIT_NOT_IN_BAND");
  EXPECT_THAT(test::Fields(not_in_band), ElementsAre("units[0]"));
  request = ShortlistRequest();
  request.set_plan("plans/" + Id("unknown plan"));
  EXPECT_EQ(Reason(Shortlist(request, &response, "admin")), "PLAN_NOT_FOUND");
  request = ShortlistRequest();
  request.set_publication("publications/" + Id("unknown publication"));
  EXPECT_EQ(Reason(Shortlist(request, &response)), "PUBLICATION_NOT_FOUND");
  request = ShortlistRequest();
  request.set_plan("khong-dung-dang");
  EXPECT_EQ(Reason(Shortlist(request, &response)), "NAME_MALFORMED");
}

TEST_F(NominationServiceTest, ACorrectedRankingIsNoLongerChosenFrom) {
  scoring::v1::RankingPublished correction = Ranking();
  correction.set_publication_id(Id("correction"));
  correction.set_corrects_publication_id(Id("publication"));
  Apply(correction);
  v1::ShortlistUnitsResponse response;
  EXPECT_EQ(Reason(Shortlist(ShortlistRequest(), &response)), "PUBLICATION_CORRECTED");
  v1::ShortlistUnitsRequest request = ShortlistRequest();
  request.set_publication("publications/" + Id("correction"));
  EXPECT_TRUE(Shortlist(request, &response).ok());
}

TEST_F(NominationServiceTest, RightsAreAskedForAtTheCoordinatorAndAtTheUnit) {
  v1::ShortlistUnitsResponse response;
  EXPECT_EQ(Shortlist(ShortlistRequest(), &response, "commune").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Shortlist(ShortlistRequest(), &response, "").error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  const v1::Nomination invited = Invited();
  v1::Nomination filed;
  EXPECT_EQ(File(Dossier(invited.name()), &filed, "stranger").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  v1::GetNominationRequest get;
  get.set_name(invited.name());
  v1::Nomination nomination;
  const auto read = [&](const std::string& who) {
    return Call<v1::NominationService>(&v1::NominationService::Stub::GetNomination, get,
                                       &nomination, who);
  };
  EXPECT_TRUE(read("commune").ok());
  EXPECT_TRUE(read("leader").ok());
  EXPECT_EQ(read("stranger").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(read("nobody").error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

// shows: S4-15
TEST_F(NominationServiceTest, AnInvitationAfterThePlansPeriodIsPointedOut) {
  v1::InviteUnitsRequest request;
  request.add_nominations(Shortlisted().name());
  request.set_filing_deadline("2024-01-31");
  request.set_request_id(RequestId());
  v1::InviteUnitsResponse response;
  const auto invite = [&] {
    return Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, request,
                                       &response, "officer");
  };
  EXPECT_EQ(Reason(invite()), "DEADLINE_PAST");
  request.set_filing_deadline("2024-02-30");
  EXPECT_EQ(Reason(invite()), "DATE_IMPOSSIBLE");
  request.set_filing_deadline("2024-02-15");
  ASSERT_TRUE(invite().ok());
  ASSERT_EQ(response.warnings_size(), 1);
  EXPECT_EQ(response.warnings(0).reason(), "FILING_AFTER_PLAN_PERIOD");
  EXPECT_THAT(response.warnings(0).text_vi(), HasSubstr("31/12/2023"));
  EXPECT_EQ(response.nominations(0).state(), v1::NOMINATION_STATE_INVITED);
  EXPECT_THAT(EventTypes(), ElementsAre("NominationShortlisted", "NominationInvited"));
  request.set_request_id(RequestId());
  const grpc::Status twice = invite();
  EXPECT_EQ(Reason(twice), "NOMINATION_STATE");
  EXPECT_THAT(twice.error_message(),
              HasSubstr("legal moves: AcceptInvitation, DeclineInvitation, FileAwardDossier"));
}

// shows: S4-28
TEST_F(NominationServiceTest, ADossierHoldsThreeDocumentsAndOneSetOfOriginals) {
  const std::string name = Invited().name();
  v1::Nomination filed;
  v1::FileAwardDossierRequest request = Dossier(name);
  request.mutable_documents()->RemoveLast();
  EXPECT_EQ(Reason(File(request, &filed)), "DOCUMENT_MISSING");
  request = Dossier(name);
  request.set_original_sets(2);
  EXPECT_EQ(Reason(File(request, &filed)), "ORIGINAL_SETS");
  request = Dossier(name);
  request.mutable_documents(1)->set_file(Upload("commune-2", "stranger", "của đơn vị khác"));
  EXPECT_EQ(Reason(File(request, &filed)), "FILE_OF_OTHER_UNIT");
  request.mutable_documents(1)->set_file("files/" + Id("no such file"));
  EXPECT_EQ(Reason(File(request, &filed)), "FILE_NOT_FOUND");
  EXPECT_EQ(Count("filings"), "0");

  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  EXPECT_EQ(filed.state(), v1::NOMINATION_STATE_FILED);
  ASSERT_EQ(filed.filings_size(), 1);
  EXPECT_EQ(filed.filings(0).filing_number(), 1);
  EXPECT_EQ(filed.filings(0).documents_size(), 3);
  EXPECT_EQ(filed.filings(0).original_sets(), 1);
  EXPECT_FALSE(filed.filings(0).late());
  EXPECT_EQ(filed.standards_check().stage(), v1::CHECK_STAGE_SUBMISSION);
  EXPECT_EQ(filed.standards_check().findings_size(), 5);
}

// shows: S2-09
TEST_F(NominationServiceTest, AReturnedDossierIsFiledAgain) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Return(name).ok());
  const v1::Nomination returned = GetNomination(name);
  EXPECT_EQ(returned.state(), v1::NOMINATION_STATE_RETURNED);
  EXPECT_EQ(returned.filings(0).return_reason(), "Báo cáo thành tích chưa nêu số liệu");
  EXPECT_EQ(returned.filings(0).return_date(), "2024-02-01");
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "NOMINATION_STATE");
  EXPECT_EQ(Reason(Return(name)), "NOMINATION_STATE");

  SetToday(absl::CivilDay(2024, 2, 16));  // a day after the deadline
  v1::Nomination again;
  ASSERT_TRUE(File(Dossier(name), &again).ok());
  ASSERT_EQ(again.filings_size(), 2);
  EXPECT_EQ(again.filings(1).filing_number(), 2);
  EXPECT_TRUE(again.filings(1).late());
  EXPECT_EQ(again.filings(1).return_reason(), "");
  EXPECT_THAT(EventTypes(),
              ElementsAre("NominationShortlisted", "NominationInvited", "AwardDossierFiled",
                          "AwardDossierReturned", "AwardDossierFiled"));
}

// Somebody of the district who holds the right to file for every commune as well.
class OneWithBothRightsTest : public NominationServiceTest {
 protected:
  template <class Req, class Res>
  grpc::Status CallAs(const std::string& who,
                      grpc::Status (v1::NominationService::Stub::*method)(grpc::ClientContext*,
                                                                          const Req&, Res*),
                      const Req& request) {
    auto stub = v1::NominationService::NewStub(server_->channel());
    auto context = test::WithToken(keys_->Token(
        "person:" + Id(who),
        {{Id("district"), {"awards.dossiers.file", "awards.nominations.*", "awards.files.*"}}}));
    Res response;
    return (stub.get()->*method)(context.get(), request, &response);
  }
  grpc::Status FileAs(const std::string& who, const std::string& name) {
    return CallAs(who, &v1::NominationService::Stub::FileAwardDossier, Dossier(name));
  }
  grpc::Status ReturnAs(const std::string& who, const std::string& name) {
    v1::ReturnAwardDossierRequest request;
    request.set_name(name);
    request.set_reason("Báo cáo thành tích chưa nêu số liệu");
    request.set_request_id(RequestId());
    return CallAs(who, &v1::NominationService::Stub::ReturnAwardDossier, request);
  }
  grpc::Status ConfirmAs(const std::string& who, const std::string& name) {
    v1::ConfirmStandardRequest request;
    request.set_name(name);
    request.set_standard_id("S4-17");
    request.set_result(v1::STANDARD_RESULT_MET);
    request.set_file(Upload("room", "officer", "văn bản xác nhận"));
    request.set_note("Theo văn bản kèm theo");
    request.set_request_id(RequestId());
    return CallAs(who, &v1::NominationService::Stub::ConfirmStandard, request);
  }
};

TEST_F(OneWithBothRightsTest, WhoFiledDoesNotAppraise) {
  const std::string name = Invited().name();
  ASSERT_TRUE(FileAs("officer", name).ok());
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "FILER_CANNOT_APPRAISE");
  EXPECT_EQ(Reason(ReturnAs("officer", name)), "FILER_CANNOT_APPRAISE");
  EXPECT_EQ(Reason(ConfirmAs("officer", name)), "FILER_CANNOT_APPRAISE");
}

TEST_F(OneWithBothRightsTest, WhoReturnedOrConfirmedDoesNotFile) {
  const std::string name = Filed().name();
  ASSERT_TRUE(ReturnAs("first returner", name).ok());
  const grpc::Status refused = FileAs("first returner", name);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Reason(refused), "SEPARATION_OF_DUTIES");
  v1::Nomination again;
  ASSERT_TRUE(File(Dossier(name), &again).ok());
  ASSERT_TRUE(ConfirmAs("confirmer", name).ok());
  ASSERT_TRUE(ReturnAs("second returner", name).ok());
  EXPECT_EQ(Reason(FileAs("confirmer", name)), "SEPARATION_OF_DUTIES");
  EXPECT_EQ(Reason(FileAs("second returner", name)), "SEPARATION_OF_DUTIES");
  EXPECT_EQ(Reason(FileAs("first returner", name)), "SEPARATION_OF_DUTIES");
  EXPECT_EQ(GetNomination(name).filings_size(), 2) << "what was refused left nothing";
  EXPECT_TRUE(FileAs("somebody else", name).ok());
}

TEST_F(NominationServiceTest, ListsShowWhatTheCallerMaySeeInPages) {
  v1::ShortlistUnitsResponse response;
  ASSERT_TRUE(Shortlist(ShortlistRequest(), &response).ok());
  v1::ListNominationsRequest list;
  v1::ListNominationsResponse page;
  const auto read = [&](const std::string& who) {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ListNominations, list, &page,
                                       who);
  };
  ASSERT_TRUE(read("commune").ok());
  ASSERT_EQ(page.nominations_size(), 1);
  EXPECT_EQ(page.nominations(0).unit(), UnitName("commune-1"));
  list.set_page_size(1);
  ASSERT_TRUE(read("officer").ok());
  ASSERT_EQ(page.nominations_size(), 1);
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(read("officer").ok());
  ASSERT_EQ(page.nominations_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  list.set_state(v1::NOMINATION_STATE_INVITED);
  EXPECT_EQ(Reason(read("officer")), "PAGE_TOKEN_MISMATCH");
  list.clear_page_token();
  ASSERT_TRUE(read("officer").ok());
  EXPECT_EQ(page.nominations_size(), 0);
}

}  // namespace
}  // namespace thidua::awards::nominations
