#include "awards/councils/ballot_changes.h"
#include "awards/councils/convert.h"
#include "awards/councils/rules_names.h"
#include "awards/councils/service.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "platform/db/write.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::councils {
namespace {

// Adds a vote to a locked ballot; whether the member had voted before.
absl::StatusOr<bool> AddVote(db::Tx& tx, const platform::Call& call, BallotRow& ballot,
                             VoteRow vote, int* votes_cast) {
  ASSIGN_OR_RETURN(std::vector<VoteRow> votes, ReadVotes(tx, ballot.id));
  for (const VoteRow& earlier : votes) {
    if (earlier.vote.person_id != vote.vote.person_id) continue;
    vote.sequence = earlier.sequence + 1;
    if (vote.vote.mode == Mode::kWritten && earlier.vote.mode == Mode::kInPerson) {
      return platform::FailedPrecondition(
          "MEMBER_VOTED_IN_PERSON",
          {"Thành viên này đã tự bỏ phiếu; thao tác hợp lệ: CastVote của chính thành viên đó.",
           "This member has voted in person; legal move: the member's own CastVote."},
          {{"legal_moves", "CastVote"}});
    }
  }
  vote.recorded_by = call.principal().subject;
  vote.recorded_at = call.machine_now();
  RETURN_IF_ERROR(InsertVote(tx, ballot.id, vote));
  votes.push_back(vote);
  *votes_cast = VotersIn(votes);
  ++ballot.row_version;
  RETURN_IF_ERROR(TouchBallot(tx, ballot));
  v1::VoteRecorded recorded;
  recorded.set_ballot_id(ballot.id);
  recorded.set_person_id(vote.vote.person_id);
  if (!ballot.rule.secret) recorded.set_choice(std::string(NameOf(vote.vote.choice)));
  recorded.set_mode(std::string(NameOf(vote.vote.mode)));
  recorded.set_sequence(vote.sequence);
  RETURN_IF_ERROR(AppendBallotEvent(tx, call, ballot, recorded));
  return vote.sequence > 1;
}

}  // namespace

grpc::ServerUnaryReactor* Service::CastVote(grpc::CallbackServerContext* context,
                                            const v1::CastVoteRequest* request,
                                            v1::CastVoteResponse* response) {
  return runner_.Unary(
      "CastVote", context, request, response,
      [this](const platform::Call& call, const v1::CastVoteRequest& req,
             v1::CastVoteResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "ballots", "name"));
        RETURN_IF_ERROR(RequireBallot(call, id));
        VoteRow vote;
        ASSIGN_OR_RETURN(vote.vote.person_id, PersonOf(call));
        ASSIGN_OR_RETURN(vote.vote.choice, ChoiceOf(req.choice()));
        vote.vote.mode = Mode::kInPerson;
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(BallotRow ballot, LockOpenBallot(tx, id));
          RETURN_IF_ERROR(ErrorOf(CheckVoter(ballot.roster, vote.vote.person_id)));
          int votes_cast = 0;
          ASSIGN_OR_RETURN(const bool replaced, AddVote(tx, call, ballot, vote, &votes_cast));
          res.set_ballot(req.name());
          res.set_replaced(replaced);
          res.set_votes_cast(votes_cast);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::RecordWrittenOpinion(
    grpc::CallbackServerContext* context, const v1::RecordWrittenOpinionRequest* request,
    v1::RecordWrittenOpinionResponse* response) {
  return runner_.Unary(
      "RecordWrittenOpinion", context, request, response,
      [this](const platform::Call& call, const v1::RecordWrittenOpinionRequest& req,
             v1::RecordWrittenOpinionResponse& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "ballots", "name"));
        RETURN_IF_ERROR(RequireBallot(call, id));
        VoteRow vote;
        ASSIGN_OR_RETURN(vote.vote.person_id,
                         platform::IdFromName(req.person(), "people", "person"));
        ASSIGN_OR_RETURN(vote.vote.choice, ChoiceOf(req.choice()));
        vote.vote.mode = Mode::kWritten;
        ASSIGN_OR_RETURN(vote.file_id, platform::IdFromName(req.file(), "files", "file"));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(BallotRow ballot, LockOpenBallot(tx, id));
          RETURN_IF_ERROR(files::RequireComplete(tx, req.file(), ballot.unit_id, "file").status());
          RETURN_IF_ERROR(ErrorOf(CheckVoter(ballot.roster, vote.vote.person_id)));
          int votes_cast = 0;
          ASSIGN_OR_RETURN(const bool replaced, AddVote(tx, call, ballot, vote, &votes_cast));
          res.set_ballot(req.name());
          res.set_replaced(replaced);
          res.set_votes_cast(votes_cast);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::councils
