// The steps of a nomination's way, as AwardsTest offers them.
#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "support/awards/fixture.h"

namespace thidua::awards::testing {
namespace {

void Must(const grpc::Status& status, const char* what) {
  ASSERT_TRUE(status.ok()) << what << ": " << status.error_message();
}

}  // namespace

v1::Nomination AwardsTest::Shortlisted() {
  v1::ShortlistUnitsRequest request;
  request.set_plan("plans/" + Id("plan"));
  request.set_publication("publications/" + Id("publication"));
  request.add_units(UnitName("commune-1"));
  request.set_request_id(RequestId());
  v1::ShortlistUnitsResponse response;
  Must(Call<v1::NominationService>(&v1::NominationService::Stub::ShortlistUnits, request, &response,
                                   "officer"),
       "shortlist");
  return response.nominations_size() == 1 ? response.nominations(0) : v1::Nomination();
}

v1::Nomination AwardsTest::Invited() {
  v1::InviteUnitsRequest request;
  request.add_nominations(Shortlisted().name());
  request.set_filing_deadline("2024-02-15");
  request.set_request_id(RequestId());
  v1::InviteUnitsResponse response;
  Must(Call<v1::NominationService>(&v1::NominationService::Stub::InviteUnits, request, &response,
                                   "officer"),
       "invite");
  return response.nominations_size() == 1 ? response.nominations(0) : v1::Nomination();
}

v1::FileAwardDossierRequest AwardsTest::Dossier(const std::string& nomination) {
  v1::FileAwardDossierRequest request;
  request.set_name(nomination);
  for (v1::DocumentKind kind : {v1::DOCUMENT_KIND_SUBMISSION_LETTER, v1::DOCUMENT_KIND_MINUTES,
                                v1::DOCUMENT_KIND_ACHIEVEMENT_REPORT}) {
    auto* document = request.add_documents();
    document->set_kind(kind);
    document->set_file(Upload("commune-1", "commune", absl::StrCat("tài liệu ", kind)));
  }
  request.set_original_sets(1);
  request.set_request_id(RequestId());
  return request;
}

v1::Nomination AwardsTest::Filed() {
  v1::Nomination filed;
  Must(Call<v1::NominationService>(&v1::NominationService::Stub::FileAwardDossier,
                                   Dossier(Invited().name()), &filed, "commune"),
       "file");
  return filed;
}

v1::Nomination AwardsTest::Appraised() {
  v1::AppraiseAwardDossierRequest request;
  request.set_name(Filed().name());
  request.set_unknown_standards_reason("Chưa có nguồn dữ liệu");
  request.set_request_id(RequestId());
  v1::Nomination appraised;
  Must(Call<v1::NominationService>(&v1::NominationService::Stub::AppraiseAwardDossier, request,
                                   &appraised, "officer"),
       "appraise");
  return appraised;
}

v1::CreateCouncilRequest AwardsTest::CouncilRequest() {
  v1::CreateCouncilRequest request;
  v1::Council* council = request.mutable_council();
  council->set_unit(UnitName("district"));
  council->set_kind(v1::COUNCIL_KIND_AWARD);
  council->set_title("Hội đồng Thi đua - Khen thưởng huyện Krông Nô");
  council->add_aliases("Hội đồng xét thi đua, khen thưởng");
  for (int i = 1; i <= 5; ++i) {
    v1::CouncilMember* member = council->add_members();
    member->set_person(PersonName(absl::StrCat("member-", i)));
    member->set_role(i == 1 ? v1::COUNCIL_ROLE_CHAIR : v1::COUNCIL_ROLE_MEMBER);
    member->set_valid_from("2023-01-01");
  }
  v1::VotingRule* rule = council->add_voting_rules();
  rule->mutable_quorum()->set_numerator(2);
  rule->mutable_quorum()->set_denominator(3);
  rule->mutable_threshold()->set_numerator(4);
  rule->mutable_threshold()->set_denominator(5);
  rule->set_legal_basis("Quy chế hoạt động của Hội đồng");
  rule->set_valid_from("2023-01-01");
  request.set_request_id(RequestId());
  return request;
}

v1::Council AwardsTest::Council() {
  v1::Council council;
  Must(Call<v1::CouncilService>(&v1::CouncilService::Stub::CreateCouncil, CouncilRequest(),
                                &council, "officer"),
       "council");
  return council;
}

v1::Ballot AwardsTest::Opened() {
  v1::OpenBallotRequest request;
  request.set_council(Council().name());
  request.set_nomination(Appraised().name());
  request.set_request_id(RequestId());
  v1::Ballot ballot;
  Must(Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, request, &ballot, "officer"),
       "open");
  return ballot;
}

grpc::Status AwardsTest::Vote(const std::string& ballot, const std::string& who,
                              v1::VoteChoice choice) {
  v1::CastVoteRequest request;
  request.set_name(ballot);
  request.set_choice(choice);
  request.set_request_id(RequestId());
  v1::CastVoteResponse response;
  return Call<v1::CouncilService>(&v1::CouncilService::Stub::CastVote, request, &response, who);
}

grpc::Status AwardsTest::Close(const std::string& ballot, const std::vector<std::string>& present,
                               v1::Ballot* closed) {
  v1::CloseBallotRequest request;
  request.set_name(ballot);
  request.mutable_minutes()->set_meeting_date(
      platform::FormatDate(server_->host().business_clock().Today()));
  for (const std::string& who : present) request.mutable_minutes()->add_present(PersonName(who));
  request.set_request_id(RequestId());
  return Call<v1::CouncilService>(&v1::CouncilService::Stub::CloseBallot, request, closed,
                                  "leader");
}

v1::Ballot AwardsTest::Closed(int votes_for) {
  const v1::Ballot opened = Opened();
  for (int i = 1; i <= 5; ++i) {
    Must(Vote(opened.name(), absl::StrCat("member-", i),
              i <= votes_for ? v1::VOTE_CHOICE_FOR : v1::VOTE_CHOICE_AGAINST),
         "vote");
  }
  v1::Ballot closed;
  Must(Close(opened.name(), {}, &closed), "close");
  return closed;
}

v1::Decision AwardsTest::Drafted() {
  v1::CreateDecisionRequest request;
  request.add_nominations(Closed().nomination());
  request.set_awarding_authority("Chủ tịch Ủy ban nhân dân huyện Krông Nô");
  request.set_citation("Đã có thành tích xuất sắc trong phong trào thi đua năm 2023");
  request.set_place("Krông Nô");
  request.set_request_id(RequestId());
  v1::Decision decision;
  Must(Call<v1::DecisionService>(&v1::DecisionService::Stub::CreateDecision, request, &decision,
                                 "officer"),
       "draft");
  return decision;
}

v1::IssueDecisionRequest AwardsTest::IssueRequest(const v1::Decision& draft) {
  v1::IssueDecisionRequest request;
  request.set_name(draft.name());
  request.set_number("125/QĐ-UBND");
  request.set_issue_date(platform::FormatDate(server_->host().business_clock().Today()));
  request.mutable_signature()->set_signer_name("(người ký)");
  request.mutable_signature()->set_signer_position("Phó Chủ tịch");
  request.mutable_signature()->set_mode(v1::SIGNING_MODE_DEPUTY);
  request.mutable_signature()->set_signs_for("Chủ tịch");
  request.set_unknown_standards_reason("Hội đồng đã xem xét");
  request.set_etag(draft.etag());
  request.set_request_id(RequestId());
  return request;
}

v1::Decision AwardsTest::Issued(const std::string& number) {
  v1::IssueDecisionRequest request = IssueRequest(Drafted());
  request.set_number(number);
  v1::Decision issued;
  Must(Call<v1::DecisionService>(&v1::DecisionService::Stub::IssueDecision, request, &issued,
                                 "leader"),
       "issue");
  return issued;
}

v1::Nomination AwardsTest::GetNomination(const std::string& name) {
  v1::GetNominationRequest request;
  request.set_name(name);
  v1::Nomination nomination;
  Must(Call<v1::NominationService>(&v1::NominationService::Stub::GetNomination, request,
                                   &nomination, "officer"),
       "get");
  return nomination;
}

}  // namespace thidua::awards::testing
