#include "awards/nominations/rules_work.h"

#include "gtest/gtest.h"

namespace thidua::awards::nominations {
namespace {

TEST(PendingWork, R_AWD_43_EveryStateThatHasNotEndedWaitsForOneThing) {
  EXPECT_EQ(WorkOf(State::kNominated, false, false), Work::kSelection);
  EXPECT_EQ(WorkOf(State::kShortlisted, false, false), Work::kInvitation);
  EXPECT_EQ(WorkOf(State::kInvited, false, false), Work::kAnswer);
  EXPECT_EQ(WorkOf(State::kAccepted, false, false), Work::kFiling);
  EXPECT_EQ(WorkOf(State::kReturned, false, false), Work::kFiling);
  EXPECT_EQ(WorkOf(State::kMissed, false, false), Work::kMissed);
  EXPECT_EQ(WorkOf(State::kFiled, false, false), Work::kAppraisal);
  EXPECT_EQ(WorkOf(State::kAppraised, false, false), Work::kBallot);
  EXPECT_EQ(WorkOf(State::kAppraised, true, false), Work::kVotes);
  EXPECT_EQ(WorkOf(State::kCarried, false, false), Work::kDecision);
  EXPECT_EQ(WorkOf(State::kCarried, false, true), Work::kIssue);
  for (State ended : {State::kNotCarried, State::kDecided, State::kDeclined, State::kIneligible,
                      State::kNotSelected}) {
    EXPECT_EQ(WorkOf(ended, false, false), std::nullopt) << NameOf(ended);
  }
}

TEST(PendingWork, R_AWD_43_OnlyTheUnitsWorkIsDueByTheDeadline) {
  for (Work work : {Work::kAnswer, Work::kFiling, Work::kMissed}) EXPECT_TRUE(DueByDeadline(work));
  for (Work work : {Work::kSelection, Work::kInvitation, Work::kAppraisal, Work::kBallot,
                    Work::kVotes, Work::kDecision, Work::kIssue}) {
    EXPECT_FALSE(DueByDeadline(work));
  }
}

}  // namespace
}  // namespace thidua::awards::nominations
