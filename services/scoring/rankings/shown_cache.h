// What everybody may read of a publication, kept ready: its answer and its page rest on the whole
// snapshot, which never changes, and are asked for without a token.
#pragma once

#include <string>

#include "scoring/rankings/recent_cache.h"
#include "thidua/scoring/v1/ranking_service.pb.h"

namespace thidua::scoring::rankings {

struct Shown {
  v1::Publication answer;
  std::string page;
};

// The state of a publication is which one corrects it.
using ShownCache = RecentCache<Shown>;

}  // namespace thidua::scoring::rankings
