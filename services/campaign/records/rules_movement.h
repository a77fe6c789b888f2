// What is counted in the yearly report on a movement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::records {

struct Span {
  absl::CivilDay first;
  absl::CivilDay last;
};

// R-REC-04 A year of a movement is the calendar year as far as it lies within the movement; an end
// that is not known does not cut it. There is none where they share no day.
std::optional<Span> YearOf(int year, const std::optional<absl::CivilDay>& movement_start,
                           const std::optional<absl::CivilDay>& movement_end);

// R-REC-05 Tasks belong to the year of their last day; each is counted once, by what has become of
// it today.
struct TaskFact {
  int field = 0;
  absl::CivilDay due;
  std::optional<absl::CivilDay> done;
};
struct TaskCounts {
  int total = 0;
  int on_time = 0;
  int late = 0;
  int overdue = 0;
  int open = 0;
};
TaskCounts CountTasks(const std::vector<TaskFact>& tasks, absl::CivilDay today);

// R-REC-06 A report belongs to the year in which its period ends; each is counted once, by what has
// become of it today.
struct ReportFact {
  std::string period;
  std::optional<absl::CivilDay> due;
  std::optional<absl::CivilDay> filed;
};
struct ReportCounts {
  int total = 0;
  int on_time = 0;
  int late = 0;
  int without_due_date = 0;
  int overdue = 0;
  int due = 0;
};
ReportCounts CountReports(const std::vector<ReportFact>& reports, int year, absl::CivilDay today);

}  // namespace thidua::campaign::records
