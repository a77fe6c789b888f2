#include <gmock/gmock.h>

#include "platform/hash.h"
#include "support/awards/fixture.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NominationServiceTest : public AwardsTest {
 protected:
  grpc::Status Shortlist(const v1::ShortlistUnitsRequest& request,
                         v1::ShortlistUnitsResponse* response, const std::string& who = "officer") {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ShortlistUnits, request,
                                       response, who);
  }
  v1::ShortlistUnitsRequest ShortlistRequest() {
    v1::ShortlistUnitsRequest request;
    request.set_plan("plans/" + Id("plan"));
    request.set_publication("publications/" + Id("publication"));
    request.set_request_id(RequestId());
    return request;
  }
  grpc::Status File(const v1::FileAwardDossierRequest& request, v1::Nomination* filed,
                    const std::string& who = "commune") {
    return Call<v1::NominationService>(&v1::NominationService::Stub::FileAwardDossier, request,
                                       filed, who);
  }
  grpc::Status Return(const std::string& name, const std::string& who = "officer") {
    v1::ReturnAwardDossierRequest request;
    request.set_name(name);
    request.set_reason("Báo cáo thành tích chưa nêu số liệu");
    request.set_request_id(RequestId());
    v1::Nomination returned;
    return Call<v1::NominationService>(&v1::NominationService::Stub::ReturnAwardDossier, request,
                                       &returned, who);
  }
  grpc::Status Appraise(const std::string& name, const std::string& reason,
                        const std::string& who = "officer") {
    v1::AppraiseAwardDossierRequest request;
    request.set_name(name);
    request.set_unknown_standards_reason(reason);
    request.set_request_id(RequestId());
    v1::Nomination appraised;
    return Call<v1::NominationService>(&v1::NominationService::Stub::AppraiseAwardDossier, request,
                                       &appraised, who);
  }
  grpc::Status Confirm(const std::string& name, const std::string& standard,
                       v1::StandardResult result, const std::string& covers_until = "",
                       const std::string& who = "officer") {
    v1::ConfirmStandardRequest request;
    request.set_name(name);
    request.set_standard_id(standard);
    request.set_result(result);
    request.set_file(Upload("room", "officer", "văn bản xác nhận " + standard));
    request.set_note("Theo văn bản kèm theo");
    request.set_covers_until(covers_until);
    request.set_request_id(RequestId());
    v1::StandardConfirmation confirmation;
    return Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, request,
                                       &confirmation, who);
  }
  v1::StandardsCheck Check(const std::string& name) {
    v1::CheckStandardsRequest request;
    request.set_name(name);
    request.set_request_id(RequestId());
    v1::StandardsCheck check;
    const grpc::Status status = Call<v1::NominationService>(
        &v1::NominationService::Stub::CheckStandards, request, &check, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return check;
  }
};

v1::StandardResult ResultOf(const v1::StandardsCheck& check, const std::string& id) {
  for (const auto& finding : check.findings()) {
    if (finding.standard_id() == id) return finding.result();
  }
  return v1::STANDARD_RESULT_UNSPECIFIED;
}

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
  EXPECT_THAT(twice.error_message(), HasSubstr("legal moves: FileAwardDossier"));
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

// shows: S4-20
// shows: S4-21
// shows: S4-23
TEST_F(NominationServiceTest, EachStandardIsAnsweredWithItsSource) {
  campaign::v1::PeriodicReportRecorded report;
  report.set_record_id("record-1");
  report.set_plan_id(Id("plan"));
  report.set_unit_id(Id("commune-1"));
  report.set_period("2023-H1");
  report.set_due_date("2023-06-20");
  report.set_filed_date("2023-06-20");
  Apply(report);
  const std::string name = Filed().name();
  v1::StandardsCheck check = Check(name);
  EXPECT_EQ(check.number(), 2);
  EXPECT_EQ(check.as_of_date(), "2024-02-01");
  EXPECT_EQ(ResultOf(check, "S4-17"), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(ResultOf(check, "S4-20"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-21"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-23"), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(check.findings(1).source(), v1::STANDARD_SOURCE_RANKING);
  EXPECT_THAT(check.findings(1).source_refs(), ElementsAre(platform::Sha256Hex("snapshot")));
  EXPECT_EQ(check.findings(2).source(), v1::STANDARD_SOURCE_REPORTS);
  EXPECT_THAT(check.findings(2).source_refs(), ElementsAre("record-1"));
  EXPECT_EQ(check.findings(0).source(), v1::STANDARD_SOURCE_UNSPECIFIED);

  // The report turns out to have come late: the record is sent again as a whole.
  report.set_filed_date("2023-06-21");
  Apply(report);
  EXPECT_EQ(ResultOf(Check(name), "S4-21"), v1::STANDARD_RESULT_NOT_MET);

  v1::ListStandardsChecksRequest list;
  list.set_name(name);
  list.set_page_size(2);
  v1::ListStandardsChecksResponse page;
  const auto read = [&] {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ListStandardsChecks, list,
                                       &page, "commune");
  };
  ASSERT_TRUE(read().ok());
  ASSERT_EQ(page.checks_size(), 2);
  EXPECT_EQ(page.checks(0).number(), 3);
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(read().ok());
  ASSERT_EQ(page.checks_size(), 1);
  EXPECT_EQ(page.checks(0).stage(), v1::CHECK_STAGE_SUBMISSION);
  EXPECT_EQ(page.next_page_token(), "");
}

// shows: S4-17
// shows: S4-24
TEST_F(NominationServiceTest, APersonConfirmsWithEvidenceUpToADay) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-17", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2023-11-30").ok());
  v1::StandardsCheck check = Check(name);
  EXPECT_EQ(ResultOf(check, "S4-17"), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(ResultOf(check, "S4-24"), v1::STANDARD_RESULT_NOT_KNOWN);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2023-12-31").ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-24"), v1::STANDARD_RESULT_MET);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  EXPECT_EQ(ResultOf(Check(name), "S4-24"), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(Reason(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET, "2024-02-02")),
            "DATE_IN_FUTURE");
  EXPECT_EQ(Reason(Confirm(name, "S4-99", v1::STANDARD_RESULT_MET)), "STANDARD_NOT_IN_PLAN");
  EXPECT_EQ(Reason(Confirm(name, "S4-17", v1::STANDARD_RESULT_NOT_KNOWN)), "RESULT_NOT_SAID");
}

// Of a finding that stands on a person's word anyone who may read it finds who, when and on what.
// shows: S4-17
// shows: S4-24
TEST_F(NominationServiceTest, ConfirmationsAreReadWithTheirEvidence) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-17", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET, "2023-11-30").ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET).ok());
  v1::ListStandardConfirmationsRequest list;
  list.set_name(name);
  list.set_page_size(2);
  v1::ListStandardConfirmationsResponse page;
  const auto read = [&](const std::string& who) {
    return Call<v1::NominationService>(&v1::NominationService::Stub::ListStandardConfirmations,
                                       list, &page, who);
  };
  ASSERT_TRUE(read("commune").ok());
  ASSERT_EQ(page.confirmations_size(), 2);
  EXPECT_EQ(page.confirmations(0).standard_id(), "S4-24");
  EXPECT_EQ(page.confirmations(0).result(), v1::STANDARD_RESULT_MET);
  EXPECT_EQ(page.confirmations(1).result(), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(page.confirmations(1).covers_until(), "2023-11-30");
  list.set_page_token(page.next_page_token());
  ASSERT_TRUE(read("officer").ok());
  ASSERT_EQ(page.confirmations_size(), 1);
  EXPECT_EQ(page.next_page_token(), "");
  const v1::StandardConfirmation& first = page.confirmations(0);
  EXPECT_EQ(first.nomination(), name);
  EXPECT_EQ(first.standard_id(), "S4-17");
  EXPECT_EQ(first.confirmer(), "person:" + Id("officer"));
  EXPECT_EQ(first.confirm_date(), "2024-02-01");
  EXPECT_EQ(first.covers_until(), "2024-02-01");
  EXPECT_EQ(first.note(), "Theo văn bản kèm theo");
  EXPECT_FALSE(first.has_activity_count());
  common::v1::GetFileRequest get;
  get.set_name(first.file());
  common::v1::File evidence;
  ASSERT_TRUE(
      Call<v1::FilesService>(&v1::FilesService::Stub::GetFile, get, &evidence, "officer").ok());
  EXPECT_EQ(evidence.sha256(), platform::Sha256Hex("văn bản xác nhận S4-17"));
  // The finding names it, and so does the event.
  EXPECT_THAT(Check(name).findings(0).source_refs(), ElementsAre(first.confirmation_id()));
  EXPECT_THAT(Payload("StandardConfirmed"), HasSubstr(first.confirmation_id()));
  EXPECT_THAT(Payload("StandardConfirmed"), HasSubstr(evidence.name().substr(6)));

  EXPECT_EQ(read("stranger").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(read("nobody").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  list.set_page_token("x");
  EXPECT_EQ(read("officer").error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

// shows: S4-19
TEST_F(NominationServiceTest, TasksOnTimeAreReadFromTheFeed) {
  campaign::v1::PlanLaunched plan = Plan();
  auto* standard = plan.add_standards();
  standard->set_standard_id("S4-19");
  standard->set_subject("COLLECTIVE");
  standard->set_text("Đúng và vượt tiến độ các nhiệm vụ");
  standard->set_check("TASKS_ON_TIME");
  Apply(plan);
  const std::string name = Filed().name();
  const auto finding = [&] {
    const v1::StandardsCheck check = Check(name);
    return check.findings(check.findings_size() - 1);
  };
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_KNOWN);
  EXPECT_EQ(finding().source(), v1::STANDARD_SOURCE_UNSPECIFIED);

  campaign::v1::PlanTaskRecorded set;
  set.set_task_id(Id("task"));
  set.set_plan_id(Id("plan"));
  set.set_unit_id(Id("commune-1"));
  set.set_due_date("2023-06-15");
  set.set_synthetic(true);
  Apply(set);
  campaign::v1::PlanTaskRecorded other = set;
  other.set_task_id(Id("task of another unit"));
  other.set_unit_id(Id("commune-2"));
  Apply(other);
  other = set;
  other.set_task_id(Id("task of another plan"));
  other.set_plan_id(Id("another plan"));
  Apply(other);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_MET) << "overdue";
  EXPECT_EQ(finding().source(), v1::STANDARD_SOURCE_TASKS);
  EXPECT_THAT(finding().source_refs(), ElementsAre(Id("task")));
  EXPECT_THAT(finding().explanation(), HasSubstr("Nhiệm vụ minh họa: 1."));

  campaign::v1::PlanTaskCompleted done;
  done.set_task_id(Id("task"));
  done.set_plan_id(Id("plan"));
  done.set_unit_id(Id("commune-1"));
  done.set_due_date("2023-06-15");
  done.set_done_date("2023-06-15");
  done.set_quality("NOT_PASSED");
  Apply(done);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_MET);
  EXPECT_THAT(finding().explanation(), HasSubstr("không đạt chất lượng: 1"));
  done.set_done_date("2023-06-16");
  Apply(done);
  EXPECT_EQ(finding().result(), v1::STANDARD_RESULT_NOT_MET);
}

// shows: S4-18
TEST_F(NominationServiceTest, ActivitiesAreConfirmedByTheirNumber) {
  campaign::v1::PlanLaunched plan = Plan();
  auto* standard = plan.add_standards();
  standard->set_standard_id("S4-18");
  standard->set_subject("COLLECTIVE");
  standard->set_text("Có ít nhất 3 hoạt động tuyên truyền");
  standard->set_check("ACTIVITY_COUNT");
  (*standard->mutable_parameters())["min_activities"] = "3";
  Apply(plan);
  const std::string name = Filed().name();
  EXPECT_EQ(ResultOf(Check(name), "S4-18"), v1::STANDARD_RESULT_NOT_KNOWN);
  v1::StandardConfirmation confirmation;
  const auto confirm = [&](int count, v1::StandardResult result) {
    v1::ConfirmStandardRequest request;
    request.set_name(name);
    request.set_standard_id("S4-18");
    request.set_result(result);
    request.set_activity_count(count);
    request.set_file(Upload("room", "officer", "danh sách hoạt động"));
    request.set_note("Danh sách kèm theo");
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, request,
                                       &confirmation, "officer");
  };
  EXPECT_EQ(Reason(confirm(2, v1::STANDARD_RESULT_MET)), "RESULT_CONTRADICTS_COUNT");
  EXPECT_EQ(Reason(Confirm(name, "S4-18", v1::STANDARD_RESULT_MET)), "ACTIVITY_COUNT_REQUIRED");
  ASSERT_TRUE(confirm(2, v1::STANDARD_RESULT_UNSPECIFIED).ok());
  EXPECT_EQ(confirmation.result(), v1::STANDARD_RESULT_NOT_MET);
  EXPECT_EQ(confirmation.activity_count(), 2);
  EXPECT_EQ(ResultOf(Check(name), "S4-18"), v1::STANDARD_RESULT_NOT_MET);
  ASSERT_TRUE(confirm(3, v1::STANDARD_RESULT_UNSPECIFIED).ok());
  const v1::StandardsCheck check = Check(name);
  EXPECT_EQ(ResultOf(check, "S4-18"), v1::STANDARD_RESULT_MET);
  EXPECT_THAT(check.findings(check.findings_size() - 1).explanation(),
              HasSubstr(": 3; cần ít nhất 3."));
}

TEST_F(NominationServiceTest, AStandardNotMetStopsTheDossierAndAnUnknownOneNeedsAReason) {
  const std::string name = Filed().name();
  const grpc::Status unknown = Appraise(name, "");
  EXPECT_EQ(Reason(unknown), "STANDARD_NOT_KNOWN");
  EXPECT_THAT(unknown.error_message(), HasSubstr("S4-17"));
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "STANDARD_NOT_MET");
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_FILED);
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_MET).ok());
  ASSERT_TRUE(Appraise(name, "Chưa có nguồn dữ liệu").ok());
  const v1::Nomination appraised = GetNomination(name);
  EXPECT_EQ(appraised.state(), v1::NOMINATION_STATE_APPRAISED);
  EXPECT_EQ(appraised.appraiser(), "person:" + Id("officer"));
  EXPECT_EQ(appraised.unknown_standards_reason(), "Chưa có nguồn dữ liệu");
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
