// How much memory the processes of a stack hold.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "e2e/stack.h"

namespace thidua::chaos {

// Kilobytes resident in campaign, scoring, awards, notify, gateway and nginx with its workers.
std::map<std::string, int64_t> ResidentKb(const e2e::Stack& stack);

// The same once it rests: when no look of three seconds differs from the first by more than a
// hundredth in any process. What it is after a minute all the same, which is then said.
std::map<std::string, int64_t> SettledKb(const e2e::Stack& stack);

// Nothing is more than `most` times as large as it was, a few megabytes aside. A sanitizer keeps
// freed memory for a while, so there it is only printed.
void ExpectNotGrown(const std::map<std::string, int64_t>& before,
                    const std::map<std::string, int64_t>& after, double most);

}  // namespace thidua::chaos
