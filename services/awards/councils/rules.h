// Who sits in a council, who has a vote, and what the votes come to.
//
// R-AWD-01  Quorum and threshold are exact shares of the total membership, not of those present.
// R-AWD-02  A share is reached at equality; a rule may ask for more than the share instead.
// R-AWD-03  A member has no vote on the own unit or a unit above it, and still counts in the total
//           membership unless the rule leaves such members out.
// R-AWD-04  One vote a member: the last one given before closing counts.
// R-AWD-05  Written opinions count as votes; towards the quorum only when the rule says so.
// R-AWD-06  Without a quorum nothing is carried.
// R-AWD-07  The rule for the award form goes before the rule for all forms; the day decides which.
// R-AWD-08  Two rules for one award form never hold on the same day.
// R-AWD-09  A person sits once in a council on a day, and at most one member is its chair.
// R-AWD-15  Nobody handles the ballot on the own person or the own initiative: who is nominated and
//           who is an author neither opens, closes nor cancels it, nor records opinions of others.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::councils {

struct Fraction {
  int64_t numerator = 0;
  int64_t denominator = 0;
};

// Days from `from` to `to`, both included; without `to` there is no end.
struct Period {
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;
  bool Holds(absl::CivilDay day) const { return day >= from && (!to || day <= *to); }
  bool Overlaps(const Period& other) const {
    return (!to || *to >= other.from) && (!other.to || *other.to >= from);
  }
};

enum class Kind { kAward, kInitiative };
enum class Role { kChair, kVice, kSecretary, kMember };
enum class Choice { kFor, kAgainst, kAbstain };
enum class Mode { kInPerson, kWritten };

struct Member {
  std::string person_id;
  Role role = Role::kMember;
  std::string unit_id;
  std::string position;
  Period period;
};

struct VotingRule {
  std::string award_form;  // "" for every form without a rule of its own
  Fraction quorum;
  Fraction threshold;
  bool threshold_exclusive = false;
  bool written_counts_for_quorum = false;
  bool conflicts_left_out = false;
  bool secret = false;
  std::string legal_basis;
  Period period;
};

// A member as of the opening of a ballot.
struct RosterMember {
  std::string person_id;
  Role role = Role::kMember;
  bool conflict = false;
};

struct Vote {
  std::string person_id;
  Choice choice = Choice::kAbstain;
  Mode mode = Mode::kInPerson;
};

struct Tally {
  int total_members = 0;
  int counted_for_quorum = 0;
  int votes_for = 0;
  int votes_against = 0;
  int abstentions = 0;
  int not_voted = 0;
  int conflicts = 0;
  bool quorum_met = false;
  bool carried = false;
};

// Whether part ÷ total ≥ share (exclusive: >). False when the total is 0. Exact for part and total
// up to 10^12 and shares up to a million.
bool Reaches(int64_t part, const Fraction& share, int64_t total, bool exclusive);

// `votes` in the order they were given; votes of people who are not on the roster or have no vote
// do not count. `present` are those the minutes name; who voted in person is present, too.
Tally Count(const VotingRule& rule, const std::vector<RosterMember>& roster,
            const std::vector<Vote>& votes, const std::set<std::string>& present);

// The members on a day, in the order of the council.
std::vector<Member> MembersOn(const std::vector<Member>& members, absl::CivilDay day);

// The rule for an award form on a day; nullptr when there is none.
const VotingRule* RuleFor(const std::vector<VotingRule>& rules, const std::string& award_form,
                          absl::CivilDay day);

// Whether members and rules of a council agree with themselves (R-AWD-08, R-AWD-09, shares in
// 0 < n/d ≤ 1, periods that do not end before they begin). Fields are named from "council".
MaybeRefusal CheckComposition(const std::vector<Member>& members,
                              const std::vector<VotingRule>& rules);

// Whether the person may vote in a ballot with this roster.
MaybeRefusal CheckVoter(const std::vector<RosterMember>& roster, const std::string& person_id);

// R-AWD-15  `people` are those voted on, or the authors of what is; `caller` is "" for a system.
MaybeRefusal CheckNotOwnBallot(const std::vector<std::string>& people, const std::string& caller);

}  // namespace thidua::awards::councils
