#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "support/awards/fixture.h"

namespace thidua::awards::councils {
namespace {

using test::Reason;
using testing::AwardsTest;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class CouncilServiceTest : public AwardsTest {
 protected:
  grpc::Status Create(const v1::CreateCouncilRequest& request, v1::Council* council,
                      const std::string& who = "officer") {
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::CreateCouncil, request, council,
                                    who);
  }
  grpc::Status Update(const v1::Council& wanted, v1::Council* council) {
    v1::UpdateCouncilRequest request;
    *request.mutable_council() = wanted;
    request.set_request_id(RequestId());
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::UpdateCouncil, request, council,
                                    "officer");
  }
  grpc::Status Open(const std::string& council, const std::string& nomination, v1::Ballot* ballot) {
    v1::OpenBallotRequest request;
    request.set_council(council);
    request.set_nomination(nomination);
    request.set_request_id(RequestId());
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::OpenBallot, request, ballot,
                                    "officer");
  }
  grpc::Status Written(const std::string& ballot, const std::string& member,
                       v1::VoteChoice choice) {
    v1::RecordWrittenOpinionRequest request;
    request.set_name(ballot);
    request.set_person(PersonName(member));
    request.set_choice(choice);
    request.set_file(Upload("district", "officer", "phiếu ý kiến của " + member));
    request.set_request_id(RequestId());
    v1::RecordWrittenOpinionResponse response;
    return Call<v1::CouncilService>(&v1::CouncilService::Stub::RecordWrittenOpinion, request,
                                    &response, "officer");
  }
  v1::Ballot Get(const std::string& name) {
    v1::GetBallotRequest request;
    request.set_name(name);
    v1::Ballot ballot;
    EXPECT_TRUE(
        Call<v1::CouncilService>(&v1::CouncilService::Stub::GetBallot, request, &ballot, "officer")
            .ok());
    return ballot;
  }
};

// shows: S3-30
TEST_F(CouncilServiceTest, ACouncilHasMembersRulesAndAliases) {
  v1::Council council;
  ASSERT_TRUE(Create(CouncilRequest(), &council).ok());
  EXPECT_EQ(council.members_size(), 5);
  EXPECT_EQ(council.members(1).unit(), UnitName("district")) << "taken from the person's post";
  EXPECT_EQ(council.aliases(0), "Hội đồng xét thi đua, khen thưởng");
  EXPECT_EQ(council.voting_rules(0).conflict_treatment(), v1::CONFLICT_TREATMENT_COUNTED_IN_TOTAL);
  EXPECT_THAT(EventTypes(), Contains("CouncilChanged"));

  v1::Council wanted = council;
  wanted.set_title("Hội đồng TĐKT huyện");
  wanted.mutable_members()->RemoveLast();
  v1::Council changed;
  ASSERT_TRUE(Update(wanted, &changed).ok());
  EXPECT_EQ(changed.members_size(), 4);
  EXPECT_EQ(Reason(Update(wanted, &changed)), "ETAG_MISMATCH");
  wanted.set_etag("");
  EXPECT_EQ(Reason(Update(wanted, &changed)), "ETAG_REQUIRED");
  wanted.set_etag("\"2\"");
  wanted.set_kind(v1::COUNCIL_KIND_INITIATIVE);
  EXPECT_EQ(Reason(Update(wanted, &changed)), "FIELD_IMMUTABLE");

  v1::ListCouncilsRequest list;
  v1::ListCouncilsResponse page;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::ListCouncils, list, &page, "leader")
          .ok());
  ASSERT_EQ(page.councils_size(), 1);
  EXPECT_EQ(page.councils(0).title(), "Hội đồng TĐKT huyện");
}

TEST_F(CouncilServiceTest, WhatDoesNotFitTogetherIsRefusedByField) {
  v1::Council council;
  v1::CreateCouncilRequest request = CouncilRequest();
  request.mutable_council()->mutable_members(1)->set_role(v1::COUNCIL_ROLE_CHAIR);
  EXPECT_EQ(Reason(Create(request, &council)), "TWO_CHAIRS");
  request = CouncilRequest();
  request.mutable_council()->mutable_members(1)->set_person(PersonName("nobody knows"));
  EXPECT_EQ(Reason(Create(request, &council)), "UNKNOWN_PERSON");
  request.mutable_council()->mutable_members(1)->set_unit(UnitName("commune-3"));
  EXPECT_TRUE(Create(request, &council).ok()) << "a member from outside, with the unit named";
  request = CouncilRequest();
  request.mutable_council()->mutable_voting_rules(0)->mutable_quorum()->set_denominator(1);
  EXPECT_EQ(Reason(Create(request, &council)), "SHARE_OUT_OF_RANGE");
  request = CouncilRequest();
  request.mutable_council()->set_unit(UnitName("no such unit"));
  EXPECT_NE(Create(request, &council).error_code(), grpc::StatusCode::OK);
  EXPECT_EQ(Create(CouncilRequest(), &council, "commune").error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
}

// shows: S4-03
TEST_F(CouncilServiceTest, FourOfFiveIsExactlyFourFifthsAndCarries) {
  const v1::Ballot closed = Closed(4);
  EXPECT_EQ(closed.state(), v1::BALLOT_STATE_CLOSED);
  EXPECT_EQ(closed.tally().total_members(), 5);
  EXPECT_EQ(closed.tally().votes_for(), 4);
  EXPECT_EQ(closed.tally().votes_against(), 1);
  EXPECT_TRUE(closed.tally().carried());
  EXPECT_EQ(closed.minutes().present_size(), 5);
  EXPECT_EQ(GetNomination(closed.nomination()).state(), v1::NOMINATION_STATE_CARRIED);
  EXPECT_EQ(EventTypes().back(), "BallotClosed");
}

TEST_F(CouncilServiceTest, ThreeOfFiveIsNotCarriedAndEndsTheNomination) {
  const v1::Ballot closed = Closed(3);
  EXPECT_FALSE(closed.tally().carried());
  EXPECT_EQ(GetNomination(closed.nomination()).state(), v1::NOMINATION_STATE_NOT_CARRIED);
  v1::Ballot again;
  EXPECT_EQ(Reason(Open(closed.council(), closed.nomination(), &again)), "NOMINATION_STATE");
}

TEST_F(CouncilServiceTest, WithoutAQuorumTheBallotStaysOpen) {
  const v1::Ballot opened = Opened();
  for (const char* who : {"member-1", "member-2", "member-3"}) {
    ASSERT_TRUE(Vote(opened.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  v1::Ballot closed;
  const grpc::Status refused = Close(opened.name(), {}, &closed);
  EXPECT_EQ(Reason(refused), "QUORUM_NOT_MET");
  EXPECT_THAT(refused.error_message(), HasSubstr("3 of 5"));
  EXPECT_EQ(Get(opened.name()).state(), v1::BALLOT_STATE_OPEN);
  EXPECT_EQ(GetNomination(opened.nomination()).state(), v1::NOMINATION_STATE_APPRAISED);

  // A fourth member is there and does not vote: a quorum of 4/5, and 3 of 5 do not carry.
  ASSERT_TRUE(Close(opened.name(), {"member-4"}, &closed).ok());
  EXPECT_EQ(closed.tally().counted_for_quorum(), 4);
  EXPECT_EQ(closed.tally().not_voted(), 2);
  EXPECT_FALSE(closed.tally().carried());
}

TEST_F(CouncilServiceTest, AVoteMayBeChangedBeforeClosingAndItsHistoryIsKept) {
  const v1::Ballot opened = Opened();
  ASSERT_TRUE(Vote(opened.name(), "member-1", v1::VOTE_CHOICE_AGAINST).ok());
  v1::CastVoteRequest request;
  request.set_name(opened.name());
  request.set_choice(v1::VOTE_CHOICE_FOR);
  request.set_request_id(RequestId());
  v1::CastVoteResponse response;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::CastVote, request, &response, "member-1")
          .ok());
  EXPECT_TRUE(response.replaced());
  EXPECT_EQ(response.votes_cast(), 1);
  for (const char* who : {"member-2", "member-3", "member-4"}) {
    ASSERT_TRUE(Vote(opened.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  const v1::Ballot running = Get(opened.name());
  EXPECT_TRUE(running.members(0).voted());
  EXPECT_EQ(running.members(0).choice(), v1::VOTE_CHOICE_UNSPECIFIED) << "not before closing";
  EXPECT_FALSE(running.has_tally());
  v1::Ballot closed;
  ASSERT_TRUE(Close(opened.name(), {}, &closed).ok());
  EXPECT_EQ(closed.tally().votes_for(), 4);
  EXPECT_EQ(closed.tally().votes_against(), 0);
  EXPECT_EQ(closed.members(0).choice(), v1::VOTE_CHOICE_FOR);
  EXPECT_EQ(Count("votes"), "5");
  EXPECT_EQ(Reason(Vote(opened.name(), "member-5", v1::VOTE_CHOICE_FOR)), "BALLOT_STATE");
}

TEST_F(CouncilServiceTest, NobodyVotesOnTheOwnUnit) {
  // By the council's list and, for member-5, by the post that campaign tells.
  v1::CreateCouncilRequest request = CouncilRequest();
  request.mutable_council()->mutable_members(3)->set_unit(UnitName("commune-1"));
  request.mutable_council()->mutable_members(4)->set_unit(UnitName("district"));
  campaign::v1::PersonChanged moved;
  moved.set_person_id(Id("member-5"));
  moved.set_unit_id(Id("commune-1"));
  Apply(moved);
  v1::Council council;
  ASSERT_TRUE(Create(request, &council).ok());
  v1::Ballot ballot;
  ASSERT_TRUE(Open(council.name(), Appraised().name(), &ballot).ok());
  EXPECT_FALSE(ballot.members(0).conflict_of_interest());
  EXPECT_TRUE(ballot.members(3).conflict_of_interest());
  EXPECT_TRUE(ballot.members(4).conflict_of_interest());
  for (const char* who : {"member-4", "member-5"}) {
    const grpc::Status refused = Vote(ballot.name(), who, v1::VOTE_CHOICE_FOR);
    EXPECT_EQ(Reason(refused), "CONFLICT_OF_INTEREST");
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  }
  EXPECT_EQ(Reason(Written(ballot.name(), "member-5", v1::VOTE_CHOICE_FOR)),
            "CONFLICT_OF_INTEREST");
  for (const char* who : {"member-1", "member-2", "member-3"}) {
    ASSERT_TRUE(Vote(ballot.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  v1::Ballot closed;
  ASSERT_TRUE(Close(ballot.name(), {"member-4"}, &closed).ok());
  EXPECT_EQ(closed.tally().total_members(), 5) << "they still count in the total";
  EXPECT_EQ(closed.tally().conflicts(), 2);
  EXPECT_FALSE(closed.tally().carried()) << "3 of 5";
}

TEST_F(CouncilServiceTest, OnlyMembersOfTheDayOfOpeningVote) {
  const v1::Ballot opened = Opened();
  EXPECT_EQ(Vote(opened.name(), "commune", v1::VOTE_CHOICE_FOR).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(Reason(Vote(opened.name(), "member-9", v1::VOTE_CHOICE_FOR)), "NOT_A_MEMBER");
  EXPECT_EQ(Reason(Vote(opened.name(), "member-1", v1::VOTE_CHOICE_UNSPECIFIED)), "FIELD_REQUIRED");
}

TEST_F(CouncilServiceTest, WrittenOpinionsOfTheAbsentCountAsVotes) {
  v1::CreateCouncilRequest request = CouncilRequest();
  request.mutable_council()->mutable_voting_rules(0)->set_written_counts_for_quorum(true);
  v1::Council council;
  ASSERT_TRUE(Create(request, &council).ok());
  v1::Ballot ballot;
  ASSERT_TRUE(Open(council.name(), Appraised().name(), &ballot).ok());
  for (const char* who : {"member-1", "member-2"}) {
    ASSERT_TRUE(Vote(ballot.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  for (const char* who : {"member-3", "member-4"}) {
    ASSERT_TRUE(Written(ballot.name(), who, v1::VOTE_CHOICE_FOR).ok());
  }
  EXPECT_EQ(Reason(Written(ballot.name(), "member-1", v1::VOTE_CHOICE_AGAINST)),
            "MEMBER_VOTED_IN_PERSON");
  v1::Ballot closed;
  ASSERT_TRUE(Close(ballot.name(), {}, &closed).ok());
  EXPECT_EQ(closed.tally().counted_for_quorum(), 4);
  EXPECT_TRUE(closed.tally().carried());
  EXPECT_EQ(closed.members(2).mode(), v1::VOTE_MODE_WRITTEN);
  EXPECT_EQ(closed.minutes().present_size(), 2);
}

TEST_F(CouncilServiceTest, ASecretBallotTellsNobodyWhoVotedHow) {
  v1::CreateCouncilRequest request = CouncilRequest();
  request.mutable_council()->mutable_voting_rules(0)->set_secret(true);
  v1::Council council;
  ASSERT_TRUE(Create(request, &council).ok());
  v1::Ballot ballot;
  ASSERT_TRUE(Open(council.name(), Appraised().name(), &ballot).ok());
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(Vote(ballot.name(), absl::StrCat("member-", i),
                     i == 5 ? v1::VOTE_CHOICE_AGAINST : v1::VOTE_CHOICE_FOR)
                    .ok());
  }
  v1::Ballot closed;
  ASSERT_TRUE(Close(ballot.name(), {}, &closed).ok());
  EXPECT_EQ(closed.tally().votes_against(), 1);
  for (const auto& member : closed.members()) {
    EXPECT_TRUE(member.voted());
    EXPECT_EQ(member.choice(), v1::VOTE_CHOICE_UNSPECIFIED);
  }
  EXPECT_EQ(Count("events WHERE type LIKE '%VoteRecorded' AND payload LIKE '%choice%'"), "0");
}

TEST_F(CouncilServiceTest, ANominationHasOneOpenBallotAtATime) {
  const v1::Ballot opened = Opened();
  v1::Ballot second;
  EXPECT_EQ(Reason(Open(opened.council(), opened.nomination(), &second)), "BALLOT_OPEN");
  v1::CancelBallotRequest cancel;
  cancel.set_name(opened.name());
  cancel.set_reason("Triệu tập lại cuộc họp");
  cancel.set_request_id(RequestId());
  v1::Ballot cancelled;
  ASSERT_TRUE(Call<v1::CouncilService>(&v1::CouncilService::Stub::CancelBallot, cancel, &cancelled,
                                       "leader")
                  .ok());
  EXPECT_EQ(cancelled.state(), v1::BALLOT_STATE_CANCELLED);
  EXPECT_TRUE(Open(opened.council(), opened.nomination(), &second).ok());
  EXPECT_EQ(Reason(Close(opened.name(), {}, &cancelled)), "BALLOT_STATE");

  v1::ListBallotsRequest list;
  list.set_nomination(opened.nomination());
  v1::ListBallotsResponse page;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::ListBallots, list, &page, "leader").ok());
  EXPECT_EQ(page.ballots_size(), 2);
}

TEST_F(CouncilServiceTest, TheCouncilIsThePlansAndHasARuleForTheDay) {
  const std::string nomination = Appraised().name();
  v1::CreateCouncilRequest request = CouncilRequest();
  request.mutable_council()->mutable_voting_rules(0)->set_valid_to("2024-01-31");
  v1::Council council;
  v1::Ballot ballot;
  ASSERT_TRUE(Create(request, &council).ok());
  EXPECT_EQ(Reason(Open(council.name(), nomination, &ballot)), "VOTING_RULE_MISSING");
  request = CouncilRequest();
  request.mutable_council()->set_kind(v1::COUNCIL_KIND_INITIATIVE);
  ASSERT_TRUE(Create(request, &council).ok());
  EXPECT_EQ(Reason(Open(council.name(), nomination, &ballot)), "COUNCIL_OF_OTHER_KIND");
  request = CouncilRequest();
  request.mutable_council()->set_unit(UnitName("room"));
  ASSERT_TRUE(Create(request, &council).ok());
  EXPECT_EQ(Reason(Open(council.name(), nomination, &ballot)), "COUNCIL_OF_OTHER_UNIT");
}

TEST_F(CouncilServiceTest, ALaterChangeOfTheCouncilDoesNotTouchAnOpenBallot) {
  const v1::Ballot opened = Opened();
  v1::GetCouncilRequest get;
  get.set_name(opened.council());
  v1::Council council, changed;
  ASSERT_TRUE(
      Call<v1::CouncilService>(&v1::CouncilService::Stub::GetCouncil, get, &council, "officer")
          .ok());
  council.mutable_members()->DeleteSubrange(1, 4);
  council.mutable_voting_rules(0)->mutable_threshold()->set_denominator(10);
  ASSERT_TRUE(Update(council, &changed).ok());
  const v1::Ballot ballot = Get(opened.name());
  EXPECT_EQ(ballot.members_size(), 5);
  EXPECT_EQ(ballot.rule().threshold().denominator(), 5);
}

TEST_F(CouncilServiceTest, VotesCastAtOnceAreAllCounted) {
  const v1::Ballot opened = Opened();
  std::vector<std::thread> threads;
  std::vector<grpc::Status> answers(5);
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      answers[i] = Vote(opened.name(), absl::StrCat("member-", i + 1), v1::VOTE_CHOICE_FOR);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const grpc::Status& answer : answers) EXPECT_TRUE(answer.ok()) << answer.error_message();
  v1::Ballot closed;
  ASSERT_TRUE(Close(opened.name(), {}, &closed).ok());
  EXPECT_EQ(closed.tally().votes_for(), 5);
}

}  // namespace
}  // namespace thidua::awards::councils
