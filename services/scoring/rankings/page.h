// A publication as a web page in Vietnamese: rendered here, no script, every text escaped. Pure.
#pragma once

#include <string>

#include "scoring/rankings/snapshot.h"

namespace thidua::scoring::rankings {

struct PageFacts {
  std::string snapshot_sha256;
  std::string corrected_by;  // id of the publication that corrects this one; "" for none
};

std::string RenderPage(const Ranked& ranked, const PageFacts& facts);

}  // namespace thidua::scoring::rankings
