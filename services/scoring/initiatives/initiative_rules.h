// Which initiatives count for a unit. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::scoring::initiatives {

struct Initiative {
  int year = 0;                               // in which it was put into practice
  std::optional<absl::CivilDay> recognition;  // none until it is recognised
};

struct Counts {
  int64_t recognised = 0;
  int64_t registered = 0;  // put into practice in the period and not (yet) recognised
};

// R-SCO-56 Initiatives put into practice in the years of the period count once they are recognised,
// also when that was after the period, but not after `as_of`: the year's initiatives are often
// recognised in the year after.
Counts CountInitiatives(const std::vector<Initiative>& initiatives, absl::CivilDay period_start,
                        absl::CivilDay period_end, absl::CivilDay as_of);

}  // namespace thidua::scoring::initiatives
