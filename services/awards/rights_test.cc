// Who may not reach a resource does not learn whether it exists, in every area.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "platform/json.h"
#include "support/awards/fixture.h"
#include "support/unknown_ids.h"

namespace thidua::awards {
namespace {

std::string IdIn(const std::string& name) { return name.substr(name.find('/') + 1); }

class RightsTest : public testing::AwardsTest {};

TEST_F(RightsTest, UnknownIdsAndThoseOutOfReachAreAnsweredAlike) {
  const v1::Decision issued = Issued();
  const std::string decision = IdIn(issued.name());
  const std::string nomination = IdIn(issued.awards(0).nomination());
  const std::string certificate = IdIn(issued.awards(0).certificate());
  v1::ListBallotsResponse ballots;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::ListBallots,
                                       v1::ListBallotsRequest(), &ballots, "leader")
                  .ok());
  const std::string ballot = IdIn(ballots.ballots(0).name());
  const std::string council = IdIn(ballots.ballots(0).council());
  v1::CreateInitiativeRequest create;
  create.mutable_initiative()->set_unit(UnitName("commune-1"));
  create.mutable_initiative()->set_title("Sáng kiến để thử quyền");
  create.mutable_initiative()->set_kind(v1::INITIATIVE_KIND_GENERAL);
  create.mutable_initiative()->set_year(2023);
  create.mutable_initiative()->set_summary("Chỉ để thử quyền");
  create.set_request_id(RequestId());
  v1::Initiative made;
  ASSERT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::CreateInitiative, create,
                                          &made, "commune")
                  .ok());
  const std::string initiative = IdIn(made.name());
  const std::string file = IdIn(Upload("commune-1", "commune", "tài liệu"));

  v1::ScheduleMeetingRequest call;
  call.set_council("councils/" + council);
  call.mutable_meeting()->set_begin("2024-12-27T14:00:00+07:00");
  call.mutable_meeting()->set_place("Phòng họp A");
  call.mutable_meeting()->set_agenda("Chỉ để thử quyền");
  call.set_request_id(RequestId());
  v1::Meeting called;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::ScheduleMeeting, call, &called, "officer")
          .ok());
  const std::string meeting = IdIn(called.name());

  // A council of the other commune, whose people so may open ballots there.
  const test::Callers callers = {
      keys_->Token("person:" + Id("stranger"), {{Id("commune-3"), {"*"}}}), Token("admin")};
  v1::CreateCouncilRequest theirs = CouncilRequest();
  theirs.mutable_council()->set_unit(UnitName("commune-3"));
  const auto stub = v1::CouncilService::NewStub(server_->channel());
  v1::Council their_council;
  const auto context = test::WithToken(callers.elsewhere);
  ASSERT_TRUE(stub->CreateCouncil(context.get(), theirs, &their_council).ok());
  v1::UpdateCouncilRequest update;
  *update.mutable_council() = CouncilRequest().council();
  update.mutable_council()->set_name("councils/$");
  update.mutable_council()->set_etag("\"1\"");
  update.set_request_id("rights");

  const std::string name = R"({"request_id": "rights", "name": ")";
  const std::vector<test::Named> named = {
      {"CertificateService/GetCertificate", R"({"name": "certificates/$"})", certificate,
       "CERTIFICATE_NOT_FOUND"},
      {"CertificateService/DownloadCertificate", R"({"name": "certificates/$"})", certificate,
       "CERTIFICATE_NOT_FOUND"},
      {"CertificateService/RevokeCertificate", name + R"(certificates/$"})", certificate,
       "CERTIFICATE_NOT_FOUND"},
      {"ClassificationService/RecordClassification",
       R"({"person": "people/$", "request_id": "rights"})", Id("member-1"), "PERSON_NOT_FOUND"},
      {"CouncilService/UpdateCouncil", *platform::ToJson(update), council, "COUNCIL_NOT_FOUND"},
      {"CouncilService/GetCouncil", R"({"name": "councils/$"})", council, "COUNCIL_NOT_FOUND"},
      {"CouncilService/OpenBallot",
       absl::StrCat(R"({"council": "councils/$", "request_id": "rights", "nomination": ")",
                    "nominations/", nomination, "\"}"),
       council, "COUNCIL_NOT_FOUND"},
      // The council is one's own, what it shall judge is not.
      {"CouncilService/OpenBallot",
       absl::StrCat(R"({"nomination": "nominations/$", "request_id": "rights", "council": ")",
                    their_council.name(), "\"}"),
       nomination, "NOMINATION_NOT_FOUND"},
      {"CouncilService/OpenBallot",
       absl::StrCat(R"({"initiative": "initiatives/$", "request_id": "rights", "council": ")",
                    their_council.name(), "\"}"),
       initiative, "INITIATIVE_NOT_FOUND"},
      {"CouncilService/CastVote", name + R"(ballots/$", "choice": "VOTE_CHOICE_FOR"})", ballot,
       "BALLOT_NOT_FOUND"},
      {"CouncilService/RecordWrittenOpinion", name + R"(ballots/$"})", ballot, "BALLOT_NOT_FOUND"},
      {"CouncilService/CloseBallot", name + R"(ballots/$"})", ballot, "BALLOT_NOT_FOUND"},
      {"CouncilService/CancelBallot", name + R"(ballots/$"})", ballot, "BALLOT_NOT_FOUND"},
      {"CouncilService/GetBallot", R"({"name": "ballots/$"})", ballot, "BALLOT_NOT_FOUND"},
      {"CouncilService/ScheduleMeeting", R"({"request_id": "rights", "council": "councils/$"})",
       council, "COUNCIL_NOT_FOUND"},
      {"CouncilService/UpdateMeeting",
       R"({"request_id": "rights", "meeting": {"name": "meetings/$"}})", meeting,
       "MEETING_NOT_FOUND"},
      {"CouncilService/CancelMeeting", name + R"(meetings/$"})", meeting, "MEETING_NOT_FOUND"},
      {"CouncilService/GetMeeting", R"({"name": "meetings/$"})", meeting, "MEETING_NOT_FOUND"},
      {"DecisionService/CreateDecision",
       R"({"nominations": ["nominations/$"], "request_id": "rights"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"DecisionService/IssueDecision", name + R"(decisions/$"})", decision, "DECISION_NOT_FOUND"},
      {"DecisionService/CancelDecision", name + R"(decisions/$"})", decision, "DECISION_NOT_FOUND"},
      {"DecisionService/DownloadDecision", R"({"name": "decisions/$"})", decision,
       "DECISION_NOT_FOUND"},
      {"DecisionService/GetDecision", R"({"name": "decisions/$"})", decision, "DECISION_NOT_FOUND"},
      {"FilesService/UploadPart", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/CompleteUpload", name + R"(files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/GetFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"FilesService/DownloadFile", R"({"name": "files/$"})", file, "FILE_NOT_FOUND"},
      {"InitiativeService/RecogniseInitiative", name + R"(initiatives/$"})", initiative,
       "INITIATIVE_NOT_FOUND"},
      {"InitiativeService/GetInitiative", R"({"name": "initiatives/$"})", initiative,
       "INITIATIVE_NOT_FOUND"},
      {"NominationService/ShortlistUnits", R"({"plan": "plans/$", "request_id": "rights"})",
       Id("plan"), "PLAN_NOT_FOUND"},
      {"NominationService/InviteUnits",
       R"({"nominations": ["nominations/$"], "request_id": "rights"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/SelectIndividuals",
       R"({"selected": ["nominations/$"], "request_id": "rights"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/GetQuotaUse", R"({"plan": "plans/$", "year": 2023})", Id("plan"),
       "PLAN_NOT_FOUND"},
      {"NominationService/AcceptInvitation", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/DeclineInvitation", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/ReopenNomination", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/RejectAwardDossier", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/FileAwardDossier", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/ReturnAwardDossier", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/ConfirmStandard", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/CheckStandards", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/AppraiseAwardDossier", name + R"(nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/GetNomination", R"({"name": "nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/ListStandardConfirmations", R"({"name": "nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
      {"NominationService/ListStandardsChecks", R"({"name": "nominations/$"})", nomination,
       "NOMINATION_NOT_FOUND"},
  };
  EXPECT_THAT(test::UnknownIdProblems(server_->channel(), "thidua.awards.v1", callers, named),
              ::testing::IsEmpty());
}

// A list is no way around: each of the nominations is asked for.
TEST_F(RightsTest, ANominationNamedBesideOnesOwnTellsNoMore) {
  const std::string own = Closed().nomination();
  const auto stub = v1::DecisionService::NewStub(server_->channel());
  const auto create = [&](const std::string& unit) {
    v1::CreateDecisionRequest request;
    request.add_nominations(own);
    request.add_nominations("nominations/00000000000000000000000000");
    request.set_request_id(RequestId());
    v1::Decision decision;
    const auto context = test::WithToken(
        keys_->Token("person:" + Id("officer"), {{unit, {"awards.decisions.write"}}}));
    return stub->CreateDecision(context.get(), request, &decision);
  };
  EXPECT_EQ(test::Reason(create(Id("district"))), "PERMISSION_DENIED");
  EXPECT_EQ(test::Reason(create("*")), "NOMINATION_NOT_FOUND");
}

}  // namespace
}  // namespace thidua::awards
