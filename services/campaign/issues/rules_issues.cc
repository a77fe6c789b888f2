#include "campaign/issues/rules_issues.h"

#include <algorithm>
#include <array>
#include <utility>

namespace thidua::campaign::issues {
namespace {

constexpr std::array<std::pair<State, std::string_view>, 4> kStates = {{
    {State::kRaised, "RAISED"},
    {State::kForwarded, "FORWARDED"},
    {State::kReturned, "RETURNED"},
    {State::kAnswered, "ANSWERED"},
}};
constexpr std::array<std::pair<Move, std::string_view>, 6> kMoves = {{
    {Move::kRaise, "RAISE"},
    {Move::kForward, "FORWARD"},
    {Move::kReturn, "RETURN"},
    {Move::kSupplement, "SUPPLEMENT"},
    {Move::kAnswer, "ANSWER"},
    {Move::kSendBack, "SEND_BACK"},
}};

template <class Table, class T>
std::string_view NameIn(const Table& table, T wanted) {
  for (const auto& [value, name] : table) {
    if (value == wanted) return name;
  }
  return "";
}

template <class Table>
auto Find(const Table& table, std::string_view text)
    -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, name] : table) {
    if (name == text) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view TextOf(State state) { return NameIn(kStates, state); }
std::string_view TextOf(Move move) { return NameIn(kMoves, move); }
std::optional<State> StateFrom(std::string_view text) { return Find(kStates, text); }
std::optional<Move> MoveFrom(std::string_view text) { return Find(kMoves, text); }

std::string_view StateNameVi(State state) {
  switch (state) {
    case State::kRaised:
      return "chờ đơn vị điều phối cho ý kiến";
    case State::kForwarded:
      return "chờ cơ quan ban hành quyết định";
    case State::kReturned:
      return "chờ đơn vị bổ sung";
    case State::kAnswered:
      return "đã trả lời";
  }
  return "";
}

bool MayMove(State state, Move move) {
  switch (move) {
    case Move::kRaise:
      return false;
    case Move::kForward:
    case Move::kReturn:
      return state == State::kRaised;
    case Move::kSupplement:
      return state == State::kReturned;
    case Move::kAnswer:
    case Move::kSendBack:
      return state == State::kForwarded;
  }
  return false;
}

State After(Move move) {
  switch (move) {
    case Move::kRaise:
    case Move::kSupplement:
      return State::kRaised;
    case Move::kForward:
      return State::kForwarded;
    case Move::kReturn:
    case Move::kSendBack:
      return State::kReturned;
    case Move::kAnswer:
      return State::kAnswered;
  }
  return State::kRaised;
}

std::vector<std::string> LegalMoves(State state) {
  switch (state) {
    case State::kRaised:
      return {"ForwardIssue", "ReturnIssue"};
    case State::kForwarded:
      return {"DecideIssue"};
    case State::kReturned:
      return {"SupplementIssue"};
    case State::kAnswered:
      return {};
  }
  return {};
}

std::optional<Party> TurnOf(State state) {
  switch (state) {
    case State::kRaised:
      return Party::kCoordinator;
    case State::kForwarded:
      return Party::kIssuer;
    case State::kReturned:
      return Party::kUnit;
    case State::kAnswered:
      return std::nullopt;
  }
  return std::nullopt;
}

Party PartyOf(Move move) {
  switch (move) {
    case Move::kRaise:
    case Move::kSupplement:
      return Party::kUnit;
    case Move::kForward:
    case Move::kReturn:
      return Party::kCoordinator;
    case Move::kAnswer:
    case Move::kSendBack:
      return Party::kIssuer;
  }
  return Party::kIssuer;
}

bool IsOverdue(State state, const std::optional<absl::CivilDay>& due, absl::CivilDay today) {
  return state != State::kAnswered && due && today > *due;
}

bool MayDecide(const std::vector<std::string>& actors, std::string_view decider) {
  return std::find(actors.begin(), actors.end(), decider) == actors.end();
}

bool MayBeDue(const std::optional<absl::CivilDay>& due, absl::CivilDay today) {
  return !due || *due >= today;
}

bool MayRaise(bool plan_runs, bool takes_part) { return plan_runs && takes_part; }

}  // namespace thidua::campaign::issues
