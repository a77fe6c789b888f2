#include "campaign/plans/rules_period.h"

#include <algorithm>

namespace thidua::campaign::plans {
namespace {

// The days that words name, from the first to the last; an impossible day makes the end unknown.
Period Worded(const PhraseFacts& phrase) {
  Period period;
  if (phrase.spans.empty()) return period;
  period.start = phrase.spans.front().first;
  if (phrase.impossible.empty()) period.end = phrase.spans.back().last;
  return period;
}

bool Differ(const std::optional<absl::CivilDay>& given,
            const std::optional<absl::CivilDay>& worded) {
  return given && worded && *given != *worded;
}

}  // namespace

PeriodResult ResolveMovement(StartRule rule, const std::optional<Days>& issue, const Period& given,
                             const PhraseFacts& phrase) {
  const Period worded = Worded(phrase);
  PeriodResult result;
  switch (rule) {
    case StartRule::kUnknown:
      result.period.start = given.start;
      break;
    case StartRule::kIssueDate:
      if (issue && issue->first == issue->last) result.period.start = issue->first;
      break;
    case StartRule::kFixed:
      result.period.start = given.start ? given.start : worded.start;
      result.contradicted = Differ(given.start, worded.start);
      break;
  }
  result.period.end = given.end ? given.end : worded.end;
  result.contradicted = result.contradicted || Differ(given.end, worded.end);
  return result;
}

PeriodResult ResolveMilestone(const Period& given, const PhraseFacts& phrase) {
  const Period worded = Worded(phrase);
  PeriodResult result;
  result.contradicted = Differ(given.start, worded.start) || Differ(given.end, worded.end);
  if (given.start || given.end) {
    result.period = given;
  } else if (worded.end) {
    result.period = worded;
  }
  return result;
}

std::vector<Days> YearsOf(const Period& movement) {
  std::vector<Days> years;
  if (!movement.start || !movement.end || *movement.end < *movement.start) return years;
  const absl::CivilYear first(*movement.start);
  const absl::CivilYear last(*movement.end);
  if (last - first >= kMostYears) return years;
  for (absl::CivilYear year = first; year <= last; ++year) {
    years.push_back({std::max(*movement.start, absl::CivilDay(year)),
                     std::min(*movement.end, absl::CivilDay(year + 1) - 1)});
  }
  return years;
}

}  // namespace thidua::campaign::plans
