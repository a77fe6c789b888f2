// An initiative before an initiative council, over a real database.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "support/awards/fixture.h"

namespace thidua::awards::initiatives {
namespace {

using test::Fields;
using test::Reason;
using testing::AwardsTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class InitiativeCouncilTest : public AwardsTest {
 protected:
  void SetUp() override {
    AwardsTest::SetUp();
    campaign::v1::PersonChanged person;
    person.set_person_id(Id("clerk"));
    person.set_unit_id(Id("commune-1"));
    person.set_valid_from("2020-01-01");
    Apply(person);
  }
  v1::CreateInitiativeRequest Request() {
    v1::CreateInitiativeRequest request;
    v1::Initiative* initiative = request.mutable_initiative();
    initiative->set_unit(UnitName("commune-1"));
    initiative->set_title("Trả kết quả chứng thực trong ngày");
    initiative->set_kind(v1::INITIATIVE_KIND_GENERAL);
    initiative->set_year(2023);
    initiative->set_summary("Đối chiếu bản chính ngay khi tiếp nhận");
    initiative->add_authors(PersonName("clerk"));
    initiative->add_authors(PersonName("member-1"));
    initiative->add_author_shares(60);
    initiative->add_author_shares(40);
    initiative->mutable_benefit()->set_hours_saved(420);
    initiative->mutable_benefit()->set_basis("3 phút mỗi hồ sơ, 8.400 hồ sơ một năm");
    request.set_request_id(RequestId());
    return request;
  }
  grpc::Status Create(const v1::CreateInitiativeRequest& request, v1::Initiative* made,
                      const std::string& who = "commune") {
    return Call<v1::InitiativeService>(&v1::InitiativeService::Stub::CreateInitiative, request,
                                       made, who);
  }
  std::string Registered() {
    v1::Initiative made;
    const grpc::Status status = Create(Request(), &made);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return made.name();
  }
  v1::Initiative Get(const std::string& name) {
    v1::GetInitiativeRequest request;
    request.set_name(name);
    v1::Initiative initiative;
    EXPECT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::GetInitiative, request,
                                            &initiative, "commune")
                    .ok());
    return initiative;
  }
  std::string InitiativeCouncil(const std::string& unit = "district") {
    v1::CreateCouncilRequest request = CouncilRequest();
    request.mutable_council()->set_unit(UnitName(unit));
    request.mutable_council()->set_kind(v1::COUNCIL_KIND_INITIATIVE);
    request.mutable_council()->set_title("Hội đồng Sáng kiến huyện Krông Nô");
    request.mutable_council()->clear_aliases();
    request.mutable_council()->add_aliases("HĐSK huyện Krông Nô");
    v1::Council council;
    const grpc::Status status = Call<v1::CouncilService>(&v1::CouncilService::Stub::CreateCouncil,
                                                         request, &council, "admin");
    EXPECT_TRUE(status.ok()) << status.error_message();
    return council.name();
  }
  grpc::Status Open(const std::string& council, const std::string& initiative, v1::Ballot* ballot,
                    const std::string& who = "officer") {
    v1::OpenBallotRequest request;
    request.set_council(council);
    request.set_initiative(initiative);
    request.set_request_id(RequestId());
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, request, ballot, who);
  }
  // All who have a vote give it the same way.
  v1::Ballot Judged(const std::string& initiative, v1::VoteChoice choice) {
    v1::Ballot ballot;
    const grpc::Status opened = Open(InitiativeCouncil(), initiative, &ballot);
    EXPECT_TRUE(opened.ok()) << opened.error_message();
    for (int i = 2; i <= 5; ++i) {
      EXPECT_TRUE(Vote(ballot.name(), absl::StrCat("member-", i), choice).ok());
    }
    v1::Ballot closed;
    EXPECT_TRUE(Close(ballot.name(), {}, &closed).ok());
    return closed;
  }
  grpc::Status Recognise(const std::string& name, const std::string& authority,
                         const std::string& date, v1::Initiative* out) {
    v1::RecogniseInitiativeRequest request;
    request.set_name(name);
    v1::Recognition* recognition = request.mutable_recognition();
    recognition->set_authority(authority);
    recognition->set_document_number("45/QĐ-UBND");
    recognition->set_date(date);
    recognition->set_file(Upload("commune-1", "commune", "quyết định công nhận"));
    recognition->set_scope(v1::INFLUENCE_SCOPE_LOCAL);
    request.set_request_id(RequestId());
    return Call<v1::InitiativeService>(&v1::InitiativeService::Stub::RecogniseInitiative, request,
                                       out, "officer");
  }
};

// shows: S3-31
// shows: S3-07
TEST_F(InitiativeCouncilTest, ACarriedInitiativeIsRecognisedByTheDecisionThatFollows) {
  const std::string name = Registered();
  v1::Initiative initiative = Get(name);
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_REGISTERED);
  EXPECT_THAT(initiative.authors(), ElementsAre(PersonName("clerk"), PersonName("member-1")));
  EXPECT_THAT(initiative.author_shares(), ElementsAre(60, 40));
  EXPECT_EQ(initiative.benefit().hours_saved(), 420);
  EXPECT_FALSE(initiative.benefit().has_vnd_saved());

  v1::Ballot ballot;
  ASSERT_TRUE(Open(InitiativeCouncil(), name, &ballot).ok());
  EXPECT_EQ(ballot.initiative(), name);
  EXPECT_EQ(ballot.nomination(), "");
  EXPECT_EQ(Get(name).state(), v1::INITIATIVE_STATE_UNDER_REVIEW);
  EXPECT_EQ(Get(name).ballot(), ballot.name());
  EXPECT_THAT(Payload("BallotOpened"), HasSubstr(R"("initiative_id":")" + name.substr(12)));
  // R-AWD-95: an author sits in the council and has no vote.
  EXPECT_EQ(Reason(Vote(ballot.name(), "member-1", v1::VOTE_CHOICE_FOR)), "CONFLICT_OF_INTEREST");
  EXPECT_TRUE(ballot.members(0).conflict_of_interest());
  EXPECT_FALSE(ballot.members(1).conflict_of_interest());
  EXPECT_EQ(Reason(Recognise(name, "Chủ tịch Ủy ban nhân dân huyện", "2024-02-01", &initiative)),
            "INITIATIVE_STATE");
  for (int i = 2; i <= 5; ++i) {
    ASSERT_TRUE(Vote(ballot.name(), absl::StrCat("member-", i), v1::VOTE_CHOICE_FOR).ok());
  }
  v1::Ballot closed;
  ASSERT_TRUE(Close(ballot.name(), {}, &closed).ok());
  EXPECT_TRUE(closed.tally().carried());  // four of five, the author among the five
  EXPECT_EQ(closed.tally().conflicts(), 1);
  EXPECT_EQ(Get(name).state(), v1::INITIATIVE_STATE_CARRIED);
  EXPECT_FALSE(Get(name).has_recognition());

  EXPECT_EQ(Reason(Recognise(name, "Chủ tịch Ủy ban nhân dân huyện", "2024-01-31", &initiative)),
            "RECOGNISED_BEFORE_BALLOT");
  ASSERT_TRUE(Recognise(name, "Chủ tịch Ủy ban nhân dân huyện", "2024-02-01", &initiative).ok());
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_RECOGNISED);
  EXPECT_EQ(initiative.recognition().scope(), v1::INFLUENCE_SCOPE_LOCAL);
  EXPECT_EQ(initiative.ballot(), ballot.name());
  EXPECT_EQ(Get(name).SerializeAsString(), initiative.SerializeAsString());
  EXPECT_EQ(Reason(Open(closed.council(), name, &ballot)), "INITIATIVE_STATE");
  // Registered, under review, carried, recognised.
  const std::vector<std::string> types = EventTypes();
  EXPECT_EQ(std::count(types.begin(), types.end(), "InitiativeChanged"), 4);
}

// shows: S3-31
// shows: S4-23
TEST_F(InitiativeCouncilTest, ALostBallotEndsItForThisCouncilOnly) {
  const std::string name = Registered();
  const v1::Ballot closed = Judged(name, v1::VOTE_CHOICE_AGAINST);
  EXPECT_FALSE(closed.tally().carried());
  EXPECT_EQ(Get(name).state(), v1::INITIATIVE_STATE_NOT_RECOGNISED);
  v1::Ballot again;
  EXPECT_EQ(Reason(Open(closed.council(), name, &again)), "INITIATIVE_STATE");
  v1::Initiative initiative;
  for (const char* same : {"Hội đồng Sáng kiến huyện Krông Nô", "HĐSK huyện Krông Nô"}) {
    const grpc::Status refused = Recognise(name, same, "2024-02-01", &initiative);
    EXPECT_EQ(Reason(refused), "NOT_CARRIED_BY_THIS_COUNCIL");
    EXPECT_THAT(Fields(refused), ElementsAre("recognition.authority"));
  }
  ASSERT_TRUE(Recognise(name, "Hội đồng Sáng kiến tỉnh Đắk Nông", "2024-02-01", &initiative).ok());
  EXPECT_EQ(initiative.state(), v1::INITIATIVE_STATE_RECOGNISED);
}

// R-AWD-15, R-AWD-91
TEST_F(InitiativeCouncilTest, AnAuthorNeitherHandlesTheBallotNorRecordsTheRecognition) {
  v1::CreateInitiativeRequest create = Request();
  create.mutable_initiative()->set_authors(0, PersonName("officer"));
  create.mutable_initiative()->set_authors(1, PersonName("leader"));
  for (const char* author : {"officer", "leader"}) {
    campaign::v1::PersonChanged person;
    person.set_person_id(Id(author));
    person.set_unit_id(Id("district"));
    person.set_valid_from("2020-01-01");
    Apply(person);
  }
  v1::Initiative made;
  ASSERT_TRUE(Create(create, &made).ok());
  const std::string council = InitiativeCouncil();
  v1::Ballot ballot;
  EXPECT_EQ(Reason(Open(council, made.name(), &ballot)), "OWN_PERSON");
  EXPECT_EQ(Count("ballots"), "0");
  ASSERT_TRUE(Open(council, made.name(), &ballot, "admin").ok());
  v1::RecordWrittenOpinionRequest opinion;
  opinion.set_name(ballot.name());
  opinion.set_person(PersonName("member-2"));
  opinion.set_choice(v1::VOTE_CHOICE_FOR);
  opinion.set_file(Upload("district", "officer", "phiếu"));
  opinion.set_request_id(RequestId());
  v1::RecordWrittenOpinionResponse recorded;
  EXPECT_EQ(Reason(Call<v1::CouncilService>(&v1::CouncilService::Stub::RecordWrittenOpinion,
                                            opinion, &recorded, "officer")),
            "OWN_PERSON");
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(Vote(ballot.name(), absl::StrCat("member-", i), v1::VOTE_CHOICE_FOR).ok());
  }
  v1::Ballot ended;
  EXPECT_EQ(Reason(Close(ballot.name(), {}, &ended)), "OWN_PERSON");
  v1::CancelBallotRequest cancel;
  cancel.set_name(ballot.name());
  cancel.set_reason("Hội đồng chưa họp được");
  cancel.set_request_id(RequestId());
  EXPECT_EQ(Reason(Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelBallot, cancel, &ended,
                                            "leader")),
            "OWN_PERSON");
  EXPECT_EQ(Get(made.name()).state(), v1::INITIATIVE_STATE_UNDER_REVIEW);
  cancel.set_request_id(RequestId());
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelBallot, cancel, &ended, "admin")
          .ok());
  EXPECT_EQ(Reason(Recognise(made.name(), "Chủ tịch Ủy ban nhân dân tỉnh", "2024-02-01", &made)),
            "OWN_PERSON");
}

TEST_F(InitiativeCouncilTest, ABallotGivenUpLeavesItWhereItWas) {
  const std::string name = Registered();
  const std::string council = InitiativeCouncil();
  v1::Ballot ballot;
  ASSERT_TRUE(Open(council, name, &ballot).ok());
  EXPECT_EQ(Reason(Open(council, name, &ballot)), "INITIATIVE_STATE");
  v1::CancelBallotRequest cancel;
  cancel.set_name(ballot.name());
  cancel.set_reason("Hội đồng chưa họp được");
  cancel.set_request_id(RequestId());
  v1::Ballot cancelled;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelBallot, cancel, &cancelled,
                                       "leader")
                  .ok());
  EXPECT_EQ(Get(name).state(), v1::INITIATIVE_STATE_REGISTERED);
  EXPECT_EQ(Get(name).ballot(), "");
  ASSERT_TRUE(Open(council, name, &ballot).ok());

  v1::ListBallotsRequest list;
  list.set_initiative(name);
  v1::ListBallotsResponse page;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::ListBallots, list, &page, "officer")
          .ok());
  EXPECT_EQ(page.ballots_size(), 2);
  v1::ListInitiativesRequest by_state;
  by_state.set_state(v1::INITIATIVE_STATE_UNDER_REVIEW);
  v1::ListInitiativesResponse found;
  const auto count = [&] {
    EXPECT_TRUE(Call<v1::InitiativeService>(&v1::InitiativeService::Stub::ListInitiatives, by_state,
                                            &found, "officer")
                    .ok());
    return found.initiatives_size();
  };
  EXPECT_EQ(count(), 1);
  by_state.set_state(v1::INITIATIVE_STATE_CARRIED);
  EXPECT_EQ(count(), 0);
}

// shows: S3-31
TEST_F(InitiativeCouncilTest, EachCouncilJudgesItsOwnKindAndItsOwnUnits) {
  const std::string nomination = Appraised().name();
  const std::string name = Registered();
  v1::Ballot ballot;
  EXPECT_EQ(Reason(Open(Council().name(), name, &ballot)), "COUNCIL_OF_OTHER_KIND");
  const std::string council = InitiativeCouncil();
  v1::OpenBallotRequest request;
  request.set_council(council);
  request.set_nomination(nomination);
  request.set_request_id(RequestId());
  const auto open = [&] {
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, request, &ballot,
                                    "officer");
  };
  EXPECT_EQ(Reason(open()), "COUNCIL_OF_OTHER_KIND");
  request.set_initiative(name);
  EXPECT_EQ(Reason(open()), "BALLOT_SUBJECT");
  request.clear_initiative();
  request.clear_nomination();
  EXPECT_EQ(Reason(open()), "BALLOT_SUBJECT");
  EXPECT_EQ(Reason(Open(InitiativeCouncil("commune-2"), name, &ballot, "admin")),
            "COUNCIL_OF_OTHER_UNIT");
  EXPECT_EQ(Open(council, name, &ballot, "commune").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Get(name).state(), v1::INITIATIVE_STATE_REGISTERED);
}

// R-AWD-95
TEST_F(InitiativeCouncilTest, MembersOfTheUnitHaveNoVoteUnlessItIsTheCouncilsOwn) {
  // member-2 now works in the commune the initiative comes from.
  campaign::v1::PersonChanged moved;
  moved.set_person_id(Id("member-2"));
  moved.set_unit_id(Id("commune-1"));
  moved.set_valid_from("2020-01-01");
  Apply(moved);
  const std::string council = InitiativeCouncil();
  v1::Ballot ballot;
  ASSERT_TRUE(Open(council, Registered(), &ballot).ok());
  const auto conflicts = [&] {
    std::vector<bool> found;
    for (const auto& member : ballot.members()) found.push_back(member.conflict_of_interest());
    return found;
  };
  EXPECT_THAT(conflicts(), ElementsAre(true, true, false, false, false));
  v1::CreateInitiativeRequest own = Request();
  own.mutable_initiative()->set_unit(UnitName("district"));
  v1::Initiative made;
  ASSERT_TRUE(Create(own, &made, "officer").ok());
  ASSERT_TRUE(Open(council, made.name(), &ballot).ok());
  EXPECT_THAT(conflicts(), ElementsAre(true, false, false, false, false));
  // Without authors nobody knows who has no vote.
  v1::CreateInitiativeRequest nobody = Request();
  nobody.mutable_initiative()->clear_authors();
  nobody.mutable_initiative()->clear_author_shares();
  ASSERT_TRUE(Create(nobody, &made).ok());
  EXPECT_EQ(Reason(Open(council, made.name(), &ballot)), "INITIATIVE_AUTHORS_MISSING");
}

TEST_F(InitiativeCouncilTest, WhatDoesNotFitIsRefusedByField) {
  v1::Initiative made;
  const auto refused = [&](const std::function<void(v1::Initiative&)>& change) {
    v1::CreateInitiativeRequest request = Request();
    change(*request.mutable_initiative());
    const grpc::Status status = Create(request, &made);
    return Reason(status) + ":" + ::testing::PrintToString(Fields(status));
  };
  EXPECT_EQ(refused([&](auto& i) { i.set_authors(1, PersonName("nobody")); }),
            "UNKNOWN_PERSON:{ \"initiative.authors[1]\" }");
  EXPECT_EQ(refused([&](auto& i) { i.set_authors(1, PersonName("clerk")); }),
            "NAMED_TWICE:{ \"initiative.authors[1]\" }");
  EXPECT_EQ(refused([](auto& i) { i.set_author_shares(1, 41); }),
            "AUTHOR_SHARES:{ \"initiative.author_shares\" }");
  EXPECT_EQ(refused([](auto& i) { i.mutable_benefit()->set_basis(""); }),
            "FIELD_REQUIRED:{ \"initiative.benefit.basis\" }");
  EXPECT_EQ(refused([](auto& i) { i.mutable_benefit()->set_vnd_saved(-1); }),
            "FIELD_OUT_OF_RANGE:{ \"initiative.benefit\" }");
  EXPECT_EQ(refused([](auto& i) {
              for (int k = 0; k < 20; ++k) i.add_authors("people/00000000000000000000000000");
            }),
            "COUNT_OUT_OF_RANGE:{ \"initiative.authors\" }");
  EXPECT_EQ(Count("initiatives"), "0");
  EXPECT_EQ(Count("initiative_authors"), "0");
}

}  // namespace
}  // namespace thidua::awards::initiatives
