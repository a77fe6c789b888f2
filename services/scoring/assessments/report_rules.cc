#include "scoring/assessments/report_rules.h"

namespace thidua::scoring::assessments {
namespace {

std::optional<int> Number(std::string_view digits) {
  int value = 0;
  if (digits.empty()) return std::nullopt;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::pair<absl::CivilDay, absl::CivilDay> Months(int year, int first, int last) {
  return {absl::CivilDay(year, first, 1), absl::CivilDay(absl::CivilMonth(year, last) + 1) - 1};
}

}  // namespace

std::optional<std::pair<absl::CivilDay, absl::CivilDay>> PeriodDays(std::string_view period) {
  if (period.size() != 4 && period.size() != 7) return std::nullopt;
  const std::optional<int> year = Number(period.substr(0, 4));
  if (!year.has_value() || *year < 1900) return std::nullopt;
  if (period.size() == 4) return Months(*year, 1, 12);
  if (period[4] != '-') return std::nullopt;
  const std::string_view part = period.substr(5);
  const std::optional<int> number = Number(part.substr(1));
  if (part[0] == 'H' && number.has_value() && *number >= 1 && *number <= 2) {
    return Months(*year, *number * 6 - 5, *number * 6);
  }
  if (part[0] == 'Q' && number.has_value() && *number >= 1 && *number <= 4) {
    return Months(*year, *number * 3 - 2, *number * 3);
  }
  const std::optional<int> month = Number(part);
  if (month.has_value() && *month >= 1 && *month <= 12) return Months(*year, *month, *month);
  return std::nullopt;
}

ReportCounts CountReports(const std::vector<Report>& reports, absl::CivilDay as_of) {
  ReportCounts counts;
  for (const Report& report : reports) {
    if (!report.due.has_value()) {
      ++counts.undated;
    } else if (report.filed.has_value() && *report.filed <= as_of) {
      ++(*report.filed > *report.due ? counts.late : counts.on_time);
    } else {
      ++(*report.due < as_of ? counts.missing : counts.pending);
    }
  }
  return counts;
}

}  // namespace thidua::scoring::assessments
