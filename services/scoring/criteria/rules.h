// The scoring functions themselves: one rule, one function. Pure.
#pragma once

#include "scoring/criteria/rule_types.h"

namespace thidua::scoring::criteria {

// R-SCO-02 RATIO_WITH_FLOOR: points = maximum × numerator ÷ denominator, and 0 when the ratio is
// below `floor_percent` (a ratio equal to the floor counts). Ratios above 1 give the maximum. A
// denominator of 0 is decided by `when_none`.
Outcome RatioWithFloor(const numbers::Rational& max_points, const Parameters& parameters,
                       const Inputs& inputs);

// R-SCO-03 COUNT_RATIO: points = maximum × done ÷ due, at most the maximum. Nothing due is decided
// by `when_none`.
Outcome CountRatio(const numbers::Rational& max_points, const Parameters& parameters,
                   const Inputs& inputs);

// R-SCO-04 MANUAL: the points a person gives, within 0..maximum.
Outcome Manual(const numbers::Rational& max_points, const Parameters& parameters,
               const Inputs& inputs);

}  // namespace thidua::scoring::criteria
