// Rules of periodic reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace thidua::campaign::records {

struct ReportPeriod {
  absl::CivilDay first;
  absl::CivilDay last;
};

// R-REC-01 A period is a year "2023", a half "2023-H1", a quarter "2023-Q1" or a month "2023-01".
std::optional<ReportPeriod> PeriodFrom(std::string_view text);

enum class ReportState { kDue, kOverdue, kFiledOnTime, kFiledLate, kFiledWithoutDueDate };

// R-REC-02 The due date itself is in time. Without a due date nothing is late, and what is filed is
// not in time either: nobody knows.
ReportState StateOf(const std::optional<absl::CivilDay>& due,
                    const std::optional<absl::CivilDay>& filed, absl::CivilDay today);

// R-REC-03 A period belongs to a movement when they share a day; ends that are not known do not
// limit.
bool Belongs(const ReportPeriod& period, const std::optional<absl::CivilDay>& movement_start,
             const std::optional<absl::CivilDay>& movement_end);

}  // namespace thidua::campaign::records
