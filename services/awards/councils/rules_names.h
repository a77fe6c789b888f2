// The words by which councils' values are kept and sent in events.
#pragma once

#include <optional>
#include <string_view>

#include "awards/councils/rules.h"

namespace thidua::awards::councils {

enum class BallotState { kOpen, kClosed, kCancelled };

std::string_view NameOf(Kind kind);
std::string_view NameOf(Role role);
std::string_view NameOf(Choice choice);
std::string_view NameOf(Mode mode);
std::string_view NameOf(BallotState state);

// The value of a word; the first value for a word that is none, as the tables' CHECKs admit no
// other.
Kind KindNamed(std::string_view name);
Role RoleNamed(std::string_view name);
Choice ChoiceNamed(std::string_view name);
Mode ModeNamed(std::string_view name);
BallotState BallotStateNamed(std::string_view name);

// R-AWD-10  Votes are taken, counted and given up only while the ballot is open; `move` is the rpc.
MaybeRefusal CheckOpen(BallotState state);

}  // namespace thidua::awards::councils
