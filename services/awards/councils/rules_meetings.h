// When a council may be called together, and who comes.
//
// R-AWD-11  A meeting's time names the offset of Vietnam and whole minutes; when it is called or
//           changed it lies in the future, at most 366 days ahead.
// R-AWD-12  Summoned are members on the day of the meeting; nobody named means all of them.
// R-AWD-13  A meeting that has begun or was called off is neither changed nor called off.
// R-AWD-14  The ballots of a meeting are open ones of its council when they are put on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "awards/councils/rules.h"

namespace thidua::awards::councils {

enum class MeetingState { kScheduled, kCancelled };

std::string_view NameOf(MeetingState state);
MeetingState MeetingStateNamed(std::string_view name);

// "2023-12-05T14:00:00+07:00"; nullopt for anything else, also for a time that the calendar does
// not have.
std::optional<absl::Time> ParseMeetingTime(std::string_view text);
std::string FormatMeetingTime(absl::Time time);
// Its day in Vietnam.
absl::CivilDay MeetingDay(absl::Time begin);

inline constexpr int kLongestAheadDays = 366;
// R-AWD-11
MaybeRefusal CheckMeetingTime(absl::Time begin, absl::Time business_now);

// R-AWD-12 whom the request names must be a member on the day, and a day without members has no
// meeting.
MaybeRefusal CheckSummoned(const std::vector<Member>& on_the_day,
                           const std::vector<std::string>& named);
// Those summoned, in the order of the council: all of the day when nobody is named.
std::vector<std::string> Summoned(const std::vector<Member>& on_the_day,
                                  const std::vector<std::string>& named);

// R-AWD-13
MaybeRefusal CheckMeetingOpen(MeetingState state, absl::Time begin, absl::Time business_now);

}  // namespace thidua::awards::councils
