// The states of a nomination and the moves between them.
//
// R-AWD-20  Every move has its states; a move in another state is refused and the legal moves of
// that
//           state are named.
// R-AWD-21  Who filed an award dossier, or put up the person, neither returns, rejects, confirms
//           nor appraises it, nor takes it up again; who put up a person does not select it.
// R-AWD-29  Nor the other way round: who selected the person or passed it over, returned, rejected
//           or appraised the dossier or confirmed a standard does not file it, whatever was
//           reopened since.
// R-AWD-39  An invitation is answered, and a first dossier filed, to the end of the deadline's day.
//           On the next day it is MISSED: that follows from the day alone and is never written
//           down, so it is right at every moment, whatever runs or was killed.
// R-AWD-40  What is MISSED, DECLINED, INELIGIBLE or NOT_SELECTED has ended unless it is reopened
//           with a reason; reopening the first two needs a new last day. What is filed after the
//           first deadline stays late.
// R-AWD-41  A dossier is rejected only for a standard that is not met.
// R-AWD-42  Nobody judges the own person: who is nominated neither selects, returns, rejects,
//           confirms nor appraises it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

// In the order of the contract's enum.
enum class State {
  kShortlisted,
  kInvited,
  kFiled,
  kReturned,
  kAppraised,
  kCarried,
  kNotCarried,
  kDecided,
  kAccepted,
  kDeclined,
  kMissed,  // never stored
  kIneligible,
  kNominated,
  kNotSelected,
};

// Named as the rpcs that make them.
enum class Move {
  kSelectIndividual,
  kPassOverIndividual,
  kInviteUnits,
  kAcceptInvitation,
  kDeclineInvitation,
  kReopenNomination,
  kFileAwardDossier,
  kReturnAwardDossier,
  kRejectAwardDossier,
  kConfirmStandard,
  kCheckStandards,
  kAppraiseAwardDossier,
  kOpenBallot,
  kCloseBallotCarried,
  kCloseBallotNotCarried,
  kCreateDecision,
  kIssueDecision,
};

std::string_view NameOf(State state);  // "SHORTLISTED"
std::optional<State> StateNamed(std::string_view name);

// R-AWD-39  Where a nomination stands on a day: `deadline` is the last one given.
State StateOn(State stored, std::optional<absl::CivilDay> deadline, absl::CivilDay today);

// The rpcs that are legal in a state, in the order of work; empty when it is final.
std::vector<std::string> LegalMoves(State state);

// The state after the move, or why it may not be made.
struct MoveResult {
  State next = State::kShortlisted;
  MaybeRefusal refusal;
};
MoveResult Apply(State state, Move move);

// R-AWD-40  Whether a new last day belongs to the reopening of what stands there, and is right.
MaybeRefusal CheckReopening(State from, std::optional<absl::CivilDay> deadline,
                            absl::CivilDay today);

// R-AWD-42  `person_id` is the person nominated, "" for a unit; `caller` the one who acts, "" for a
// system.
MaybeRefusal CheckNotOwnPerson(const std::string& person_id, const std::string& caller);

// R-AWD-21: `filers` are the token subjects of all filings of the nomination and of who put up the
// person.
MaybeRefusal CheckNotFiler(const std::vector<std::string>& filers, const std::string& actor);

// R-AWD-29: `judges` are the token subjects of all who judged it, each move of the rule; "" is
// nobody.
MaybeRefusal CheckNotJudge(const std::vector<std::string>& judges, const std::string& actor);

}  // namespace thidua::awards::nominations
