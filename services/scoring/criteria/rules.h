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

// R-SCO-50 LEVEL_TABLE, LEVEL_TABLE_COUNT: the points of the best level of `levels` that the ratio
// in percent, or the count, reaches; 0 when it reaches none. For ratios, a denominator of 0 is
// decided by `when_none`. Never more than the maximum.
Outcome LevelsOfRatio(const numbers::Rational& max_points, const Parameters& parameters,
                      const Inputs& inputs);
Outcome LevelsOfCount(const numbers::Rational& max_points, const Parameters& parameters,
                      const Inputs& inputs);

// R-SCO-51 BONUS, DEDUCTION: count × points_each, at most the maximum. What the points then do is
// said by the kind of the field (scheme.h).
Outcome PointsEach(const numbers::Rational& max_points, const Parameters& parameters,
                   const Inputs& inputs);

// R-SCO-52 RATIO_WITH_TARGET: points = maximum × ratio ÷ target, at most the maximum, and 0 when
// the ratio is below `floor_percent` (a ratio equal to the floor counts). A denominator of 0 is
// decided by `when_none`.
Outcome RatioWithTarget(const numbers::Rational& max_points, const Parameters& parameters,
                        const Inputs& inputs);

// R-SCO-53 SURVEY: points = maximum × index ÷ target, at most the maximum. Fewer respondents than
// `min_respondents` leave it not yet scored.
Outcome Survey(const numbers::Rational& max_points, const Parameters& parameters,
               const Inputs& inputs);

}  // namespace thidua::scoring::criteria
