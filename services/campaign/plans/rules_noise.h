// What in a source's words is none of the plan, or looks like a slip: page furniture, marks of
// layout, a word left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thidua::campaign::plans {

enum class NoiseKind { kFurniture, kLayout, kSlip };

struct Noise {
  NoiseKind kind = NoiseKind::kFurniture;
  std::string passage;  // verbatim
  std::string meant;    // of a slip: what may have been meant
};

// In the order of the kinds, each passage once.
std::vector<Noise> NoiseIn(std::string_view text);

}  // namespace thidua::campaign::plans
