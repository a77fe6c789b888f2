// Ballots; what changes them is in moves.cc, votes are in service_votes.cc.
#include <optional>

#include "absl/strings/str_cat.h"
#include "awards/councils/convert.h"
#include "awards/councils/moves.h"
#include "awards/councils/service.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/validate.h"
#include "awards/errors.h"
#include "awards/initiatives/moves.h"
#include "awards/nominations/moves.h"
#include "awards/people.h"
#include "platform/db/write.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

absl::Status CheckOneSubject(const v1::OpenBallotRequest& request) {
  if (request.nomination().empty() != request.initiative().empty()) return absl::OkStatus();
  return platform::InvalidField("nomination", "BALLOT_SUBJECT",
                                {"Nêu một đề nghị khen thưởng hoặc một sáng kiến, không cả hai.",
                                 "Name a nomination or an initiative, not both."});
}

// R-AWD-95
absl::Status CheckBelow(platform::UnitTree& units, const platform::Call& call,
                        const std::string& unit_id, const std::string& council_unit_id) {
  ASSIGN_OR_RETURN(const bool within, units.IsWithin(unit_id, council_unit_id,
                                                     call.business_today(), call.deadline()));
  if (within) return absl::OkStatus();
  return platform::InvalidField(
      "council", "COUNCIL_OF_OTHER_UNIT",
      {"Hội đồng không thuộc đơn vị có sáng kiến hay đơn vị cấp trên của đơn vị đó.",
       "The council is neither of the initiative's unit nor of one above it."});
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
        RETURN_IF_ERROR(CheckOneSubject(req));
        Opening opening;
        opening.council_id = council_id;
        std::string unit_id;
        if (!req.nomination().empty()) {
          ASSIGN_OR_RETURN(opening.subject.nomination_id,
                           platform::IdFromName(req.nomination(), "nominations", "nomination"));
        } else {
          ASSIGN_OR_RETURN(opening.subject.initiative_id,
                           platform::IdFromName(req.initiative(), "initiatives", "initiative"));
        }
        ASSIGN_OR_RETURN(const CouncilRow council, FindAndRequire(call, council_id));
        if (!req.nomination().empty()) {
          ASSIGN_OR_RETURN(const nominations::NominationAndPlan nominee,
                           nominations::FindForIssuer(pool_, call, opening.subject.nomination_id));
          unit_id = nominee.nomination.unit_id;
        } else {
          ASSIGN_OR_RETURN(const initiatives::InitiativeRow initiative,
                           initiatives::FindAndRequire(pool_, call, req.initiative()));
          unit_id = initiative.unit_id;
          RETURN_IF_ERROR(CheckBelow(units_, call, unit_id, council.unit_id));
        }
        // R-AWD-95: of the council's own unit everybody is a member; its authors alone are kept
        // out.
        if (req.initiative().empty() || unit_id != council.unit_id) {
          ASSIGN_OR_RETURN(opening.concerned,
                           units_.Subtree(unit_id, call.business_today(), call.deadline()));
        }
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const BallotRow ballot, Open(tx, call, opening));
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
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(const std::optional<BallotRow> ballot, ReadBallot(session, id));
          if (!ballot) return BallotNotFound(id);
          ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(session, id));
          ToProto(*ballot, votes, &res);
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "GetBallot", req, PeopleIn(res));
      });
}

grpc::ServerUnaryReactor* Service::ListBallots(grpc::CallbackServerContext* context,
                                               const v1::ListBallotsRequest* request,
                                               v1::ListBallotsResponse* response) {
  return runner_.Unary(
      "ListBallots", context, request, response,
      [this](const platform::Call& call, const v1::ListBallotsRequest& req,
             v1::ListBallotsResponse& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("ballots|", req.council(), "|", req.nomination(), "|", req.initiative());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string council_id, nomination_id, initiative_id;
        if (!req.council().empty()) {
          ASSIGN_OR_RETURN(council_id, platform::IdFromName(req.council(), "councils", "council"));
        }
        if (!req.nomination().empty()) {
          ASSIGN_OR_RETURN(nomination_id,
                           platform::IdFromName(req.nomination(), "nominations", "nomination"));
        }
        if (!req.initiative().empty()) {
          ASSIGN_OR_RETURN(initiative_id,
                           platform::IdFromName(req.initiative(), "initiatives", "initiative"));
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(std::vector<BallotRow> rows,
                           councils::ListBallots(session, visible, council_id, nomination_id,
                                                 initiative_id, page));
          res.set_next_page_token(page.Cut(rows, &BallotRow::id));
          for (const BallotRow& row : rows) {
            ASSIGN_OR_RETURN(const std::vector<VoteRow> votes, ReadVotes(session, row.id));
            ToProto(row, votes, res.add_ballots());
          }
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "ListBallots", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::councils
