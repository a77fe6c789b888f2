#include "awards/councils/convert.h"

#include <map>
#include <set>

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/timestamp.h"

namespace thidua::awards::councils {
namespace {

// The contract's enums have UNSPECIFIED before our first value.
template <class Proto, class Enum>
Proto EnumOf(Enum value) {
  return static_cast<Proto>(static_cast<int>(value) + 1);
}

template <class Message>
void SetPeriod(const Period& period, Message* message) {
  message->set_valid_from(platform::FormatDate(period.from));
  if (period.to) message->set_valid_to(platform::FormatDate(*period.to));
}

void SetFraction(const Fraction& from, v1::Fraction* to) {
  to->set_numerator(from.numerator);
  to->set_denominator(from.denominator);
}

void SetRule(const VotingRule& from, v1::VotingRule* to) {
  to->set_award_form(from.award_form);
  SetFraction(from.quorum, to->mutable_quorum());
  SetFraction(from.threshold, to->mutable_threshold());
  to->set_threshold_exclusive(from.threshold_exclusive);
  to->set_written_counts_for_quorum(from.written_counts_for_quorum);
  to->set_conflict_treatment(from.conflicts_left_out ? v1::CONFLICT_TREATMENT_LEFT_OUT
                                                     : v1::CONFLICT_TREATMENT_COUNTED_IN_TOTAL);
  to->set_secret(from.secret);
  to->set_legal_basis(from.legal_basis);
  SetPeriod(from.period, to);
}

void SetMember(const BallotRow& row, const RosterMember& member, const VoteRow* vote,
               v1::BallotMember* to) {
  to->set_person(platform::NameOf("people", member.person_id));
  to->set_role(EnumOf<v1::CouncilRole>(member.role));
  to->set_conflict_of_interest(member.conflict);
  to->set_voted(vote != nullptr);
  if (vote == nullptr || row.state == BallotState::kOpen) return;
  to->set_mode(EnumOf<v1::VoteMode>(vote->vote.mode));
  if (!row.rule.secret) to->set_choice(EnumOf<v1::VoteChoice>(vote->vote.choice));
}

void SetTally(const Tally& from, v1::Tally* to) {
  to->set_total_members(from.total_members);
  to->set_counted_for_quorum(from.counted_for_quorum);
  to->set_votes_for(from.votes_for);
  to->set_votes_against(from.votes_against);
  to->set_abstentions(from.abstentions);
  to->set_not_voted(from.not_voted);
  to->set_conflicts(from.conflicts);
  to->set_carried(from.carried);
}

void SetMinutes(const BallotRow& row, v1::BallotMinutes* minutes) {
  if (row.meeting_date) minutes->set_meeting_date(platform::FormatDate(*row.meeting_date));
  minutes->set_place(row.place);
  for (const RosterMember& member : row.roster) {
    if (row.present.count(member.person_id) == 0) continue;
    minutes->add_present(platform::NameOf("people", member.person_id));
  }
  if (!row.minutes_file_id.empty()) {
    minutes->set_file(platform::NameOf("files", row.minutes_file_id));
  }
  minutes->set_note(row.note);
}

}  // namespace

void ToProto(const CouncilRow& row, v1::Council* council) {
  council->set_name(platform::NameOf("councils", row.id));
  council->set_unit(platform::NameOf("units", row.unit_id));
  council->set_kind(EnumOf<v1::CouncilKind>(row.kind));
  council->set_title(row.title);
  for (const std::string& alias : row.aliases) council->add_aliases(alias);
  for (const Member& member : row.members) {
    v1::CouncilMember* to = council->add_members();
    to->set_person(platform::NameOf("people", member.person_id));
    to->set_role(EnumOf<v1::CouncilRole>(member.role));
    to->set_unit(platform::NameOf("units", member.unit_id));
    to->set_position(member.position);
    SetPeriod(member.period, to);
  }
  for (const VotingRule& rule : row.rules) SetRule(rule, council->add_voting_rules());
  council->set_legal_basis(row.legal_basis);
  *council->mutable_create_time() = platform::ToTimestamp(row.created_at);
  council->set_etag(platform::EtagOf(row.row_version));
}

Tally CountOf(const BallotRow& row, const std::vector<VoteRow>& votes) {
  std::vector<Vote> given;
  given.reserve(votes.size());
  for (const VoteRow& vote : votes) given.push_back(vote.vote);
  return Count(row.rule, row.roster, given, row.present);
}

int VotersIn(const std::vector<VoteRow>& votes) {
  std::set<std::string> voters;
  for (const VoteRow& vote : votes) voters.insert(vote.vote.person_id);
  return static_cast<int>(voters.size());
}

void ToProto(const BallotRow& row, const std::vector<VoteRow>& votes, v1::Ballot* ballot) {
  ballot->set_name(platform::NameOf("ballots", row.id));
  ballot->set_council(platform::NameOf("councils", row.council_id));
  if (!row.nomination_id.empty()) {
    ballot->set_nomination(platform::NameOf("nominations", row.nomination_id));
  }
  if (!row.initiative_id.empty()) {
    ballot->set_initiative(platform::NameOf("initiatives", row.initiative_id));
  }
  ballot->set_state(EnumOf<v1::BallotState>(row.state));
  SetRule(row.rule, ballot->mutable_rule());
  std::map<std::string, const VoteRow*> last;
  for (const VoteRow& vote : votes) last[vote.vote.person_id] = &vote;
  for (const RosterMember& member : row.roster) {
    const auto vote = last.find(member.person_id);
    SetMember(row, member, vote == last.end() ? nullptr : vote->second, ballot->add_members());
  }
  ballot->set_open_date(platform::FormatDate(row.open_date));
  if (row.close_date) ballot->set_close_date(platform::FormatDate(*row.close_date));
  if (row.state == BallotState::kClosed) {
    SetTally(CountOf(row, votes), ballot->mutable_tally());
    SetMinutes(row, ballot->mutable_minutes());
  }
  ballot->set_cancel_reason(row.cancel_reason);
  ballot->set_etag(platform::EtagOf(row.row_version));
}

}  // namespace thidua::awards::councils
