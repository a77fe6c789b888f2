#include "campaign/plans/rules_lifecycle.h"

#include <array>

namespace thidua::campaign::plans {
namespace {

constexpr std::array<State, 4> kStates = {State::kDraft, State::kIssued, State::kLaunched,
                                          State::kClosed};
constexpr std::array<Move, 7> kMoves = {Move::kUpdate,     Move::kResolveFinding, Move::kIssue,
                                        Move::kSetTheme,   Move::kLaunch,         Move::kClose,
                                        Move::kImportTasks};

}  // namespace

std::string_view TextOf(State state) {
  switch (state) {
    case State::kDraft:
      return "DRAFT";
    case State::kIssued:
      return "ISSUED";
    case State::kLaunched:
      return "LAUNCHED";
    case State::kClosed:
      return "CLOSED";
  }
  return "";
}

std::string_view StateNameVi(State state) {
  switch (state) {
    case State::kDraft:
      return "dự thảo";
    case State::kIssued:
      return "đã ban hành";
    case State::kLaunched:
      return "đã phát động";
    case State::kClosed:
      return "đã kết thúc";
  }
  return "";
}

std::optional<State> StateFrom(std::string_view text) {
  for (const State state : kStates) {
    if (TextOf(state) == text) return state;
  }
  return std::nullopt;
}

std::string_view RpcOf(Move move) {
  switch (move) {
    case Move::kUpdate:
      return "UpdatePlan";
    case Move::kResolveFinding:
      return "ResolveFinding";
    case Move::kIssue:
      return "IssuePlan";
    case Move::kSetTheme:
      return "SetPlanTheme";
    case Move::kLaunch:
      return "LaunchPlan";
    case Move::kClose:
      return "ClosePlan";
    case Move::kImportTasks:
      return "ImportPlanTasks";
  }
  return "";
}

bool MayMove(State state, Move move) {
  switch (move) {
    case Move::kUpdate:
    case Move::kResolveFinding:
    case Move::kIssue:
      return state == State::kDraft;
    case Move::kSetTheme:
    case Move::kImportTasks:
      return state != State::kClosed;
    case Move::kLaunch:
      return state == State::kIssued;
    case Move::kClose:
      return state == State::kLaunched;
  }
  return false;
}

std::vector<std::string> LegalMoves(State state) {
  std::vector<std::string> moves;
  for (const Move move : kMoves) {
    if (MayMove(state, move)) moves.emplace_back(RpcOf(move));
  }
  return moves;
}

State After(State state, Move move) {
  switch (move) {
    case Move::kIssue:
      return State::kIssued;
    case Move::kLaunch:
      return State::kLaunched;
    case Move::kClose:
      return State::kClosed;
    case Move::kUpdate:
    case Move::kResolveFinding:
    case Move::kSetTheme:
    case Move::kImportTasks:
      return state;
  }
  return state;
}

}  // namespace thidua::campaign::plans
