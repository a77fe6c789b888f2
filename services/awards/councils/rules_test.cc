#include "awards/councils/rules.h"

#include <rapidcheck.h>

#include "awards/councils/rules_names.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::awards::councils {
namespace {

using absl::CivilDay;

VotingRule Rule(Fraction quorum, Fraction threshold) {
  VotingRule rule;
  rule.quorum = quorum;
  rule.threshold = threshold;
  rule.legal_basis = "Quy chế";
  rule.period.from = CivilDay(2023, 1, 1);
  return rule;
}

std::vector<RosterMember> Roster(int members) {
  std::vector<RosterMember> roster;
  roster.reserve(members);
  for (int i = 0; i < members; ++i) {
    roster.push_back({"p" + std::to_string(i), i == 0 ? Role::kChair : Role::kMember, false});
  }
  return roster;
}

std::vector<Vote> For(int count) {
  std::vector<Vote> votes;
  votes.reserve(count);
  for (int i = 0; i < count; ++i) votes.push_back({"p" + std::to_string(i), Choice::kFor});
  return votes;
}

// shows: S4-03
TEST(CouncilRules, R_AWD_01_SharesAreOfTotalMembershipNotOfThosePresent) {
  // Four of five came, all four voted for: 4/5 of all members.
  const Tally four = Count(Rule({2, 3}, {4, 5}), Roster(5), For(4), {});
  EXPECT_EQ(four.total_members, 5);
  EXPECT_TRUE(four.quorum_met);
  EXPECT_TRUE(four.carried);
  // All present voted for, and still it is not carried: 4/5 < 90 %.
  EXPECT_FALSE(Count(Rule({2, 3}, {90, 100}), Roster(5), For(4), {}).carried);
}

TEST(CouncilRules, R_AWD_02_AShareIsReachedAtEqualityUnlessMoreIsAskedFor) {
  struct Case {
    int64_t part;
    Fraction share;
    int64_t total;
    bool exclusive;
    bool reached;
  };
  for (const Case& c : std::vector<Case>{{4, {4, 5}, 5, false, true},
                                         {4, {4, 5}, 5, true, false},
                                         {3, {4, 5}, 5, false, false},
                                         {9, {9, 10}, 10, false, true},
                                         {8, {9, 10}, 10, false, false},
                                         {6, {2, 3}, 9, false, true},
                                         {5, {2, 3}, 9, false, false},
                                         {5, {1, 2}, 10, true, false},
                                         {6, {1, 2}, 10, true, true},
                                         {1, {1, 3}, 3, false, true},
                                         {0, {1, 3}, 0, false, false}}) {
    EXPECT_EQ(Reaches(c.part, c.share, c.total, c.exclusive), c.reached)
        << c.part << "/" << c.total << " ? " << c.share.numerator << "/" << c.share.denominator;
  }
}

TEST(CouncilRules, R_AWD_03_AConflictedMemberHasNoVoteAndStillCountsInTheTotal) {
  std::vector<RosterMember> roster = Roster(5);
  roster[4].conflict = true;
  VotingRule rule = Rule({2, 3}, {4, 5});
  // The conflicted member's vote does not count even if it were there.
  const Tally counted = Count(rule, roster, For(5), {});
  EXPECT_EQ(counted.total_members, 5);
  EXPECT_EQ(counted.votes_for, 4);
  EXPECT_EQ(counted.conflicts, 1);
  EXPECT_TRUE(counted.carried);
  EXPECT_FALSE(Count(rule, roster, For(3), {}).carried);
  // Left out of the total, three of four are enough for 3/4.
  rule.conflicts_left_out = true;
  rule.threshold = {3, 4};
  const Tally left_out = Count(rule, roster, For(3), {});
  EXPECT_EQ(left_out.total_members, 4);
  EXPECT_TRUE(left_out.carried);
}

TEST(CouncilRules, R_AWD_04_TheLastVoteOfAMemberCounts) {
  std::vector<Vote> votes = For(4);
  votes.push_back({"p0", Choice::kAgainst});
  const Tally tally = Count(Rule({2, 3}, {4, 5}), Roster(5), votes, {});
  EXPECT_EQ(tally.votes_for, 3);
  EXPECT_EQ(tally.votes_against, 1);
  EXPECT_FALSE(tally.carried);
}

TEST(CouncilRules, R_AWD_05_WrittenOpinionsAreVotesAndCountForTheQuorumOnlyByRule) {
  std::vector<Vote> votes = For(3);
  votes.push_back({"p3", Choice::kFor, Mode::kWritten});
  VotingRule rule = Rule({4, 5}, {4, 5});
  EXPECT_FALSE(Count(rule, Roster(5), votes, {}).quorum_met);
  rule.written_counts_for_quorum = true;
  const Tally tally = Count(rule, Roster(5), votes, {});
  EXPECT_TRUE(tally.quorum_met);
  EXPECT_EQ(tally.votes_for, 4);
  EXPECT_TRUE(tally.carried);
}

TEST(CouncilRules, R_AWD_06_WithoutAQuorumNothingIsCarried) {
  const Tally tally = Count(Rule({4, 5}, {1, 2}), Roster(5), For(3), {});
  EXPECT_TRUE(Reaches(tally.votes_for, {1, 2}, tally.total_members, false));
  EXPECT_FALSE(tally.quorum_met);
  EXPECT_FALSE(tally.carried);
  // Someone who is there and does not vote makes up the quorum.
  const Tally with_guest = Count(Rule({4, 5}, {1, 2}), Roster(5), For(3), {"p4"});
  EXPECT_TRUE(with_guest.carried);
  EXPECT_EQ(with_guest.not_voted, 2);
  EXPECT_FALSE(Count(Rule({1, 5}, {1, 5}), {}, {}, {}).carried);
}

TEST(CouncilRules, R_AWD_07_TheFormsOwnRuleGoesFirstAndTheDayDecides) {
  VotingRule general = Rule({2, 3}, {1, 2});
  VotingRule flag = Rule({2, 3}, {4, 5});
  flag.award_form = "CO_THI_DUA";
  VotingRule later = Rule({9, 10}, {9, 10});
  general.period.to = CivilDay(2023, 12, 31);
  later.period.from = CivilDay(2024, 1, 1);
  const std::vector<VotingRule> rules = {general, flag, later};
  EXPECT_EQ(RuleFor(rules, "CO_THI_DUA", CivilDay(2023, 6, 1)), &rules[1]);
  EXPECT_EQ(RuleFor(rules, "GIAY_KHEN", CivilDay(2023, 12, 31)), &rules[0]);
  EXPECT_EQ(RuleFor(rules, "GIAY_KHEN", CivilDay(2024, 1, 1)), &rules[2]);
  EXPECT_EQ(RuleFor(rules, "GIAY_KHEN", CivilDay(2022, 12, 31)), nullptr);
}

TEST(CouncilRules, R_AWD_08_TwoRulesForOneFormNeverHoldOnTheSameDay) {
  VotingRule a = Rule({2, 3}, {1, 2});
  VotingRule b = a;
  a.period.to = CivilDay(2023, 12, 31);
  b.period.from = CivilDay(2023, 12, 31);
  EXPECT_EQ(CheckComposition({}, {a, b})->reason, "RULES_OVERLAP");
  EXPECT_EQ(CheckComposition({}, {a, b})->field, "council.voting_rules[1].valid_from");
  b.period.from = CivilDay(2024, 1, 1);
  EXPECT_FALSE(CheckComposition({}, {a, b}).has_value());
  b.period.from = CivilDay(2023, 6, 1);
  b.award_form = "GIAY_KHEN";
  EXPECT_FALSE(CheckComposition({}, {a, b}).has_value());
}

TEST(CouncilRules, R_AWD_08_SharesMustBeReachableAndStandOnALegalBasis) {
  EXPECT_EQ(CheckComposition({}, {Rule({0, 3}, {1, 2})})->reason, "SHARE_OUT_OF_RANGE");
  EXPECT_EQ(CheckComposition({}, {Rule({1, 2}, {3, 2})})->reason, "SHARE_OUT_OF_RANGE");
  EXPECT_EQ(CheckComposition({}, {Rule({1, 2}, {1, 2000000})})->reason, "SHARE_OUT_OF_RANGE");
  VotingRule all = Rule({1, 2}, {1, 1});
  all.threshold_exclusive = true;
  EXPECT_EQ(CheckComposition({}, {all})->reason, "SHARE_UNREACHABLE");
  VotingRule baseless = Rule({1, 2}, {1, 2});
  baseless.legal_basis.clear();
  EXPECT_EQ(CheckComposition({}, {baseless})->field, "council.voting_rules[0].legal_basis");
  VotingRule reversed = Rule({1, 2}, {1, 2});
  reversed.period.to = CivilDay(2022, 12, 31);
  EXPECT_EQ(CheckComposition({}, {reversed})->reason, "PERIOD_REVERSED");
}

TEST(CouncilRules, R_AWD_09_OneSeatAPersonAndOneChairOnADay) {
  const Period y2023{CivilDay(2023, 1, 1), CivilDay(2023, 12, 31)};
  const Period y2024{CivilDay(2024, 1, 1), std::nullopt};
  const Member chair{"a", Role::kChair, "u", "", y2023};
  const Member heir{"b", Role::kChair, "u", "", y2024};
  EXPECT_FALSE(CheckComposition({chair, heir}, {}).has_value());
  Member rival = heir;
  rival.period = y2023;
  EXPECT_EQ(CheckComposition({chair, rival}, {})->reason, "TWO_CHAIRS");
  Member twice = chair;
  twice.role = Role::kMember;
  EXPECT_EQ(CheckComposition({chair, twice}, {})->reason, "MEMBER_TWICE");
  EXPECT_THAT(MembersOn({chair, heir}, CivilDay(2024, 2, 1)), testing::SizeIs(1));
  EXPECT_EQ(MembersOn({chair, heir}, CivilDay(2024, 2, 1))[0].person_id, "b");
}

TEST(CouncilRules, R_AWD_03_OnlyMembersWithoutAConflictMayVote) {
  std::vector<RosterMember> roster = Roster(2);
  roster[1].conflict = true;
  EXPECT_FALSE(CheckVoter(roster, "p0").has_value());
  EXPECT_EQ(CheckVoter(roster, "p1")->reason, "CONFLICT_OF_INTEREST");
  EXPECT_EQ(CheckVoter(roster, "p7")->reason, "NOT_A_MEMBER");
  EXPECT_EQ(CheckVoter(roster, "p7")->kind, RefusalKind::kForbidden);
}

TEST(CouncilRules, R_AWD_15_NobodyHandlesTheBallotOnTheOwnPersonOrWork) {
  EXPECT_EQ(CheckNotOwnBallot({"p1", "p2"}, "p2")->reason, "OWN_PERSON");
  EXPECT_EQ(CheckNotOwnBallot({"p1"}, "p1")->kind, RefusalKind::kForbidden);
  EXPECT_FALSE(CheckNotOwnBallot({"p1", "p2"}, "p3").has_value());
  EXPECT_FALSE(CheckNotOwnBallot({}, "p3").has_value()) << "a unit is voted on";
  EXPECT_FALSE(CheckNotOwnBallot({"p1"}, "").has_value()) << "a system";
}

// A ballot made at random, small enough that quorum and threshold are often just reached.
struct RandomBallot {
  VotingRule rule;
  std::vector<RosterMember> roster;
  std::vector<Vote> votes;
  std::set<std::string> present;
};

RandomBallot AnyBallot() {
  RandomBallot ballot;
  const int members = *rc::gen::inRange(0, 13);
  ballot.roster = Roster(members);
  for (RosterMember& member : ballot.roster) member.conflict = *rc::gen::inRange(0, 6) == 0;
  const auto share = [] {
    const int64_t d = *rc::gen::inRange<int64_t>(1, 13);
    return Fraction{*rc::gen::inRange<int64_t>(1, d + 1), d};
  };
  ballot.rule = Rule(share(), share());
  ballot.rule.threshold_exclusive = *rc::gen::arbitrary<bool>();
  ballot.rule.written_counts_for_quorum = *rc::gen::arbitrary<bool>();
  ballot.rule.conflicts_left_out = *rc::gen::arbitrary<bool>();
  const int votes = *rc::gen::inRange(0, 2 * members + 1);
  for (int i = 0; i < votes; ++i) {
    ballot.votes.push_back({"p" + std::to_string(*rc::gen::inRange(0, members + 1)),
                            static_cast<Choice>(*rc::gen::inRange(0, 3)),
                            *rc::gen::arbitrary<bool>() ? Mode::kWritten : Mode::kInPerson});
  }
  for (const RosterMember& member : ballot.roster) {
    if (*rc::gen::inRange(0, 4) == 0) ballot.present.insert(member.person_id);
  }
  return ballot;
}

TEST(CouncilRules, R_AWD_01_CountAgreesWithCountingOneMemberAtATime) {
  EXPECT_TRUE(rc::check([] {
    const RandomBallot b = AnyBallot();
    // The oracle asks each member by himself and uses whole numbers only.
    int64_t total = 0, taking_part = 0, yes = 0;
    for (const RosterMember& member : b.roster) {
      if (member.conflict && b.rule.conflicts_left_out) continue;
      ++total;
      const Vote* own = nullptr;
      for (const Vote& vote : b.votes) {
        if (vote.person_id == member.person_id) own = &vote;
      }
      if (member.conflict) own = nullptr;
      const bool there = b.present.count(member.person_id) == 1 ||
                         (own && own->mode == Mode::kInPerson) ||
                         (own && b.rule.written_counts_for_quorum);
      taking_part += there ? 1 : 0;
      yes += own && own->choice == Choice::kFor ? 1 : 0;
    }
    const bool quorum =
        total > 0 && taking_part * b.rule.quorum.denominator >= b.rule.quorum.numerator * total;
    const int64_t margin = yes * b.rule.threshold.denominator - b.rule.threshold.numerator * total;
    const bool carried =
        quorum && (b.rule.threshold_exclusive ? margin > 0 : margin >= 0) && total > 0;
    const Tally tally = Count(b.rule, b.roster, b.votes, b.present);
    RC_ASSERT(tally.total_members == total);
    RC_ASSERT(tally.counted_for_quorum == taking_part);
    RC_ASSERT(tally.votes_for == yes);
    RC_ASSERT(tally.quorum_met == quorum);
    RC_ASSERT(tally.carried == carried);
    const int conflicts_in_total = b.rule.conflicts_left_out ? 0 : tally.conflicts;
    RC_ASSERT(tally.votes_for + tally.votes_against + tally.abstentions + tally.not_voted +
                  conflicts_in_total ==
              tally.total_members);
  }));
}

TEST(CouncilRules, R_AWD_01_OneMoreVoteForNeverLosesAProposal) {
  EXPECT_TRUE(rc::check([] {
    RandomBallot b = AnyBallot();
    RC_PRE(!b.roster.empty());
    const Tally before = Count(b.rule, b.roster, b.votes, b.present);
    const size_t who = *rc::gen::inRange<size_t>(0, b.roster.size());
    // A vote in person, so that a written one that it replaces cannot take from the quorum.
    b.votes.push_back({b.roster[who].person_id, Choice::kFor, Mode::kInPerson});
    const Tally after = Count(b.rule, b.roster, b.votes, b.present);
    RC_ASSERT(after.votes_for >= before.votes_for);
    RC_ASSERT(after.counted_for_quorum >= before.counted_for_quorum);
    RC_ASSERT(!before.carried || after.carried);
  }));
}

TEST(CouncilRules, R_AWD_01_OneMoreSilentMemberNeverHelpsAProposal) {
  EXPECT_TRUE(rc::check([] {
    RandomBallot b = AnyBallot();
    const Tally before = Count(b.rule, b.roster, b.votes, b.present);
    b.roster.push_back({"silent", Role::kMember, false});
    const Tally after = Count(b.rule, b.roster, b.votes, b.present);
    RC_ASSERT(after.total_members == before.total_members + 1);
    RC_ASSERT(!after.carried || before.carried);
  }));
}

TEST(CouncilRules, R_AWD_10_OnlyAnOpenBallotTakesVotes) {
  EXPECT_FALSE(CheckOpen(BallotState::kOpen).has_value());
  for (const BallotState state : {BallotState::kClosed, BallotState::kCancelled}) {
    const MaybeRefusal refusal = CheckOpen(state);
    ASSERT_TRUE(refusal.has_value());
    EXPECT_EQ(refusal->reason, "BALLOT_STATE");
    EXPECT_EQ(refusal->metadata.at("state"), NameOf(state));
  }
}

}  // namespace
}  // namespace thidua::awards::councils
