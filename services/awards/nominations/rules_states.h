// The states of a nomination and the moves between them.
//
// R-AWD-20  Every move has its states; a move in another state is refused and the legal moves of
// that
//           state are named.
// R-AWD-21  Who filed an award dossier neither returns, confirms nor appraises it.
// R-AWD-29  Nor the other way round: who returned it or confirmed a standard does not file it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

enum class State {
  kShortlisted,
  kInvited,
  kFiled,
  kReturned,
  kAppraised,
  kCarried,
  kNotCarried,
  kDecided,
};

// Named as the rpcs that make them.
enum class Move {
  kInviteUnits,
  kFileAwardDossier,
  kReturnAwardDossier,
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

// The rpcs that are legal in a state, in the order of work; empty when it is final.
std::vector<std::string> LegalMoves(State state);

// The state after the move, or why it may not be made.
struct MoveResult {
  State next = State::kShortlisted;
  MaybeRefusal refusal;
};
MoveResult Apply(State state, Move move);

// R-AWD-21: `filers` are the token subjects of all filings of the nomination.
MaybeRefusal CheckNotFiler(const std::vector<std::string>& filers, const std::string& actor);

// R-AWD-29: `judges` are the token subjects of all who returned the dossier or confirmed a
// standard.
MaybeRefusal CheckNotJudge(const std::vector<std::string>& judges, const std::string& actor);

}  // namespace thidua::awards::nominations
