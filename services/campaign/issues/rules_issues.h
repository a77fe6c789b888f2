// The course of an issue: who has it, what may be done with it and by whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::issues {

enum class State { kRaised, kForwarded, kReturned, kAnswered };
// kReturn is the coordinator's, kSendBack the issuer's.
enum class Move { kRaise, kForward, kReturn, kSupplement, kAnswer, kSendBack };
enum class Party { kUnit, kCoordinator, kIssuer };

std::string_view TextOf(State state);
std::string_view TextOf(Move move);
std::optional<State> StateFrom(std::string_view text);
std::optional<Move> MoveFrom(std::string_view text);
// For people: "chờ cho ý kiến".
std::string_view StateNameVi(State state);

// R-ISS-01 RAISED → FORWARDED → ANSWERED. Coordinator and issuer may return what they have to its
// unit, which brings it again: RETURNED → RAISED. What is answered stays so.
bool MayMove(State state, Move move);
State After(Move move);
// Names of the rpcs whose move is open.
std::vector<std::string> LegalMoves(State state);

// R-ISS-02 Whose turn it is: the coordinator's once it is raised, the issuer's once it is passed
// on, its unit's once it is returned, and nobody's at the end. A move is made by whose turn it is.
std::optional<Party> TurnOf(State state);
Party PartyOf(Move move);

// R-ISS-03 The due date itself is in time; without one, or once it is answered, nothing is late.
bool IsOverdue(State state, const std::optional<absl::CivilDay>& due, absl::CivilDay today);

// R-ISS-04 Nobody decides what they raised, brought again or passed on themselves. `actors`: of the
// steps so far.
bool MayDecide(const std::vector<std::string>& actors, std::string_view decider);

// R-ISS-05 A step gives the next one no day that has passed.
bool MayBeDue(const std::optional<absl::CivilDay>& due, absl::CivilDay today);

// R-ISS-06 Issues are about a movement that runs, and of those who take part in it.
bool MayRaise(bool plan_runs, bool takes_part);

}  // namespace thidua::campaign::issues
