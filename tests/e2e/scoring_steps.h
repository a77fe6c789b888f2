// What tests of scoring do: a round of their own, self-scores of a unit.
#pragma once

#include <string>
#include <vector>

#include "e2e/stack.h"

namespace thidua::e2e {

// Opens a round on the demo's criteria for communes of 2023, open until the end of 2024, for these
// units. `act` names the request.
json OpenRound(Stack& stack, const std::string& act, const std::vector<std::string>& unit_codes);
// The unit scores itself with the full points, evidence and all, and hands in; its assessment.
json SelfScoreAndSubmit(Stack& stack, const std::string& act, const json& assessment,
                        const std::string& unit_code, const std::string& officer);
// The assessments of a round, by unit.
json AssessmentOf(Stack& stack, const json& round, const std::string& unit_code);

}  // namespace thidua::e2e
