// A publication as a web page in Vietnamese: the list of its units. Pure.
#pragma once

#include <string>

#include "scoring/rankings/page_parts.h"
#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

std::string RenderPage(const Ranked& ranked, const PageFacts& facts);

}  // namespace thidua::scoring::rankings
