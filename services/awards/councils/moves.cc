#include "awards/councils/moves.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awards/councils/convert.h"
#include "awards/councils/rules_names.h"
#include "awards/councils/store.h"
#include "awards/councils/subjects.h"
#include "awards/errors.h"
#include "google/protobuf/message.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::councils {
namespace {

absl::StatusOr<BallotRow> LockOpen(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<BallotRow> ballot, LockBallot(tx, id));
  if (!ballot) return BallotNotFound(id);
  RETURN_IF_ERROR(ErrorOf(CheckOpen(ballot->state)));
  return *std::move(ballot);
}

// R-AWD-15 for the caller.
absl::Status RequireNotOwn(db::Session& session, const Call& call, const BallotRow& ballot) {
  ASSIGN_OR_RETURN(const std::vector<std::string> people, PeopleOf(session, ballot));
  return ErrorOf(CheckNotOwnBallot(people, call.principal().person_id));
}

// One event of the ballot as it stands now.
absl::Status AppendEvent(db::Tx& tx, const Call& call, const BallotRow& ballot,
                         const google::protobuf::Message& payload, const std::string& reason = "") {
  feed::Draft draft;
  draft.aggregate_type = "ballot";
  draft.aggregate_id = ballot.id;
  draft.aggregate_version = ballot.row_version;
  draft.unit_id = ballot.unit_id;
  draft.payload = &payload;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// What most events of a ballot begin with.
template <class Payload>
Payload About(const BallotRow& ballot) {
  Payload payload;
  payload.set_ballot_id(ballot.id);
  payload.set_council_id(ballot.council_id);
  payload.set_nomination_id(ballot.nomination_id);
  payload.set_initiative_id(ballot.initiative_id);
  return payload;
}

// The council's own members of today; without a vote are those whose unit is one of `concerned`, by
// the council's list or by their post, and the authors of what is voted on.
absl::StatusOr<std::vector<RosterMember>> RosterOf(db::Session& session, const CouncilRow& council,
                                                   absl::CivilDay today,
                                                   const std::vector<std::string>& concerned,
                                                   const std::vector<std::string>& authors) {
  const auto inside = [&](const std::string& unit_id) {
    return std::find(concerned.begin(), concerned.end(), unit_id) != concerned.end();
  };
  std::vector<RosterMember> roster;
  for (const Member& member : MembersOn(council.members, today)) {
    ASSIGN_OR_RETURN(const std::optional<std::string> post, PostOf(session, member.person_id));
    const bool author =
        std::find(authors.begin(), authors.end(), member.person_id) != authors.end();
    roster.push_back({member.person_id, member.role,
                      author || inside(member.unit_id) || (post && inside(*post))});
  }
  if (roster.empty()) {
    return platform::FailedPrecondition(
        "COUNCIL_EMPTY",
        {"Hội đồng không có thành viên nào vào hôm nay.", "The council has no member today."});
  }
  return roster;
}

absl::StatusOr<VotingRule> RuleToday(const CouncilRow& council, const std::string& award_form,
                                     absl::CivilDay today) {
  const VotingRule* rule = RuleFor(council.rules, award_form, today);
  if (rule != nullptr) return *rule;
  return platform::FailedPrecondition(
      "VOTING_RULE_MISSING",
      {"Hội đồng chưa có quy tắc biểu quyết có hiệu lực hôm nay cho hình thức này.",
       "The council has no voting rule for this award form that holds today."},
      {{"award_form", award_form}});
}

absl::Status InsertOnly(db::Tx& tx, const BallotRow& ballot) {
  absl::Status inserted = InsertBallot(tx, ballot);
  if (platform::ReasonOf(inserted) != "DUPLICATE_KEY") return inserted;
  return platform::FailedPrecondition(
      "BALLOT_OPEN",
      {"Đang có một cuộc biểu quyết chưa kết thúc về việc này; thao tác hợp lệ: CastVote, "
       "CloseBallot, CancelBallot.",
       "There is an open ballot on this; legal moves: CastVote, CloseBallot, CancelBallot."},
      {{"legal_moves", "CastVote, CloseBallot, CancelBallot"}});
}

// The member's vote before this one, if any; a paper does not undo a vote given in person.
absl::StatusOr<int> LastSequence(const std::vector<VoteRow>& votes, const Vote& vote) {
  int last = 0;
  for (const VoteRow& earlier : votes) {
    if (earlier.vote.person_id != vote.person_id) continue;
    last = earlier.sequence;
    if (vote.mode == Mode::kWritten && earlier.vote.mode == Mode::kInPerson) {
      return platform::FailedPrecondition(
          "MEMBER_VOTED_IN_PERSON",
          {"Thành viên này đã tự bỏ phiếu; thao tác hợp lệ: CastVote của chính thành viên đó.",
           "This member has voted in person; legal move: the member's own CastVote."},
          {{"legal_moves", "CastVote"}});
    }
  }
  return last;
}

absl::Status QuorumNotMet(const BallotRow& ballot, const Tally& tally) {
  const std::string share =
      absl::StrCat(ballot.rule.quorum.numerator, "/", ballot.rule.quorum.denominator);
  return platform::FailedPrecondition(
      "QUORUM_NOT_MET",
      {absl::StrCat(
           "Chưa đủ số thành viên tham gia: ", tally.counted_for_quorum, "/", tally.total_members,
           ", cần ít nhất ", share,
           " tổng số thành viên. Cuộc biểu quyết chưa kết thúc; thao tác hợp lệ: CastVote, "
           "RecordWrittenOpinion, CancelBallot."),
       absl::StrCat("Too few members took part: ", tally.counted_for_quorum, " of ",
                    tally.total_members, ", at least ", share,
                    " of all are needed. The ballot stays open; legal moves: CastVote, "
                    "RecordWrittenOpinion, CancelBallot.")},
      {{"counted_for_quorum", absl::StrCat(tally.counted_for_quorum)},
       {"total_members", absl::StrCat(tally.total_members)},
       {"quorum", share},
       {"legal_moves", "CastVote, RecordWrittenOpinion, CancelBallot"}});
}

absl::Status CheckMeeting(const Minutes& minutes, const BallotRow& ballot, absl::CivilDay today) {
  if (minutes.meeting_date < ballot.open_date || minutes.meeting_date > today) {
    return platform::InvalidField("minutes.meeting_date", "DATE_OUT_OF_RANGE",
                                  {"Ngày họp phải từ ngày mở cuộc biểu quyết đến hôm nay.",
                                   "The meeting lies between the opening and today."});
  }
  for (const std::string& person_id : minutes.present) {
    const bool member =
        std::any_of(ballot.roster.begin(), ballot.roster.end(),
                    [&](const RosterMember& known) { return known.person_id == person_id; });
    if (member) continue;
    return platform::InvalidField("minutes.present", "NOT_A_MEMBER",
                                  {"Có người dự họp không phải thành viên Hội đồng.",
                                   "Someone present is not a member of the council."});
  }
  return absl::OkStatus();
}

// Who is in the minutes and who voted in person was there.
std::set<std::string> PresentAt(const Minutes& minutes, const std::vector<VoteRow>& votes) {
  std::set<std::string> present = minutes.present;
  for (const VoteRow& vote : votes) {
    if (vote.vote.mode == Mode::kInPerson) present.insert(vote.vote.person_id);
  }
  return present;
}

}  // namespace

absl::Status BallotNotFound(const std::string& id) {
  return ResourceNotFound("BALLOT", platform::NameOf("ballots", id));
}

absl::StatusOr<BallotRow> Open(db::Tx& tx, const Call& call, const Opening& opening) {
  ASSIGN_OR_RETURN(const std::optional<CouncilRow> council, ReadCouncil(tx, opening.council_id));
  if (!council) {
    return ResourceNotFound("COUNCIL", platform::NameOf("councils", opening.council_id));
  }
  ASSIGN_OR_RETURN(const Votable votable, LockForBallot(tx, opening.subject, *council));
  RETURN_IF_ERROR(ErrorOf(CheckNotOwnBallot(votable.person_ids, call.principal().person_id)));
  BallotRow ballot;
  ballot.id = platform::NewId(call.machine_now());
  ballot.council_id = opening.council_id;
  ballot.nomination_id = opening.subject.nomination_id;
  ballot.initiative_id = opening.subject.initiative_id;
  ballot.open_date = call.business_today();
  ballot.unit_id = council->unit_id;
  ASSIGN_OR_RETURN(ballot.rule, RuleToday(*council, votable.award_form, call.business_today()));
  ASSIGN_OR_RETURN(ballot.roster, RosterOf(tx, *council, call.business_today(), opening.concerned,
                                           votable.person_ids));
  RETURN_IF_ERROR(InsertOnly(tx, ballot));
  RETURN_IF_ERROR(AfterOpening(tx, call, ballot));
  auto opened = About<v1::BallotOpened>(ballot);
  opened.set_total_members(Count(ballot.rule, ballot.roster, {}, {}).total_members);
  RETURN_IF_ERROR(AppendEvent(tx, call, ballot, opened));
  return ballot;
}

absl::StatusOr<VoteTaken> TakeVote(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                   VoteRow vote) {
  ASSIGN_OR_RETURN(BallotRow ballot, LockOpen(tx, ballot_id));
  // The own vote is judged by the roster, which tells why there is none.
  if (vote.vote.mode == Mode::kWritten) RETURN_IF_ERROR(RequireNotOwn(tx, call, ballot));
  if (!vote.file_id.empty()) {
    RETURN_IF_ERROR(
        files::RequireComplete(tx, platform::NameOf("files", vote.file_id), ballot.unit_id, "file")
            .status());
  }
  RETURN_IF_ERROR(ErrorOf(CheckVoter(ballot.roster, vote.vote.person_id)));
  ASSIGN_OR_RETURN(std::vector<VoteRow> votes, ReadVotes(tx, ballot_id));
  ASSIGN_OR_RETURN(const int last, LastSequence(votes, vote.vote));
  vote.sequence = last + 1;
  vote.recorded_by = call.principal().subject;
  vote.recorded_at = call.machine_now();
  RETURN_IF_ERROR(InsertVote(tx, ballot_id, vote));
  ++ballot.row_version;
  RETURN_IF_ERROR(TouchBallot(tx, ballot));
  v1::VoteRecorded recorded;
  recorded.set_ballot_id(ballot_id);
  recorded.set_person_id(vote.vote.person_id);
  if (!ballot.rule.secret) recorded.set_choice(std::string(NameOf(vote.vote.choice)));
  recorded.set_mode(std::string(NameOf(vote.vote.mode)));
  recorded.set_sequence(vote.sequence);
  RETURN_IF_ERROR(AppendEvent(tx, call, ballot, recorded));
  votes.push_back(std::move(vote));
  return VoteTaken{last > 0, VotersIn(votes)};
}

absl::StatusOr<BallotAndVotes> Close(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                     const std::string& etag, const Minutes& minutes) {
  BallotAndVotes closing;
  BallotRow& ballot = closing.ballot;
  ASSIGN_OR_RETURN(ballot, LockOpen(tx, ballot_id));
  RETURN_IF_ERROR(RequireNotOwn(tx, call, ballot));
  if (!etag.empty()) RETURN_IF_ERROR(platform::CheckEtag(etag, ballot.row_version));
  RETURN_IF_ERROR(CheckMeeting(minutes, ballot, call.business_today()));
  if (!minutes.file_id.empty()) {
    RETURN_IF_ERROR(files::RequireComplete(tx, platform::NameOf("files", minutes.file_id),
                                           ballot.unit_id, "minutes.file")
                        .status());
  }
  ASSIGN_OR_RETURN(closing.votes, ReadVotes(tx, ballot_id));
  ballot.present = PresentAt(minutes, closing.votes);
  const Tally tally = CountOf(ballot, closing.votes);
  if (!tally.quorum_met) return QuorumNotMet(ballot, tally);
  RETURN_IF_ERROR(AfterClosing(tx, call, ballot, tally.carried));

  ballot.state = BallotState::kClosed;
  ballot.close_date = call.business_today();
  ballot.meeting_date = minutes.meeting_date;
  ballot.place = minutes.place;
  ballot.minutes_file_id = minutes.file_id;
  ballot.note = minutes.note;
  ++ballot.row_version;
  RETURN_IF_ERROR(FinishBallot(tx, ballot));
  auto closed = About<v1::BallotClosed>(ballot);
  closed.set_votes_for(tally.votes_for);
  closed.set_votes_against(tally.votes_against);
  closed.set_total_members(tally.total_members);
  closed.set_carried(tally.carried);
  RETURN_IF_ERROR(AppendEvent(tx, call, ballot, closed));
  return closing;
}

absl::StatusOr<BallotAndVotes> Cancel(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                      const std::string& reason) {
  BallotAndVotes given_up;
  BallotRow& ballot = given_up.ballot;
  ASSIGN_OR_RETURN(ballot, LockOpen(tx, ballot_id));
  RETURN_IF_ERROR(RequireNotOwn(tx, call, ballot));
  ballot.state = BallotState::kCancelled;
  ballot.close_date = call.business_today();
  ballot.cancel_reason = reason;
  ++ballot.row_version;
  RETURN_IF_ERROR(FinishBallot(tx, ballot));
  RETURN_IF_ERROR(AfterCancelling(tx, call, ballot));
  ASSIGN_OR_RETURN(given_up.votes, ReadVotes(tx, ballot_id));
  auto cancelled = About<v1::BallotCancelled>(ballot);
  cancelled.set_reason(reason);
  RETURN_IF_ERROR(AppendEvent(tx, call, ballot, cancelled, reason));
  return given_up;
}

}  // namespace thidua::awards::councils
