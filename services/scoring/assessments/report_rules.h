// Periodic reports as a criterion counts them. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::scoring::assessments {

// First and last day of a reporting period: "2023", "2023-H1", "2023-Q3", "2023-07". None when the
// text is no such period.
std::optional<std::pair<absl::CivilDay, absl::CivilDay>> PeriodDays(std::string_view period);

struct Report {
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> filed;
};

struct ReportCounts {
  int64_t on_time = 0;
  int64_t late = 0;     // filed after the due date
  int64_t missing = 0;  // not filed and the due date has passed
  int64_t pending = 0;  // not filed, due date not passed: not counted
  int64_t undated = 0;  // no due date known, filed or not: not counted
  int64_t due() const { return on_time + late + missing; }
};

// R-SCO-25 Dates are compared and the due date itself is on time. A report without a known due date
// is neither late nor on time, filed or not: nobody knows. What is filed after `as_of` was not
// filed then.
ReportCounts CountReports(const std::vector<Report>& reports, absl::CivilDay as_of);

}  // namespace thidua::scoring::assessments
