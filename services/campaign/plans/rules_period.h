// From words and given days to the days of a movement and of its milestones.
#pragma once

#include <optional>
#include <vector>

#include "campaign/plans/rules_facts.h"

namespace thidua::campaign::plans {

enum class StartRule { kUnknown, kIssueDate, kFixed };

struct PeriodResult {
  Period period;
  bool contradicted = false;  // the words name other days than those given
};

// R-PLN-05 The movement starts on the day of issue when it is known to the day (rule ISSUE_DATE),
// or on the day given or worded (FIXED). It ends on the day given, else on the last day that the
// words name; words with an impossible day name no end. What neither words nor people say stays
// unknown.
PeriodResult ResolveMovement(StartRule rule, const std::optional<Days>& issue, const Period& given,
                             const PhraseFacts& phrase);

// R-PLN-06 A milestone takes the days given, else those of the first to the last span that the
// words name.
PeriodResult ResolveMilestone(const Period& given, const PhraseFacts& phrase);

// R-PLN-07 The sub-periods of a movement are its calendar years, the first and the last one cut to
// the movement. There are none while an end is not known, and none of a movement of more than 30
// years, whose end nobody means.
inline constexpr int kMostYears = 30;
std::vector<Days> YearsOf(const Period& movement);

}  // namespace thidua::campaign::plans
