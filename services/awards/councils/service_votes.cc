#include "awards/councils/moves.h"
#include "awards/councils/service.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

// What both ways of voting answer.
template <class Response>
void Answer(const std::string& ballot, const VoteTaken& taken, Response& res) {
  res.set_ballot(ballot);
  res.set_replaced(taken.replaced);
  res.set_votes_cast(taken.votes_cast);
}

}  // namespace

grpc::ServerUnaryReactor* Service::CastVote(grpc::CallbackServerContext* context,
                                            const v1::CastVoteRequest* request,
                                            v1::CastVoteResponse* response) {
  return runner_.Unary("CastVote", context, request, response,
                       [this](const platform::Call& call, const v1::CastVoteRequest& req,
                              v1::CastVoteResponse& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string id,
                                          platform::IdFromName(req.name(), "ballots", "name"));
                         RETURN_IF_ERROR(RequireBallot(call, id));
                         VoteRow vote;
                         ASSIGN_OR_RETURN(vote.vote.person_id, PersonOf(call));
                         ASSIGN_OR_RETURN(vote.vote.choice, ChoiceOf(req.choice()));
                         vote.vote.mode = Mode::kInPerson;
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           ASSIGN_OR_RETURN(const VoteTaken taken, TakeVote(tx, call, id, vote));
                           Answer(req.name(), taken, res);
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
          ASSIGN_OR_RETURN(const VoteTaken taken, TakeVote(tx, call, id, vote));
          Answer(req.name(), taken, res);
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::awards::councils
