#include <algorithm>

#include "absl/strings/str_cat.h"
#include "awards/councils/ballot_changes.h"
#include "awards/councils/convert.h"
#include "awards/councils/rules_names.h"
#include "awards/councils/service.h"
#include "awards/councils/store.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_inputs.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::councils {
namespace {

// The council's own members of today; without a vote are those whose unit lies at or below the
// nominated one, by the council's list or by their post.
absl::StatusOr<std::vector<RosterMember>> RosterOf(db::Session& session, const CouncilRow& council,
                                                   absl::CivilDay today,
                                                   const std::vector<std::string>& nominated) {
  const auto inside = [&](const std::string& unit_id) {
    return std::find(nominated.begin(), nominated.end(), unit_id) != nominated.end();
  };
  std::vector<RosterMember> roster;
  for (const Member& member : MembersOn(council.members, today)) {
    ASSIGN_OR_RETURN(const std::optional<std::string> post, PostOf(session, member.person_id));
    roster.push_back(
        {member.person_id, member.role, inside(member.unit_id) || (post && inside(*post))});
  }
  return roster;
}

absl::Status CheckCouncil(const CouncilRow& council, const nominations::Plan& plan) {
  if (council.kind != Kind::kAward) {
    return platform::InvalidField(
        "council", "COUNCIL_OF_OTHER_KIND",
        {"Hội đồng này không xét khen thưởng.", "This council does not judge awards."});
  }
  if (council.unit_id != plan.unit_id) {
    return platform::InvalidField("council", "COUNCIL_OF_OTHER_UNIT",
                                  {"Hội đồng không thuộc đơn vị phát động phong trào.",
                                   "The council is not of the unit that issued the plan."});
  }
  return absl::OkStatus();
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

}  // namespace

absl::Status Service::RequireBallot(const platform::Call& call,
                                    const std::string& ballot_id) const {
  std::optional<BallotRow> ballot;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(ballot, ReadBallot(session, ballot_id));
    return absl::OkStatus();
  }));
  if (!ballot) return platform::NotFoundFor(call, BallotNotFound(ballot_id));
  return call.Require(ballot->unit_id);
}

grpc::ServerUnaryReactor* Service::OpenBallot(grpc::CallbackServerContext* context,
                                              const v1::OpenBallotRequest* request,
                                              v1::Ballot* response) {
  return runner_.Unary(
      "OpenBallot", context, request, response,
      [this](const platform::Call& call, const v1::OpenBallotRequest& req,
             v1::Ballot& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string council_id,
                         platform::IdFromName(req.council(), "councils", "council"));
        ASSIGN_OR_RETURN(const std::string nomination_id,
                         platform::IdFromName(req.nomination(), "nominations", "nomination"));
        RETURN_IF_ERROR(FindAndRequire(call, council_id).status());
        ASSIGN_OR_RETURN(const nominations::NominationAndPlan nominee,
                         nominations::FindForIssuer(pool_, call, nomination_id));
        ASSIGN_OR_RETURN(
            const std::vector<std::string> nominated,
            units_.Subtree(nominee.nomination.unit_id, call.business_today(), call.deadline()));

        BallotRow ballot;
        ballot.id = platform::NewId(call.machine_now());
        ballot.council_id = council_id;
        ballot.nomination_id = nomination_id;
        ballot.open_date = call.business_today();
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<CouncilRow> council, ReadCouncil(tx, council_id));
          if (!council) return ResourceNotFound("COUNCIL", req.council());
          ASSIGN_OR_RETURN(const std::optional<nominations::NominationRow> nomination,
                           nominations::LockNomination(tx, nomination_id));
          if (!nomination) return ResourceNotFound("NOMINATION", req.nomination());
          RETURN_IF_ERROR(ErrorOf(
              nominations::Apply(nomination->state, nominations::Move::kOpenBallot).refusal));
          ASSIGN_OR_RETURN(const std::optional<nominations::Plan> plan,
                           nominations::ReadPlan(tx, nomination->plan_id));
          if (!plan) return platform::Internal("a nomination's plan is not there");
          RETURN_IF_ERROR(CheckCouncil(*council, *plan));
          const VotingRule* rule =
              RuleFor(council->rules, nomination->award_form, call.business_today());
          if (rule == nullptr) {
            return platform::FailedPrecondition(
                "VOTING_RULE_MISSING",
                {"Hội đồng chưa có quy tắc biểu quyết có hiệu lực hôm nay cho hình thức này.",
                 "The council has no voting rule for this award form that holds today."},
                {{"award_form", nomination->award_form}});
          }
          ballot.unit_id = council->unit_id;
          ballot.rule = *rule;
          ASSIGN_OR_RETURN(ballot.roster, RosterOf(tx, *council, call.business_today(), nominated));
          if (ballot.roster.empty()) {
            return platform::FailedPrecondition("COUNCIL_EMPTY",
                                                {"Hội đồng không có thành viên nào vào hôm nay.",
                                                 "The council has no member today."});
          }
          const absl::Status inserted = InsertBallot(tx, ballot);
          if (platform::ReasonOf(inserted) == "DUPLICATE_KEY") {
            return platform::FailedPrecondition(
                "BALLOT_OPEN",
                {"Đề nghị này đang có một cuộc biểu quyết chưa kết thúc; thao tác hợp lệ: "
                 "CastVote, "
                 "CloseBallot, CancelBallot.",
                 "There is an open ballot on this nomination; legal moves: CastVote, CloseBallot, "
                 "CancelBallot."},
                {{"legal_moves", "CastVote, CloseBallot, CancelBallot"}});
          }
          RETURN_IF_ERROR(inserted);
          ToProto(ballot, {}, &res);
          v1::BallotOpened opened;
          opened.set_ballot_id(ballot.id);
          opened.set_council_id(council_id);
          opened.set_nomination_id(nomination_id);
          opened.set_total_members(Count(ballot.rule, ballot.roster, {}, {}).total_members);
          return AppendBallotEvent(tx, call, ballot, opened);
        });
      });
}

grpc::ServerUnaryReactor* Service::CloseBallot(grpc::CallbackServerContext* context,
                                               const v1::CloseBallotRequest* request,
                                               v1::Ballot* response) {
  return runner_.Unary(
      "CloseBallot", context, request, response,
      [this](const platform::Call& call, const v1::CloseBallotRequest& req,
             v1::Ballot& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "ballots", "name"));
        RETURN_IF_ERROR(RequireBallot(call, id));
        ASSIGN_OR_RETURN(const Minutes minutes, MinutesOf(req.minutes()));
        std::string minutes_file_id;
        if (!minutes.file.empty()) {
          ASSIGN_OR_RETURN(minutes_file_id,
                           platform::IdFromName(minutes.file, "files", "minutes.file"));
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(BallotRow ballot, LockOpenBallot(tx, id));
          if (!req.etag().empty()) {
            RETURN_IF_ERROR(platform::CheckEtag(req.etag(), ballot.row_version));
          }
          RETURN_IF_ERROR(CheckMeeting(minutes, ballot, call.business_today()));
          if (!minutes.file.empty()) {
            RETURN_IF_ERROR(
                files::RequireComplete(tx, minutes.file, ballot.unit_id, "minutes.file").status());
          }
          ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(tx, id));
          ballot.present = minutes.present;
          for (const VoteRow& vote : votes) {
            if (vote.vote.mode == Mode::kInPerson) ballot.present.insert(vote.vote.person_id);
          }
          const Tally tally = CountOf(ballot, votes);
          if (!tally.quorum_met) return QuorumNotMet(ballot, tally);

          ASSIGN_OR_RETURN(std::optional<nominations::NominationRow> nomination,
                           nominations::LockNomination(tx, ballot.nomination_id));
          if (!nomination) return platform::Internal("a ballot's nomination is not there");
          const nominations::MoveResult move = nominations::Apply(
              nomination->state, tally.carried ? nominations::Move::kCloseBallotCarried
                                               : nominations::Move::kCloseBallotNotCarried);
          RETURN_IF_ERROR(ErrorOf(move.refusal));
          nomination->state = move.next;
          ++nomination->row_version;
          RETURN_IF_ERROR(nominations::UpdateNomination(tx, *nomination));

          ballot.state = BallotState::kClosed;
          ballot.close_date = call.business_today();
          ballot.meeting_date = minutes.meeting_date;
          ballot.place = minutes.place;
          ballot.minutes_file_id = minutes_file_id;
          ballot.note = minutes.note;
          ++ballot.row_version;
          RETURN_IF_ERROR(FinishBallot(tx, ballot));
          ToProto(ballot, votes, &res);
          v1::BallotClosed closed;
          closed.set_ballot_id(id);
          closed.set_council_id(ballot.council_id);
          closed.set_nomination_id(ballot.nomination_id);
          closed.set_votes_for(tally.votes_for);
          closed.set_votes_against(tally.votes_against);
          closed.set_total_members(tally.total_members);
          closed.set_carried(tally.carried);
          return AppendBallotEvent(tx, call, ballot, closed);
        });
      });
}

grpc::ServerUnaryReactor* Service::CancelBallot(grpc::CallbackServerContext* context,
                                                const v1::CancelBallotRequest* request,
                                                v1::Ballot* response) {
  return runner_.Unary("CancelBallot", context, request, response,
                       [this](const platform::Call& call, const v1::CancelBallotRequest& req,
                              v1::Ballot& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "ballots", "name"));
                         RETURN_IF_ERROR(RequireBallot(call, id));
                         RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(BallotRow ballot, LockOpenBallot(tx, id));
                           ballot.state = BallotState::kCancelled;
                           ballot.close_date = call.business_today();
                           ballot.cancel_reason = req.reason();
                           ++ballot.row_version;
                           RETURN_IF_ERROR(FinishBallot(tx, ballot));
                           ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(tx, id));
                           ToProto(ballot, votes, &res);
                           v1::BallotCancelled cancelled;
                           cancelled.set_ballot_id(id);
                           cancelled.set_council_id(ballot.council_id);
                           cancelled.set_nomination_id(ballot.nomination_id);
                           cancelled.set_reason(req.reason());
                           return AppendBallotEvent(tx, call, ballot, cancelled, req.reason());
                         });
                       });
}

grpc::ServerUnaryReactor* Service::GetBallot(grpc::CallbackServerContext* context,
                                             const v1::GetBallotRequest* request,
                                             v1::Ballot* response) {
  return runner_.Unary(
      "GetBallot", context, request, response,
      [this](const platform::Call& call, const v1::GetBallotRequest& req,
             v1::Ballot& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "ballots", "name"));
        RETURN_IF_ERROR(RequireBallot(call, id));
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<BallotRow> ballot, ReadBallot(session, id));
          if (!ballot) return BallotNotFound(id);
          ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(session, id));
          ToProto(*ballot, votes, &res);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::ListBallots(grpc::CallbackServerContext* context,
                                               const v1::ListBallotsRequest* request,
                                               v1::ListBallotsResponse* response) {
  return runner_.Unary(
      "ListBallots", context, request, response,
      [this](const platform::Call& call, const v1::ListBallotsRequest& req,
             v1::ListBallotsResponse& res) -> absl::Status {
        const std::string scope = absl::StrCat("ballots|", req.council(), "|", req.nomination());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string council_id, nomination_id;
        if (!req.council().empty()) {
          ASSIGN_OR_RETURN(council_id, platform::IdFromName(req.council(), "councils", "council"));
        }
        if (!req.nomination().empty()) {
          ASSIGN_OR_RETURN(nomination_id,
                           platform::IdFromName(req.nomination(), "nominations", "nomination"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        return pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(
              std::vector<BallotRow> rows,
              councils::ListBallots(session, visible, council_id, nomination_id, page));
          res.set_next_page_token(page.Cut(rows, &BallotRow::id));
          for (const BallotRow& row : rows) {
            ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(session, row.id));
            ToProto(row, votes, res.add_ballots());
          }
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::councils
