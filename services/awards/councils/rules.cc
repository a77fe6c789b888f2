#include "awards/councils/rules.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"

namespace thidua::awards::councils {
namespace {

constexpr int64_t kLargestPart = 1000000;

Refusal Invalid(std::string field, std::string reason, std::string vi, std::string en) {
  Refusal refusal;
  refusal.field = std::move(field);
  refusal.reason = std::move(reason);
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

bool IsShare(const Fraction& f) {
  return f.numerator >= 1 && f.denominator >= f.numerator && f.denominator <= kLargestPart;
}

bool EndsBeforeItBegins(const Period& period) { return period.to && *period.to < period.from; }

MaybeRefusal CheckRule(const VotingRule& rule, const std::string& at) {
  if (!IsShare(rule.quorum)) {
    return Invalid(at + ".quorum", "SHARE_OUT_OF_RANGE",
                   "Tỷ lệ tối thiểu tham dự phải lớn hơn 0 và không quá 1.",
                   "The quorum must be more than 0 and at most 1.");
  }
  if (!IsShare(rule.threshold)) {
    return Invalid(at + ".threshold", "SHARE_OUT_OF_RANGE",
                   "Tỷ lệ phiếu tán thành phải lớn hơn 0 và không quá 1.",
                   "The threshold must be more than 0 and at most 1.");
  }
  if (rule.threshold_exclusive && rule.threshold.numerator == rule.threshold.denominator) {
    return Invalid(at + ".threshold", "SHARE_UNREACHABLE",
                   "Không thể đòi hỏi nhiều hơn toàn bộ số thành viên.",
                   "More than all members can never be reached.");
  }
  if (rule.legal_basis.empty()) {
    return Invalid(at + ".legal_basis", "FIELD_REQUIRED",
                   "Quy tắc biểu quyết phải nêu căn cứ pháp lý.",
                   "A voting rule must name its legal basis.");
  }
  if (EndsBeforeItBegins(rule.period)) {
    return Invalid(at + ".valid_to", "PERIOD_REVERSED", "Ngày kết thúc trước ngày bắt đầu.",
                   "The last day comes before the first.");
  }
  return std::nullopt;
}

MaybeRefusal CheckSeats(const std::vector<Member>& members) {
  for (size_t i = 0; i < members.size(); ++i) {
    const std::string at = absl::StrCat("council.members[", i, "]");
    if (EndsBeforeItBegins(members[i].period)) {
      return Invalid(at + ".valid_to", "PERIOD_REVERSED", "Ngày kết thúc trước ngày bắt đầu.",
                     "The last day comes before the first.");
    }
    for (size_t j = 0; j < i; ++j) {
      if (!members[i].period.Overlaps(members[j].period)) continue;
      if (members[i].person_id == members[j].person_id) {
        return Invalid(at + ".person", "MEMBER_TWICE",
                       "Một người có tên hai lần trong Hội đồng vào cùng một ngày.",
                       "A person sits in the council twice on the same day.");
      }
      if (members[i].role == Role::kChair && members[j].role == Role::kChair) {
        return Invalid(at + ".role", "TWO_CHAIRS", "Hội đồng có hai Chủ tịch vào cùng một ngày.",
                       "The council has two chairs on the same day.");
      }
    }
  }
  return std::nullopt;
}

}  // namespace

// R-AWD-01, R-AWD-02
bool Reaches(int64_t part, const Fraction& share, int64_t total, bool exclusive) {
  if (total <= 0) return false;
  const __int128 left = static_cast<__int128>(part) * share.denominator;
  const __int128 right = static_cast<__int128>(share.numerator) * total;
  return exclusive ? left > right : left >= right;
}

Tally Count(const VotingRule& rule, const std::vector<RosterMember>& roster,
            const std::vector<Vote>& votes, const std::set<std::string>& present) {
  std::map<std::string, Vote> last;  // R-AWD-04
  for (const Vote& vote : votes) last[vote.person_id] = vote;

  Tally tally;
  for (const RosterMember& member : roster) {
    const auto vote = last.find(member.person_id);
    if (member.conflict) {  // R-AWD-03
      ++tally.conflicts;
      if (rule.conflicts_left_out) continue;
      ++tally.total_members;
      if (present.count(member.person_id) > 0) ++tally.counted_for_quorum;
      continue;
    }
    ++tally.total_members;
    const bool voted = vote != last.end();
    const bool in_person = voted && vote->second.mode == Mode::kInPerson;
    const bool written = voted && vote->second.mode == Mode::kWritten;
    if (in_person || present.count(member.person_id) > 0 ||
        (written && rule.written_counts_for_quorum)) {  // R-AWD-05
      ++tally.counted_for_quorum;
    }
    if (!voted) {
      ++tally.not_voted;
    } else if (vote->second.choice == Choice::kFor) {
      ++tally.votes_for;
    } else if (vote->second.choice == Choice::kAgainst) {
      ++tally.votes_against;
    } else {
      ++tally.abstentions;
    }
  }
  tally.quorum_met = Reaches(tally.counted_for_quorum, rule.quorum, tally.total_members, false);
  tally.carried = tally.quorum_met && Reaches(tally.votes_for, rule.threshold, tally.total_members,
                                              rule.threshold_exclusive);  // R-AWD-06
  return tally;
}

std::vector<Member> MembersOn(const std::vector<Member>& members, absl::CivilDay day) {
  std::vector<Member> present;
  for (const Member& member : members) {
    if (member.period.Holds(day)) present.push_back(member);
  }
  return present;
}

// R-AWD-07
const VotingRule* RuleFor(const std::vector<VotingRule>& rules, const std::string& award_form,
                          absl::CivilDay day) {
  const VotingRule* general = nullptr;
  for (const VotingRule& rule : rules) {
    if (!rule.period.Holds(day)) continue;
    if (rule.award_form == award_form) return &rule;
    if (rule.award_form.empty()) general = &rule;
  }
  return general;
}

MaybeRefusal CheckComposition(const std::vector<Member>& members,
                              const std::vector<VotingRule>& rules) {
  if (MaybeRefusal refusal = CheckSeats(members)) return refusal;  // R-AWD-09
  for (size_t i = 0; i < rules.size(); ++i) {
    const std::string at = absl::StrCat("council.voting_rules[", i, "]");
    if (MaybeRefusal refusal = CheckRule(rules[i], at)) return refusal;
    for (size_t j = 0; j < i; ++j) {  // R-AWD-08
      if (rules[i].award_form == rules[j].award_form && rules[i].period.Overlaps(rules[j].period)) {
        return Invalid(at + ".valid_from", "RULES_OVERLAP",
                       "Hai quy tắc biểu quyết cho cùng hình thức có hiệu lực trong cùng một ngày.",
                       "Two voting rules for one award form hold on the same day.");
      }
    }
  }
  return std::nullopt;
}

MaybeRefusal CheckVoter(const std::vector<RosterMember>& roster, const std::string& person_id) {
  const auto member = std::find_if(roster.begin(), roster.end(),
                                   [&](const RosterMember& m) { return m.person_id == person_id; });
  Refusal refusal;
  refusal.kind = RefusalKind::kForbidden;
  if (member == roster.end()) {
    refusal.reason = "NOT_A_MEMBER";
    refusal.vi = "Người này không phải là thành viên Hội đồng vào ngày mở cuộc biểu quyết.";
    refusal.en = "This person was not a member of the council on the day the ballot was opened.";
    return refusal;
  }
  if (member->conflict) {  // R-AWD-03
    refusal.reason = "CONFLICT_OF_INTEREST";
    refusal.vi = "Thành viên không biểu quyết về đơn vị hoặc sáng kiến của chính mình.";
    refusal.en = "A member has no vote on the own unit or the own initiative.";
    return refusal;
  }
  return std::nullopt;
}

MaybeRefusal CheckNotOwnBallot(const std::vector<std::string>& people, const std::string& caller) {
  if (caller.empty() || std::find(people.begin(), people.end(), caller) == people.end()) {
    return std::nullopt;
  }
  Refusal refusal;
  refusal.kind = RefusalKind::kForbidden;
  refusal.reason = "OWN_PERSON";
  refusal.vi =
      "Không ai được mở, kết thúc, hủy cuộc biểu quyết về chính mình hoặc sáng kiến của mình, cũng "
      "không được ghi phiếu ý kiến của thành viên khác trong cuộc biểu quyết đó.";
  refusal.en =
      "Nobody opens, closes or cancels the ballot on the own person or initiative, or records "
      "opinions of others in it.";
  return refusal;
}

}  // namespace thidua::awards::councils
