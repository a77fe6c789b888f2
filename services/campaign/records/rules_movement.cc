#include "campaign/records/rules_movement.h"

#include <algorithm>

#include "campaign/records/rules_reports.h"

namespace thidua::campaign::records {

std::optional<Span> YearOf(int year, const std::optional<absl::CivilDay>& movement_start,
                           const std::optional<absl::CivilDay>& movement_end) {
  Span span{absl::CivilDay(year, 1, 1), absl::CivilDay(year, 12, 31)};
  if (movement_start) span.first = std::max(span.first, *movement_start);
  if (movement_end) span.last = std::min(span.last, *movement_end);
  return span.first <= span.last ? std::optional<Span>(span) : std::nullopt;
}

TaskCounts CountTasks(const std::vector<TaskFact>& tasks, absl::CivilDay today) {
  TaskCounts counts;
  for (const TaskFact& task : tasks) {
    ++counts.total;
    if (task.done) {
      ++(*task.done > task.due ? counts.late : counts.on_time);
    } else {
      ++(today > task.due ? counts.overdue : counts.open);
    }
  }
  return counts;
}

ReportCounts CountReports(const std::vector<ReportFact>& reports, int year, absl::CivilDay today) {
  ReportCounts counts;
  for (const ReportFact& report : reports) {
    const std::optional<ReportPeriod> period = PeriodFrom(report.period);
    if (!period || period->last.year() != year) continue;
    ++counts.total;
    switch (StateOf(report.due, report.filed, today)) {
      case ReportState::kFiledOnTime:
        ++counts.on_time;
        break;
      case ReportState::kFiledLate:
        ++counts.late;
        break;
      case ReportState::kFiledWithoutDueDate:
        ++counts.without_due_date;
        break;
      case ReportState::kOverdue:
        ++counts.overdue;
        break;
      case ReportState::kDue:
        ++counts.due;
        break;
    }
  }
  return counts;
}

}  // namespace thidua::campaign::records
