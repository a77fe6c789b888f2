#include <gmock/gmock.h>

#include "support/awards/fixture.h"

namespace thidua::awards::decisions {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::HasSubstr;

class DecisionServiceTest : public AwardsTest {
 protected:
  grpc::Status Issue(const v1::IssueDecisionRequest& request, v1::Decision* decision,
                     const std::string& who = "leader") {
    return Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision, request, decision,
                                     who);
  }
  grpc::Status Create(const std::string& nomination, v1::Decision* decision) {
    v1::CreateDecisionRequest request;
    request.add_nominations(nomination);
    request.set_awarding_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
    request.set_citation("Đã có thành tích xuất sắc");
    request.set_place("Krông Nô");
    request.set_request_id(RequestId());
    return Call<v1::DecisionService>(&v1::DecisionService::Stub::CreateDecision, request, decision,
                                     "officer");
  }
};

// shows: S4-16
// shows: S4-26
TEST_F(DecisionServiceTest, ACarriedNominationIsDecidedAndGetsItsCertificate) {
  const v1::Decision draft = Drafted();
  EXPECT_EQ(draft.state(), v1::DECISION_STATE_DRAFT);
  EXPECT_EQ(draft.unit(), UnitName("district"));
  EXPECT_EQ(draft.awards(0).certificate_code(), "");
  v1::Decision issued;
  const grpc::Status status = Issue(IssueRequest(draft), &issued);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(issued.state(), v1::DECISION_STATE_ISSUED);
  EXPECT_EQ(issued.number(), "125/QĐ-UBND");
  EXPECT_EQ(issued.signature().mode(), v1::SIGNING_MODE_DEPUTY);
  ASSERT_EQ(issued.awards_size(), 1);
  EXPECT_EQ(issued.awards(0).unit_name(), "UBND xã commune-1");
  EXPECT_EQ(issued.awards(0).certificate_code().size(), 24u);
  const v1::Nomination nomination = GetNomination(issued.awards(0).nomination());
  EXPECT_EQ(nomination.state(), v1::NOMINATION_STATE_DECIDED);
  EXPECT_EQ(nomination.decision(), issued.name());
  EXPECT_EQ(nomination.certificate(), issued.awards(0).certificate());
  EXPECT_EQ(nomination.standards_check().stage(), v1::CHECK_STAGE_DECISION);
  EXPECT_EQ(EventTypes().back(), "DecisionIssued");

  v1::GetDecisionRequest get;
  get.set_name(issued.name());
  v1::Decision read;
  ASSERT_TRUE(
      Call<v1::DecisionService>(&v1::DecisionService::Stub::GetDecision, get, &read, "officer")
          .ok());
  EXPECT_EQ(read.SerializeAsString(), issued.SerializeAsString());
  EXPECT_EQ(Reason(Issue(IssueRequest(issued), &read)), "DECISION_STATE");
}

TEST_F(DecisionServiceTest, ARepeatedIssueMakesNoSecondCertificate) {
  const v1::IssueDecisionRequest request = IssueRequest(Drafted());
  v1::Decision first, second;
  ASSERT_TRUE(Issue(request, &first).ok());
  ASSERT_TRUE(Issue(request, &second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  EXPECT_EQ(Count("certificates"), "1");
}

TEST_F(DecisionServiceTest, ARehearsalIssuesNothing) {
  v1::IssueDecisionRequest request = IssueRequest(Drafted());
  request.set_validate_only(true);
  v1::Decision decision;
  ASSERT_TRUE(Issue(request, &decision).ok());
  EXPECT_EQ(decision.state(), v1::DECISION_STATE_ISSUED);
  EXPECT_EQ(decision.awards(0).certificate_code(), "");
  EXPECT_EQ(Count("certificates"), "0");
  EXPECT_EQ(Count("files WHERE media_type = 'application/pdf'"), "0");
  request.set_validate_only(false);
  EXPECT_TRUE(Issue(request, &decision).ok());
}

TEST_F(DecisionServiceTest, ANumberIsUsedOnceByAnIssuerInAYear) {
  const v1::Decision issued = Issued("007/QĐ-UBND");
  // Another unit of the same ranking, all the way again.
  v1::ShortlistUnitsRequest shortlist;
  shortlist.set_plan(issued.plan());
  shortlist.set_publication("publications/" + Id("publication"));
  shortlist.set_request_id(RequestId());
  v1::ShortlistUnitsResponse listed;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ShortlistUnits, shortlist,
                                          &listed, "officer")
                  .ok());
  ASSERT_EQ(listed.nominations_size(), 1);
  // The way of the second one is made short in the tables: only the number matters here.
  const std::string id = listed.nominations(0).name().substr(std::string("nominations/").size());
  database_->Run("UPDATE nominations SET state = 'CARRIED' WHERE nomination_id = '" + id + "'");
  database_->Run(
      "INSERT INTO ballots SELECT LOWER('0000000000000000000000000a'), council_id, unit_id, '" +
      id +
      "', NULL, state, award_form, quorum_numerator, quorum_denominator, threshold_numerator, "
      "threshold_denominator, threshold_exclusive, written_counts_for_quorum, conflicts_left_out, "
      "secret, legal_basis, valid_from, valid_to, open_date, close_date, meeting_date, place, "
      "minutes_file_id, note, cancel_reason, row_version, NULL, NULL FROM ballots LIMIT 1");
  v1::Decision draft, second;
  ASSERT_TRUE(Create(listed.nominations(0).name(), &draft).ok());
  v1::IssueDecisionRequest request = IssueRequest(draft);
  request.set_number("7/QĐ-UBND");
  const grpc::Status taken = Issue(request, &second);
  EXPECT_EQ(Reason(taken), "DECISION_NUMBER_TAKEN");
  EXPECT_EQ(taken.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(Count("certificates"), "1");
  request.set_number("8/QĐ-UBND");
  request.set_request_id(RequestId());
  EXPECT_TRUE(Issue(request, &second).ok());
}

TEST_F(DecisionServiceTest, WhatIsWrongWithTheIssueIsRefusedByField) {
  const v1::Decision draft = Drafted();
  v1::Decision decision;
  const auto reason = [&](const std::function<void(v1::IssueDecisionRequest&)>& change) {
    v1::IssueDecisionRequest request = IssueRequest(draft);
    change(request);
    return Reason(Issue(request, &decision));
  };
  EXPECT_EQ(reason([](auto& r) { r.set_number("125"); }), "DECISION_NUMBER_MALFORMED");
  EXPECT_EQ(reason([](auto& r) { r.set_issue_date("2024-02-30"); }), "DATE_IMPOSSIBLE");
  EXPECT_EQ(reason([](auto& r) { r.set_issue_date("2024-01-31"); }), "DECISION_BEFORE_BALLOT");
  EXPECT_EQ(reason([](auto& r) { r.set_issue_date("2024-02-02"); }), "DATE_IN_FUTURE");
  EXPECT_EQ(reason([](auto& r) { r.mutable_signature()->set_signer_name(""); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](auto& r) { r.mutable_signature()->set_signs_for(""); }), "FIELD_REQUIRED");
  EXPECT_EQ(reason([](auto& r) { r.set_etag("\"9\""); }), "ETAG_MISMATCH");
  EXPECT_EQ(reason([](auto& r) { r.set_etag(""); }), "ETAG_REQUIRED");
  EXPECT_EQ(reason([](auto& r) { r.set_unknown_standards_reason(""); }), "STANDARD_NOT_KNOWN");
  EXPECT_EQ(reason([](auto& r) { r.set_request_id(""); }), "REQUEST_ID_REQUIRED");
  EXPECT_EQ(Issue(IssueRequest(draft), &decision, "officer").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Count("certificates"), "0");
  EXPECT_TRUE(Issue(IssueRequest(draft), &decision).ok());
}

// shows: S4-24
TEST_F(DecisionServiceTest, AComplaintThatBecomesKnownAfterTheVoteStopsTheDecision) {
  const v1::Decision draft = Drafted();
  v1::ConfirmStandardRequest confirm;
  confirm.set_name(draft.awards(0).nomination());
  confirm.set_standard_id("S4-24");
  confirm.set_result(v1::STANDARD_RESULT_NOT_MET);
  confirm.set_file(Upload("room", "officer", "đơn khiếu nại"));
  confirm.set_note("Có đơn khiếu nại về giải quyết thủ tục hành chính");
  confirm.set_request_id(RequestId());
  v1::StandardConfirmation confirmation;
  ASSERT_TRUE(Call<v1::NominationService>(&v1::NominationService::Stub::ConfirmStandard, confirm,
                                          &confirmation, "officer")
                  .ok());
  v1::Decision decision;
  const grpc::Status refused = Issue(IssueRequest(draft), &decision);
  EXPECT_EQ(Reason(refused), "STANDARD_NOT_MET");
  EXPECT_THAT(refused.error_message(), HasSubstr("S4-24"));
}

TEST_F(DecisionServiceTest, AUnitThatACorrectionPutsOutOfTheBandIsNotDecided) {
  const v1::Decision draft = Drafted();
  scoring::v1::RankingPublished correction = Ranking();
  correction.set_publication_id(Id("correction"));
  correction.set_corrects_publication_id(Id("publication"));
  correction.mutable_units(0)->set_band("Tốt");
  Apply(correction);
  v1::Decision decision;
  EXPECT_EQ(Reason(Issue(IssueRequest(draft), &decision)), "NOT_IN_BAND_ANY_MORE");
}

TEST_F(DecisionServiceTest, OnlyCarriedNominationsAreDraftedAndOnlyOnce) {
  v1::Decision decision;
  const std::string nomination = Appraised().name();
  const grpc::Status early = Create(nomination, &decision);
  EXPECT_EQ(Reason(early), "NOMINATION_STATE");
  EXPECT_THAT(early.error_message(), HasSubstr("OpenBallot"));
}

TEST_F(DecisionServiceTest, ADraftGivenUpFreesItsNominations) {
  const v1::Decision draft = Drafted();
  v1::Decision second;
  EXPECT_EQ(Reason(Create(draft.awards(0).nomination(), &second)), "NOMINATION_IN_DECISION");
  v1::CancelDecisionRequest cancel;
  cancel.set_name(draft.name());
  cancel.set_reason("Lập lại dự thảo");
  cancel.set_request_id(RequestId());
  v1::Decision cancelled;
  ASSERT_TRUE(Call<v1::DecisionService>(&v1::DecisionService::Stub::CancelDecision, cancel,
                                        &cancelled, "officer")
                  .ok());
  EXPECT_EQ(cancelled.state(), v1::DECISION_STATE_CANCELLED);
  EXPECT_TRUE(Create(draft.awards(0).nomination(), &second).ok());
  EXPECT_EQ(Reason(Issue(IssueRequest(draft), &cancelled)), "DECISION_STATE");

  v1::ListDecisionsRequest list;
  list.set_plan(draft.plan());
  v1::ListDecisionsResponse page;
  ASSERT_TRUE(
      Call<v1::DecisionService>(&v1::DecisionService::Stub::ListDecisions, list, &page, "leader")
          .ok());
  EXPECT_EQ(page.decisions_size(), 2);
  ASSERT_TRUE(
      Call<v1::DecisionService>(&v1::DecisionService::Stub::ListDecisions, list, &page, "stranger")
          .ok());
  EXPECT_EQ(page.decisions_size(), 0);
}

}  // namespace
}  // namespace thidua::awards::decisions
