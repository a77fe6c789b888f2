// R-PLN-01 The life of a plan: DRAFT → ISSUED → LAUNCHED → CLOSED. No way back, no step left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thidua::campaign::plans {

enum class State { kDraft, kIssued, kLaunched, kClosed };
enum class Move { kUpdate, kResolveFinding, kIssue, kSetTheme, kLaunch, kClose, kImportTasks };

std::string_view TextOf(State state);
// For people: "đã ban hành".
std::string_view StateNameVi(State state);
std::optional<State> StateFrom(std::string_view text);
// The rpc that makes the move: "IssuePlan".
std::string_view RpcOf(Move move);

bool MayMove(State state, Move move);
std::vector<std::string> LegalMoves(State state);
// The state after a legal move.
State After(State state, Move move);

}  // namespace thidua::campaign::plans
