#include "chaos/settings.h"

#include <cstdlib>
#include <iostream>
#include <random>

namespace thidua::chaos {

int Rounds(int otherwise) {
  const char* text = std::getenv("THIDUA_CHAOS_ROUNDS");
  return text == nullptr ? otherwise : std::atoi(text);
}

uint64_t Seed() {
  static const uint64_t kSeed = [] {
    const char* text = std::getenv("THIDUA_CHAOS_SEED");
    const uint64_t seed =
        text == nullptr ? std::random_device()() : std::strtoull(text, nullptr, 10);
    std::cout << "seed " << seed << std::endl;
    return seed;
  }();
  return kSeed;
}

}  // namespace thidua::chaos
