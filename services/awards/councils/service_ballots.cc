// Ballots; what changes them is in moves.cc, votes are in service_votes.cc.
#include <optional>

#include "absl/strings/str_cat.h"
#include "awards/councils/convert.h"
#include "awards/councils/moves.h"
#include "awards/councils/service.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "awards/nominations/moves.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {

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

        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const BallotRow ballot,
                           Open(tx, call, {council_id, nomination_id, nominated}));
          ToProto(ballot, {}, &res);
          return absl::OkStatus();
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
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const BallotAndVotes closed, Close(tx, call, id, req.etag(), minutes));
          ToProto(closed.ballot, closed.votes, &res);
          return absl::OkStatus();
        });
      });
}

grpc::ServerUnaryReactor* Service::CancelBallot(grpc::CallbackServerContext* context,
                                                const v1::CancelBallotRequest* request,
                                                v1::Ballot* response) {
  return runner_.Unary(
      "CancelBallot", context, request, response,
      [this](const platform::Call& call, const v1::CancelBallotRequest& req,
             v1::Ballot& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(req.name(), "ballots", "name"));
        RETURN_IF_ERROR(RequireBallot(call, id));
        RETURN_IF_ERROR(CheckText("reason", req.reason(), 2000));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const BallotAndVotes given_up, Cancel(tx, call, id, req.reason()));
          ToProto(given_up.ballot, given_up.votes, &res);
          return absl::OkStatus();
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
