#include "awards/nominations/rules_states.h"

#include <algorithm>
#include <array>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::array kAllStates = {State::kShortlisted, State::kInvited,   State::kFiled,
                                   State::kReturned,    State::kAppraised, State::kCarried,
                                   State::kNotCarried,  State::kDecided};
constexpr std::array kAllMoves = {
    Move::kInviteUnits,     Move::kFileAwardDossier,   Move::kReturnAwardDossier,
    Move::kConfirmStandard, Move::kCheckStandards,     Move::kAppraiseAwardDossier,
    Move::kOpenBallot,      Move::kCloseBallotCarried, Move::kCloseBallotNotCarried,
    Move::kCreateDecision,  Move::kIssueDecision};

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
  EXPECT_THAT(LegalMoves(State::kInvited), ElementsAre("FileAwardDossier"));
  EXPECT_THAT(LegalMoves(State::kFiled), ElementsAre("ReturnAwardDossier", "ConfirmStandard",
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
  EXPECT_EQ(legal, 16);
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
