#include "campaign/records/rules_reports.h"

namespace thidua::campaign::records {
namespace {

bool Digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return true;
}

ReportPeriod Months(int year, int first, int count) {
  const absl::CivilMonth month(year, first);
  return {absl::CivilDay(month), absl::CivilDay(month + count) - 1};
}

}  // namespace

std::optional<ReportPeriod> PeriodFrom(std::string_view text) {
  if (text.size() != 4 && text.size() != 7) return std::nullopt;
  if (!Digits(text.substr(0, 4))) return std::nullopt;
  int year = 0;
  for (const char c : text.substr(0, 4)) year = year * 10 + (c - '0');
  if (year < 1900 || year > 2200) return std::nullopt;
  if (text.size() == 4) return Months(year, 1, 12);
  if (text[4] != '-') return std::nullopt;
  const char mark = text[5];
  const char digit = text[6];
  if (mark == 'H' && (digit == '1' || digit == '2')) return Months(year, digit == '1' ? 1 : 7, 6);
  if (mark == 'Q' && digit >= '1' && digit <= '4') return Months(year, (digit - '1') * 3 + 1, 3);
  if (!Digits(text.substr(5))) return std::nullopt;
  const int month = (mark - '0') * 10 + (digit - '0');
  if (month < 1 || month > 12) return std::nullopt;
  return Months(year, month, 1);
}

ReportState StateOf(const std::optional<absl::CivilDay>& due,
                    const std::optional<absl::CivilDay>& filed, absl::CivilDay today) {
  if (filed && !due) return ReportState::kFiledWithoutDueDate;
  if (filed) return *filed > *due ? ReportState::kFiledLate : ReportState::kFiledOnTime;
  return due && today > *due ? ReportState::kOverdue : ReportState::kDue;
}

bool Belongs(const ReportPeriod& period, const std::optional<absl::CivilDay>& movement_start,
             const std::optional<absl::CivilDay>& movement_end) {
  return (!movement_start || period.last >= *movement_start) &&
         (!movement_end || period.first <= *movement_end);
}

}  // namespace thidua::campaign::records
