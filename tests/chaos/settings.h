// What `tests/run chaos` was told: THIDUA_CHAOS_ROUNDS, THIDUA_CHAOS_SEED.
#pragma once

#include <cstdint>

namespace thidua::chaos {

// How many rounds; `otherwise` when nothing was said.
int Rounds(int otherwise);

// The seed of the first round, the same whenever it is asked for; the next round has the next one,
// so that a round can be repeated by itself. Printed, and drawn when nothing was said.
uint64_t Seed();

}  // namespace thidua::chaos
