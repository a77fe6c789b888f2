#include "awards/councils/subjects.h"

#include <optional>

#include "awards/councils/rules.h"
#include "awards/errors.h"
#include "awards/initiatives/moves.h"
#include "awards/initiatives/store.h"
#include "awards/nominations/moves.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_inputs.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {
namespace {

absl::Status CheckKind(const CouncilRow& council, Kind kind) {
  if (council.kind == kind) return absl::OkStatus();
  return platform::InvalidField("council", "COUNCIL_OF_OTHER_KIND",
                                kind == Kind::kAward
                                    ? platform::Text{"Hội đồng này không xét khen thưởng.",
                                                     "This council does not judge awards."}
                                    : platform::Text{"Hội đồng này không xét sáng kiến.",
                                                     "This council does not judge initiatives."});
}

std::vector<std::string> PeopleOf(const nominations::NominationRow& nomination) {
  if (!nomination.individual()) return {};
  return {nomination.person_id};
}

absl::StatusOr<Votable> LockNominationFor(db::Tx& tx, const std::string& id,
                                          const CouncilRow& council) {
  ASSIGN_OR_RETURN(nominations::NominationRow nomination, nominations::Lock(tx, id));
  RETURN_IF_ERROR(
      ErrorOf(nominations::Apply(nomination.state, nominations::Move::kOpenBallot).refusal));
  ASSIGN_OR_RETURN(const std::optional<nominations::Plan> plan,
                   nominations::ReadPlan(tx, nomination.plan_id));
  if (!plan) return platform::Internal("a nomination's plan is not there");
  RETURN_IF_ERROR(CheckKind(council, Kind::kAward));
  if (council.unit_id != plan->unit_id) {
    return platform::InvalidField("council", "COUNCIL_OF_OTHER_UNIT",
                                  {"Hội đồng không thuộc đơn vị phát động phong trào.",
                                   "The council is not of the unit that issued the plan."});
  }
  return Votable{nomination.award_form, PeopleOf(nomination)};
}

// That the initiative is of the council's unit or below is judged by who opens the ballot, over the
// tree of units.
absl::StatusOr<Votable> LockInitiativeFor(db::Tx& tx, const std::string& id,
                                          const CouncilRow& council) {
  ASSIGN_OR_RETURN(const initiatives::InitiativeRow initiative, initiatives::Lock(tx, id));
  RETURN_IF_ERROR(CheckKind(council, Kind::kInitiative));
  RETURN_IF_ERROR(
      ErrorOf(initiatives::Apply(initiative.state, initiatives::Move::kOpenBallot).refusal));
  if (initiative.author_ids.empty()) {  // R-AWD-95
    return platform::FailedPrecondition(
        "INITIATIVE_AUTHORS_MISSING",
        {"Sáng kiến chưa nêu tác giả nên không biết thành viên nào không được biểu quyết.",
         "The initiative names no authors, so nobody knows which members have no vote."});
  }
  return Votable{"", initiative.author_ids};
}

// Takes the nomination on, or ends its way.
absl::Status MoveNomination(db::Tx& tx, const platform::Call& call, const std::string& id,
                            bool carried) {
  ASSIGN_OR_RETURN(std::optional<nominations::NominationRow> nomination,
                   nominations::LockNomination(tx, id));
  if (!nomination) return platform::Internal("a ballot's nomination is not there");
  RETURN_IF_ERROR(nominations::Make(
      carried ? nominations::Move::kCloseBallotCarried : nominations::Move::kCloseBallotNotCarried,
      call.business_today(), *nomination));
  return nominations::UpdateNomination(tx, *nomination);
}

absl::Status MoveInitiative(db::Tx& tx, const platform::Call& call, const BallotRow& ballot,
                            initiatives::Move move) {
  if (ballot.initiative_id.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(initiatives::InitiativeRow initiative,
                   initiatives::Lock(tx, ballot.initiative_id));
  return initiatives::Review(tx, call, move, ballot.id, std::move(initiative));
}

}  // namespace

absl::StatusOr<Votable> LockForBallot(db::Tx& tx, const Subject& subject,
                                      const CouncilRow& council) {
  return subject.initiative_id.empty() ? LockNominationFor(tx, subject.nomination_id, council)
                                       : LockInitiativeFor(tx, subject.initiative_id, council);
}

absl::StatusOr<std::vector<std::string>> PeopleOf(db::Session& session, const BallotRow& ballot) {
  if (ballot.initiative_id.empty()) {
    ASSIGN_OR_RETURN(const std::optional<nominations::NominationRow> nomination,
                     nominations::ReadNomination(session, ballot.nomination_id));
    if (!nomination) return platform::Internal("a ballot's nomination is not there");
    return PeopleOf(*nomination);
  }
  ASSIGN_OR_RETURN(const std::optional<initiatives::InitiativeRow> initiative,
                   initiatives::ReadInitiative(session, ballot.initiative_id));
  if (!initiative) return platform::Internal("a ballot's initiative is not there");
  return initiative->author_ids;
}

absl::Status AfterOpening(db::Tx& tx, const platform::Call& call, const BallotRow& ballot) {
  return MoveInitiative(tx, call, ballot, initiatives::Move::kOpenBallot);
}

absl::Status AfterClosing(db::Tx& tx, const platform::Call& call, const BallotRow& ballot,
                          bool carried) {
  if (ballot.initiative_id.empty()) return MoveNomination(tx, call, ballot.nomination_id, carried);
  return MoveInitiative(
      tx, call, ballot,
      carried ? initiatives::Move::kCloseCarried : initiatives::Move::kCloseNotCarried);
}

absl::Status AfterCancelling(db::Tx& tx, const platform::Call& call, const BallotRow& ballot) {
  return MoveInitiative(tx, call, ballot, initiatives::Move::kCancelBallot);
}

}  // namespace thidua::awards::councils
