// Dossiers of a year, generated: the same for the same arguments on every machine.
#pragma once

#include <string>
#include <vector>

#include "thiduactl/rpc_client.h"

namespace thidua::ctl::demo {

// `per_unit` finished dossiers for each unit code; in unit i, late_per_mille[i] of 1000 are late.
// All received within 2023.
std::vector<json> GenerateDossiers(const std::vector<std::string>& unit_codes,
                                   const std::vector<int>& late_per_mille, int per_unit);

}  // namespace thidua::ctl::demo
