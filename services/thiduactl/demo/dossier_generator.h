// The dossiers of the demo: the same on every machine and in every run.
#pragma once

#include <vector>

#include "thiduactl/rpc_client.h"

namespace thidua::ctl::demo {

// The weights of all units add up to this.
inline constexpr int kDossierWeights = 100;

// The finished dossiers of `year` of everybody in the demo, `total` of them (a multiple of
// kDossierWeights), as rows that PushDossiers takes. Of each unit exactly the declared share is
// late.
std::vector<json> DossiersOfYear(int year, int total);

}  // namespace thidua::ctl::demo
