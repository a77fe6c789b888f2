// Invitations answered and missed, dossiers rejected, and what is taken up again.
#include <gmock/gmock.h>

#include "awards/nominations/service_fixture.h"
#include "platform/json.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::nominations {
namespace {

using test::Reason;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::NominationServiceTest;
using testing::ResultOf;

class AnswersTest : public NominationServiceTest {
 protected:
  grpc::Status Accept(const std::string& name, v1::Nomination* nomination,
                      const std::string& who = "commune") {
    v1::AcceptInvitationRequest request;
    request.set_name(name);
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::AcceptInvitation, request,
                                       nomination, who);
  }
  grpc::Status Decline(const std::string& name, const std::string& reason,
                       v1::Nomination* nomination, const std::string& who = "commune") {
    v1::DeclineInvitationRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::DeclineInvitation, request,
                                       nomination, who);
  }
  grpc::Status Reopen(const std::string& name, const std::string& deadline,
                      v1::Nomination* nomination, const std::string& who = "officer") {
    v1::ReopenNominationRequest request;
    request.set_name(name);
    request.set_reason("Xã bị chia cắt do mưa lũ");
    request.set_filing_deadline(deadline);
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::ReopenNomination, request,
                                       nomination, who);
  }
  grpc::Status Reject(const std::string& name, v1::Nomination* nomination,
                      const std::string& who = "officer") {
    v1::RejectAwardDossierRequest request;
    request.set_name(name);
    request.set_reason("Trong năm có công chức bị kỷ luật");
    request.set_request_id(RequestId());
    return Call<v1::NominationService>(&v1::NominationService::Stub::RejectAwardDossier, request,
                                       nomination, who);
  }
  // State, day of filing and day of what a snapshot tells of nominations.
  std::vector<std::string> InSnapshot() {
    const auto stub = v1::FeedService::NewStub(server_->channel());
    const auto context = test::WithToken(keys_->ServiceToken("notify"));
    const auto reader = stub->ExportSnapshot(context.get(), common::v1::ExportSnapshotRequest());
    std::vector<std::string> told;
    common::v1::SnapshotItem item;
    while (reader->Read(&item)) {
      v1::NominationInvited invited;
      if (item.event().type() != invited.GetDescriptor()->full_name()) continue;
      EXPECT_TRUE(platform::FromJson(item.event().payload_json(), &invited).ok());
      told.push_back(invited.state() + " " + invited.file_date() + " " +
                     item.event().business_date());
    }
    EXPECT_TRUE(reader->Finish().ok());
    return told;
  }
  std::vector<std::string> Named(v1::NominationState state) {
    v1::ListNominationsRequest request;
    request.set_state(state);
    v1::ListNominationsResponse response;
    const grpc::Status status = Call<v1::NominationService>(
        &v1::NominationService::Stub::ListNominations, request, &response, "officer");
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<std::string> names;
    for (const v1::Nomination& one : response.nominations()) names.push_back(one.name());
    return names;
  }
};

TEST_F(AnswersTest, AnInvitationIsAcceptedAndTheDossierFiled) {
  const std::string name = Invited().name();
  v1::Nomination accepted;
  ASSERT_TRUE(Accept(name, &accepted).ok());
  EXPECT_EQ(accepted.state(), v1::NOMINATION_STATE_ACCEPTED);
  EXPECT_EQ(accepted.answerer(), "person:" + Id("commune"));
  EXPECT_EQ(accepted.answer_date(), "2024-02-01");
  EXPECT_EQ(accepted.state_date(), "2024-02-01");
  const grpc::Status twice = Accept(name, &accepted);
  EXPECT_EQ(Reason(twice), "NOMINATION_STATE");
  EXPECT_THAT(twice.error_message(), HasSubstr("DeclineInvitation, FileAwardDossier"));
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  EXPECT_EQ(filed.state(), v1::NOMINATION_STATE_FILED);
  EXPECT_EQ(filed.answer_date(), "2024-02-01") << "what the unit said stays";
  EXPECT_THAT(EventTypes(), ElementsAre("NominationShortlisted", "NominationInvited",
                                        "InvitationAccepted", "AwardDossierFiled"));
  EXPECT_THAT(Payload("InvitationAccepted"), HasSubstr(Id("room")))
      << "who coordinates the plan is told";
}

TEST_F(AnswersTest, AUnitDeclinesWithItsReasonAlsoAfterItHasAccepted) {
  const std::string name = Invited().name();
  v1::Nomination nomination;
  ASSERT_TRUE(Accept(name, &nomination).ok());
  EXPECT_EQ(Reason(Decline(name, "  ", &nomination)), "FIELD_REQUIRED");
  ASSERT_TRUE(Decline(name, "Đơn vị đang bị thanh tra", &nomination).ok());
  EXPECT_EQ(nomination.state(), v1::NOMINATION_STATE_DECLINED);
  EXPECT_EQ(nomination.decline_reason(), "Đơn vị đang bị thanh tra");
  EXPECT_THAT(Payload("InvitationDeclined"), HasSubstr("Đơn vị đang bị thanh tra"));
  const grpc::Status filed = File(Dossier(name), &nomination);
  EXPECT_EQ(Reason(filed), "NOMINATION_STATE");
  EXPECT_THAT(filed.error_message(), HasSubstr("legal moves: ReopenNomination"));

  ASSERT_TRUE(Reopen(name, "2024-02-28", &nomination).ok());
  EXPECT_EQ(nomination.state(), v1::NOMINATION_STATE_INVITED);
  EXPECT_EQ(nomination.decline_reason(), "");
  ASSERT_EQ(nomination.reopenings_size(), 1);
  EXPECT_EQ(nomination.reopenings(0).from_state(), v1::NOMINATION_STATE_DECLINED);
  EXPECT_EQ(nomination.reopenings(0).earlier_reason(), "Đơn vị đang bị thanh tra");
}

TEST_F(AnswersTest, AnswersAreTheUnitsAndReopeningTheCoordinators) {
  const std::string name = Invited().name();
  v1::Nomination nomination;
  for (const char* who : {"officer", "stranger", "leader", "nobody"}) {
    EXPECT_EQ(Accept(name, &nomination, who).error_code(), grpc::StatusCode::PERMISSION_DENIED);
    EXPECT_EQ(Decline(name, "lý do", &nomination, who).error_code(),
              grpc::StatusCode::PERMISSION_DENIED);
  }
  ASSERT_TRUE(Decline(name, "lý do", &nomination).ok());
  for (const char* who : {"commune", "leader", "nobody"}) {
    EXPECT_EQ(Reopen(name, "2024-02-28", &nomination, who).error_code(),
              grpc::StatusCode::PERMISSION_DENIED);
  }
}

// Nothing runs in between: the day alone makes it so.
TEST_F(AnswersTest, NothingFiledByTheEndOfTheDeadlineIsMissed) {
  const std::string name = Invited().name();
  SetToday(absl::CivilDay(2024, 2, 15));
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_INVITED) << "the day still counts";
  EXPECT_THAT(Named(v1::NOMINATION_STATE_INVITED), ElementsAre(name));
  EXPECT_THAT(Named(v1::NOMINATION_STATE_MISSED), IsEmpty());

  SetToday(absl::CivilDay(2024, 2, 16));
  const v1::Nomination missed = GetNomination(name);
  EXPECT_EQ(missed.state(), v1::NOMINATION_STATE_MISSED);
  EXPECT_EQ(missed.state_date(), "2024-02-16");
  EXPECT_THAT(Named(v1::NOMINATION_STATE_INVITED), IsEmpty());
  EXPECT_THAT(Named(v1::NOMINATION_STATE_MISSED), ElementsAre(name));
  v1::Nomination nomination;
  EXPECT_EQ(Reason(File(Dossier(name), &nomination)), "NOMINATION_STATE");
  EXPECT_EQ(Reason(Accept(name, &nomination)), "NOMINATION_STATE");
  EXPECT_EQ(Reason(Decline(name, "lý do", &nomination)), "NOMINATION_STATE");
  EXPECT_EQ(Count("nominations WHERE state = 'INVITED'"), "1") << "nothing had to be written";
}

TEST_F(AnswersTest, WhoAcceptedAndFiledNothingHasMissedToo) {
  const std::string name = Invited().name();
  v1::Nomination nomination;
  ASSERT_TRUE(Accept(name, &nomination).ok());
  SetToday(absl::CivilDay(2024, 2, 16));
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_MISSED);
}

TEST_F(AnswersTest, LateFilingNeedsAReasonedReopeningAndIsMarked) {
  const std::string name = Invited().name();
  v1::Nomination nomination;
  EXPECT_EQ(Reason(Reopen(name, "2024-02-20", &nomination)), "NOMINATION_STATE");
  SetToday(absl::CivilDay(2024, 2, 18));
  EXPECT_EQ(Reason(Reopen(name, "", &nomination)), "FIELD_REQUIRED");
  EXPECT_EQ(Reason(Reopen(name, "2024-02-17", &nomination)), "DEADLINE_PAST");
  ASSERT_TRUE(Reopen(name, "2024-02-20", &nomination).ok());
  EXPECT_EQ(nomination.state(), v1::NOMINATION_STATE_INVITED);
  EXPECT_EQ(nomination.filing_deadline(), "2024-02-15") << "the first one is never rewritten";
  EXPECT_EQ(nomination.reopened_until(), "2024-02-20");
  ASSERT_EQ(nomination.reopenings_size(), 1);
  const v1::NominationReopening& reopening = nomination.reopenings(0);
  EXPECT_EQ(reopening.reopener(), "person:" + Id("officer"));
  EXPECT_EQ(reopening.reopen_date(), "2024-02-18");
  EXPECT_EQ(reopening.reason(), "Xã bị chia cắt do mưa lũ");
  EXPECT_EQ(reopening.from_state(), v1::NOMINATION_STATE_MISSED);
  EXPECT_THAT(Payload("NominationReopened"), HasSubstr("2024-02-20"));

  SetToday(absl::CivilDay(2024, 2, 21));
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_MISSED) << "missed once more";
  ASSERT_TRUE(Reopen(name, "2024-02-22", &nomination).ok());
  EXPECT_EQ(nomination.reopenings_size(), 2);
  v1::Nomination filed;
  ASSERT_TRUE(File(Dossier(name), &filed).ok());
  ASSERT_EQ(filed.filings_size(), 1);
  EXPECT_TRUE(filed.filings(0).late());
}

TEST_F(AnswersTest, AnAppraisalIsRefusedWithEveryFindingInTheWay) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-17", v1::STANDARD_RESULT_NOT_MET).ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  const grpc::Status refused = Appraise(name, "Chưa có nguồn dữ liệu");
  EXPECT_EQ(Reason(refused), "STANDARD_NOT_MET");
  EXPECT_THAT(test::Fields(refused), ElementsAre("standards[S4-17]", "standards[S4-21]",
                                                 "standards[S4-23]", "standards[S4-24]"));
}

// shows: S4-24
TEST_F(AnswersTest, ADossierThatFailsAStandardIsRejectedWithItsFindings) {
  const std::string name = Filed().name();
  v1::Nomination rejected;
  const grpc::Status early = Reject(name, &rejected);
  EXPECT_EQ(Reason(early), "NO_STANDARD_FAILED");
  EXPECT_EQ(Count("standards_checks"), "1") << "only the filing's check";
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  EXPECT_EQ(Reject(name, &rejected, "commune").error_code(), grpc::StatusCode::PERMISSION_DENIED);
  ASSERT_TRUE(Reject(name, &rejected).ok());
  EXPECT_EQ(rejected.state(), v1::NOMINATION_STATE_INELIGIBLE);
  EXPECT_EQ(rejected.rejection().rejecter(), "person:" + Id("officer"));
  EXPECT_EQ(rejected.rejection().reject_date(), "2024-02-01");
  EXPECT_EQ(rejected.rejection().reason(), "Trong năm có công chức bị kỷ luật");
  EXPECT_EQ(rejected.rejection().check_number(), rejected.standards_check().number());
  EXPECT_EQ(ResultOf(rejected.standards_check(), "S4-24"), v1::STANDARD_RESULT_NOT_MET);
  const std::string payload = Payload("AwardDossierRejected");
  EXPECT_THAT(payload, HasSubstr("S4-24"));
  EXPECT_THAT(payload, HasSubstr("Theo văn bản kèm theo")) << "why, for the unit's notice";
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "NOMINATION_STATE") << "it is over";
  v1::Nomination again;
  EXPECT_EQ(Reason(File(Dossier(name), &again)), "NOMINATION_STATE");
}

TEST_F(AnswersTest, ARejectedDossierIsTakenUpAgainOnlyWithAReason) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  v1::Nomination nomination;
  ASSERT_TRUE(Reject(name, &nomination).ok());
  EXPECT_EQ(Reason(Reopen(name, "2024-02-20", &nomination)), "DEADLINE_NOT_ASKED_FOR");
  ASSERT_TRUE(Reopen(name, "", &nomination).ok());
  EXPECT_EQ(nomination.state(), v1::NOMINATION_STATE_FILED);
  EXPECT_FALSE(nomination.has_rejection());
  ASSERT_EQ(nomination.reopenings_size(), 1);
  EXPECT_EQ(nomination.reopenings(0).earlier_reason(), "Trong năm có công chức bị kỷ luật");
  EXPECT_EQ(Reason(Appraise(name, "lý do")), "STANDARD_NOT_MET") << "nothing was forgotten";
}

// R-AWD-21: who filed does not take up again what the judge has ended.
TEST_F(AnswersTest, WhoFiledDoesNotReopen) {
  const std::string name = Invited().name();
  v1::Nomination nomination;
  ASSERT_TRUE(File(Dossier(name), &nomination, "admin").ok());
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  ASSERT_TRUE(Reject(name, &nomination).ok());
  EXPECT_EQ(Reason(Reopen(name, "", &nomination, "admin")), "FILER_CANNOT_APPRAISE");
  EXPECT_EQ(GetNomination(name).state(), v1::NOMINATION_STATE_INELIGIBLE);
  ASSERT_TRUE(Reopen(name, "", &nomination).ok());
}

// R-AWD-29: a reopening does not wipe out who has judged.
TEST_F(AnswersTest, WhoRejectedDoesNotFileAfterAReopening) {
  const std::string name = Filed().name();
  ASSERT_TRUE(Confirm(name, "S4-24", v1::STANDARD_RESULT_NOT_MET).ok());
  v1::Nomination nomination;
  ASSERT_TRUE(Reject(name, &nomination, "admin").ok());
  ASSERT_TRUE(Reopen(name, "", &nomination).ok());
  ASSERT_TRUE(Return(name).ok());
  EXPECT_EQ(Reason(File(Dossier(name), &nomination, "admin")), "SEPARATION_OF_DUTIES");
  ASSERT_TRUE(File(Dossier(name), &nomination).ok());
}

TEST_F(AnswersTest, ANewReaderLearnsOfInvitationsWithTheirLastDay) {
  const std::string name = Invited().name();
  SetToday(absl::CivilDay(2024, 2, 18));
  v1::Nomination nomination;
  ASSERT_TRUE(Reopen(name, "2024-02-20", &nomination).ok());
  ASSERT_TRUE(Accept(name, &nomination).ok());
  common::v1::ExportSnapshotRequest request;
  const auto stub = v1::FeedService::NewStub(server_->channel());
  const auto context = test::WithToken(Token("admin"));
  const auto reader = stub->ExportSnapshot(context.get(), request);
  std::vector<std::string> payloads;
  common::v1::SnapshotItem item;
  while (reader->Read(&item)) payloads.push_back(item.event().payload_json());
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_THAT(payloads, Contains(HasSubstr("2024-02-20")));
}

// Who reads the feed anew may hold a last day that was met or is open again since.
TEST_F(AnswersTest, ASnapshotTellsWhereEachNominationStands) {
  const std::string name = Invited().name();
  EXPECT_THAT(InSnapshot(), ElementsAre("INVITED  2024-02-01"));
  v1::Nomination nomination;
  ASSERT_TRUE(Decline(name, "Đơn vị đang bị thanh tra", &nomination).ok());
  SetToday(absl::CivilDay(2024, 2, 3));
  EXPECT_THAT(InSnapshot(), ElementsAre("DECLINED  2024-02-01"));
  ASSERT_TRUE(Reopen(name, "2024-02-28", &nomination).ok());
  EXPECT_THAT(InSnapshot(), ElementsAre("INVITED  2024-02-03"));
  SetToday(absl::CivilDay(2024, 2, 5));
  ASSERT_TRUE(File(Dossier(name), &nomination).ok());
  EXPECT_THAT(InSnapshot(), ElementsAre("FILED 2024-02-05 2024-02-05"));
  SetToday(absl::CivilDay(2024, 2, 7));
  v1::ReturnAwardDossierRequest request;
  request.set_name(name);
  request.set_reason("Thiếu biên bản");
  request.set_request_id(RequestId());
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ReturnAwardDossier, request,
                                          &nomination, "officer")
                  .ok());
  EXPECT_THAT(InSnapshot(), ElementsAre("RETURNED 2024-02-05 2024-02-07"));
}

}  // namespace
}  // namespace thidua::awards::nominations
