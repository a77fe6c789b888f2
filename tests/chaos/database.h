// A look into the database of a stack, as its root, past all services.
#pragma once

#include <string>

#include "e2e/stack.h"

namespace thidua::chaos {

// Runs statements; rows as lines, columns apart by tabs. A failure fails the test.
std::string Sql(e2e::Stack& stack, const std::string& statements);

// Places of all feeds are gapless and unique, and nothing waits for one.
void ExpectPlacesGapless(e2e::Stack& stack);

}  // namespace thidua::chaos
