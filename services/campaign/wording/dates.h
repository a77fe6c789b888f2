// Dates as documents word them: "Quý IV/2023", "đến hết năm 2025", "ngày 09 tháng 01 năm 2023".
// Nothing is guessed: words that name no date give nothing, and a day that no calendar has is told,
// not moved.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::wording {

// A date known to the year, the month or the day; 0 where it is not known further.
struct PartialDate {
  int year = 0;
  int month = 0;
  int day = 0;
  absl::CivilDay first() const {
    return absl::CivilDay(year, month == 0 ? 1 : month, day == 0 ? 1 : day);
  }
  absl::CivilDay last() const;
};

enum class DateProblem { kNone, kMalformed, kImpossible };

// YYYY, YYYY-MM or YYYY-MM-DD, years 1900 to 2200.
DateProblem ParsePartialDate(std::string_view text, PartialDate* date);

// A span of days that words name.
struct WordedSpan {
  absl::CivilDay first;
  absl::CivilDay last;
};

// A day that words name and no calendar has.
struct ImpossibleDay {
  std::string text;                        // "31/11/2019"
  std::optional<absl::CivilDay> proposal;  // last day of that month, when the month exists
};

struct Worded {
  std::vector<WordedSpan> spans;  // in the order of the words
  std::vector<ImpossibleDay> impossible;
};

// Finds days, months, quarters, half-years, years and spans of years ("2021 - 2025" after "giai
// đoạn").
Worded FindDates(std::string_view phrase);

}  // namespace thidua::campaign::wording
