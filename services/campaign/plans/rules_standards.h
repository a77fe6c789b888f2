// R-PLN-08 Parameters of the checks of standards: each check has its own, and their values have a
// form.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "campaign/rules_problem.h"

namespace thidua::campaign::plans {

// Names of the parameters that a check takes, in order; `check` as in the feed:
// "RANK_HIGH_OR_LEAP".
std::vector<std::string> ParametersOf(std::string_view check);
// Those of them that are not set.
std::vector<std::string> UnsetParameters(std::string_view check,
                                         const std::map<std::string, std::string>& parameters);
// PARAMETER_UNKNOWN, PARAMETER_VALUE; field paths are relative to the standard.
Problems CheckParameters(std::string_view check,
                         const std::map<std::string, std::string>& parameters);

}  // namespace thidua::campaign::plans
