#include "awards/nominations/rules_states.h"

#include <algorithm>
#include <array>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array kAllStates = {State::kShortlisted, State::kInvited,    State::kFiled,
                                   State::kReturned,    State::kAppraised,  State::kCarried,
                                   State::kNotCarried,  State::kDecided,    State::kAccepted,
                                   State::kDeclined,    State::kMissed,     State::kIneligible,
                                   State::kNominated,   State::kNotSelected};
constexpr std::array kAllMoves = {
    Move::kInviteUnits,        Move::kFileAwardDossier,   Move::kReturnAwardDossier,
    Move::kConfirmStandard,    Move::kCheckStandards,     Move::kAppraiseAwardDossier,
    Move::kOpenBallot,         Move::kCloseBallotCarried, Move::kCloseBallotNotCarried,
    Move::kCreateDecision,     Move::kIssueDecision,      Move::kSelectIndividual,
    Move::kPassOverIndividual, Move::kAcceptInvitation,   Move::kDeclineInvitation,
    Move::kReopenNomination,   Move::kRejectAwardDossier};

// shows: S4-26
TEST(NominationStates, R_AWD_20_TheWayFromShortlistToDecision) {
  State state = State::kShortlisted;
  for (Move move : {Move::kInviteUnits, Move::kFileAwardDossier, Move::kReturnAwardDossier,
                    Move::kFileAwardDossier, Move::kCheckStandards, Move::kAppraiseAwardDossier,
                    Move::kOpenBallot, Move::kCloseBallotCarried, Move::kCreateDecision,
                    Move::kIssueDecision}) {
    const MoveResult result = Apply(state, move);
    ASSERT_FALSE(result.refusal.has_value()) << NameOf(state);
    state = result.next;
  }
  EXPECT_EQ(state, State::kDecided);
}

TEST(NominationStates, R_AWD_20_LegalMovesByState) {
  EXPECT_THAT(LegalMoves(State::kShortlisted), ElementsAre("InviteUnits"));
  EXPECT_THAT(LegalMoves(State::kNominated), ElementsAre("SelectIndividuals"));
  EXPECT_THAT(LegalMoves(State::kInvited),
              ElementsAre("AcceptInvitation", "DeclineInvitation", "FileAwardDossier"));
  EXPECT_THAT(LegalMoves(State::kAccepted), ElementsAre("DeclineInvitation", "FileAwardDossier"));
  for (State ended : {State::kDeclined, State::kMissed, State::kIneligible, State::kNotSelected}) {
    EXPECT_THAT(LegalMoves(ended), ElementsAre("ReopenNomination")) << NameOf(ended);
  }
  EXPECT_THAT(LegalMoves(State::kFiled),
              ElementsAre("ReturnAwardDossier", "RejectAwardDossier", "ConfirmStandard",
                          "CheckStandards", "AppraiseAwardDossier"));
  EXPECT_THAT(LegalMoves(State::kReturned), ElementsAre("FileAwardDossier"));
  EXPECT_THAT(LegalMoves(State::kAppraised),
              ElementsAre("ConfirmStandard", "CheckStandards", "OpenBallot", "CloseBallot"));
  EXPECT_THAT(LegalMoves(State::kCarried),
              ElementsAre("ConfirmStandard", "CheckStandards", "CreateDecision", "IssueDecision"));
  EXPECT_THAT(LegalMoves(State::kNotCarried), IsEmpty());
  EXPECT_THAT(LegalMoves(State::kDecided), IsEmpty());
}

TEST(NominationStates, R_AWD_20_EveryOtherMoveIsRefusedAndNamesTheLegalOnes) {
  int legal = 0;
  for (State state : kAllStates) {
    for (Move move : kAllMoves) {
      const MoveResult result = Apply(state, move);
      if (!result.refusal) {
        ++legal;
        continue;
      }
      EXPECT_EQ(result.next, state);
      EXPECT_EQ(result.refusal->kind, RefusalKind::kState);
      EXPECT_EQ(result.refusal->reason, "NOMINATION_STATE");
      EXPECT_EQ(result.refusal->metadata.at("state"), NameOf(state));
      for (const std::string& rpc : LegalMoves(state)) {
        EXPECT_THAT(result.refusal->vi, testing::HasSubstr(rpc));
        EXPECT_THAT(result.refusal->metadata.at("legal_moves"), testing::HasSubstr(rpc));
      }
    }
  }
  EXPECT_EQ(legal, 27);
}

TEST(NominationStates, R_AWD_39_NothingByTheEndOfTheDeadlinesDayIsMissed) {
  const absl::CivilDay deadline(2024, 2, 15);
  for (State waiting : {State::kInvited, State::kAccepted}) {
    EXPECT_EQ(StateOn(waiting, deadline, deadline), waiting) << "the day itself still counts";
    EXPECT_EQ(StateOn(waiting, deadline, deadline + 1), State::kMissed);
    EXPECT_EQ(StateOn(waiting, std::nullopt, deadline + 1000), waiting);
  }
  for (State other : {State::kShortlisted, State::kFiled, State::kReturned, State::kDeclined,
                      State::kIneligible, State::kDecided}) {
    EXPECT_EQ(StateOn(other, deadline, deadline + 1), other) << NameOf(other);
  }
  EXPECT_EQ(Apply(State::kMissed, Move::kFileAwardDossier).refusal->metadata.at("legal_moves"),
            "ReopenNomination");
}

TEST(NominationStates, R_AWD_40_ReopeningNeedsANewDayOnlyWhereTheUnitIsAskedAgain) {
  const absl::CivilDay today(2024, 2, 20);
  for (State ended : {State::kDeclined, State::kMissed}) {
    EXPECT_EQ(CheckReopening(ended, std::nullopt, today)->reason, "FIELD_REQUIRED");
    EXPECT_EQ(CheckReopening(ended, today - 1, today)->reason, "DEADLINE_PAST");
    EXPECT_FALSE(CheckReopening(ended, today, today).has_value());
    EXPECT_EQ(Apply(ended, Move::kReopenNomination).next, State::kInvited);
  }
  for (State ended : {State::kIneligible, State::kNotSelected}) {
    EXPECT_EQ(CheckReopening(ended, today, today)->reason, "DEADLINE_NOT_ASKED_FOR");
    EXPECT_FALSE(CheckReopening(ended, std::nullopt, today).has_value());
  }
  EXPECT_EQ(Apply(State::kIneligible, Move::kReopenNomination).next, State::kFiled);
  EXPECT_EQ(Apply(State::kNotSelected, Move::kReopenNomination).next, State::kNominated);
}

TEST(NominationStates, R_AWD_42_NobodyJudgesTheOwnPerson) {
  EXPECT_EQ(CheckNotOwnPerson("p1", "p1")->reason, "OWN_PERSON");
  EXPECT_FALSE(CheckNotOwnPerson("p1", "p2").has_value());
  EXPECT_FALSE(CheckNotOwnPerson("", "").has_value()) << "a unit, and a system";
}

TEST(NominationStates, NamesAreReadAsTheyAreWritten) {
  for (State state : kAllStates) EXPECT_EQ(StateNamed(NameOf(state)), state);
  EXPECT_EQ(StateNamed("VOTED"), std::nullopt);
}

TEST(NominationStates, R_AWD_21_WhoFiledDoesNotAppraise) {
  EXPECT_EQ(CheckNotFiler({"person:a", "person:b"}, "person:b")->reason, "FILER_CANNOT_APPRAISE");
  EXPECT_FALSE(CheckNotFiler({"person:a"}, "person:b").has_value());
  EXPECT_FALSE(CheckNotFiler({}, "person:b").has_value());
}

TEST(NominationStates, R_AWD_29_WhoReturnedOrConfirmedDoesNotFile) {
  const MaybeRefusal refused = CheckNotJudge({"person:a", "person:b"}, "person:b");
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(refused->reason, "SEPARATION_OF_DUTIES");
  EXPECT_EQ(refused->kind, RefusalKind::kForbidden);
  EXPECT_FALSE(CheckNotJudge({"person:a"}, "person:b").has_value());
  EXPECT_FALSE(CheckNotJudge({}, "person:b").has_value());
}

}  // namespace
}  // namespace thidua::awards::nominations
