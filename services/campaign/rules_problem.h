// What a rule finds wrong with a value. Rules answer with these; the service makes an error of
// them.
#pragma once

#include <string>
#include <vector>

namespace thidua::campaign {

struct Problem {
  std::string field;   // path in what was judged, for example "names[1].valid_from"
  std::string reason;  // UPPER_SNAKE
  std::string vi;
  std::string en;
};

using Problems = std::vector<Problem>;

}  // namespace thidua::campaign
