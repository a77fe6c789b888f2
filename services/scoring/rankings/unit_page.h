// Why a unit has its rank, as a web page in Vietnamese: what the snapshot holds about it, field by
// field and criterion by criterion. Pure.
#pragma once

#include <string>

#include "scoring/rankings/page_parts.h"
#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

// "" when the unit is not in the publication.
std::string RenderUnitPage(const Ranked& ranked, const PageFacts& facts,
                           const std::string& unit_id);

}  // namespace thidua::scoring::rankings
