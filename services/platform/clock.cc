#include "platform/clock.h"

#include <cstdio>

#include "absl/time/clock.h"
#include "platform/status.h"

namespace thidua::platform {

absl::Time SystemClock::Now() const { return absl::Now(); }

absl::TimeZone VietnamTime() { return absl::FixedTimeZone(7 * 60 * 60); }

absl::Time BusinessClock::Now() const {
  return machine_.Now() + absl::Milliseconds(offset_ms_.load());
}

absl::CivilDay BusinessClock::Today() const { return absl::ToCivilDay(Now(), VietnamTime()); }

void BusinessClock::SetOffset(absl::Duration offset) {
  offset_ms_.store(absl::ToInt64Milliseconds(offset));
}

absl::Duration BusinessClock::offset() const { return absl::Milliseconds(offset_ms_.load()); }

absl::StatusOr<absl::CivilDay> ParseDate(std::string_view text, std::string_view field) {
  const auto malformed = [&] {
    return InvalidField(
        field, "DATE_MALFORMED",
        {"ngày \"" + std::string(text.substr(0, 40)) + "\" phải có dạng YYYY-MM-DD",
         "date \"" + std::string(text.substr(0, 40)) + "\" must have the form YYYY-MM-DD"});
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return malformed();
  int numbers[3] = {0, 0, 0};
  int part = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return malformed();
    numbers[part] = numbers[part] * 10 + (text[i] - '0');
  }
  const absl::CivilDay day(numbers[0], numbers[1], numbers[2]);
  const bool exists =
      day.year() == numbers[0] && day.month() == numbers[1] && day.day() == numbers[2];
  if (!exists || numbers[0] < 1900 || numbers[0] > 2200) {
    char vi[32];
    std::snprintf(vi, sizeof vi, "%02d/%02d/%04d", numbers[2], numbers[1], numbers[0]);
    return InvalidField(field, "DATE_IMPOSSIBLE",
                        {std::string("ngày ") + vi + " không có trong lịch",
                         "date " + std::string(text) + " does not exist in the calendar"});
  }
  return day;
}

std::string FormatDate(absl::CivilDay day) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(day.year()), day.month(),
                day.day());
  return text;
}

std::string FormatDateVi(absl::CivilDay day) {
  char text[32];
  std::snprintf(text, sizeof text, "%02d/%02d/%04d", day.day(), day.month(),
                static_cast<int>(day.year()));
  return text;
}

}  // namespace thidua::platform
