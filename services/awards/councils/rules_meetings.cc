#include "awards/councils/rules_meetings.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"

namespace thidua::awards::councils {
namespace {

constexpr std::array<std::string_view, 2> kStates = {"SCHEDULED", "CANCELLED"};
constexpr char kFormat[] = "%Y-%m-%dT%H:%M:%S%Ez";

// UTC+7 all year, and no table of time zones needed for it.
absl::TimeZone Vietnam() { return absl::FixedTimeZone(7 * 3600); }

Refusal Wrong(const char* field, const char* reason, std::string vi, std::string en) {
  Refusal refusal;
  refusal.field = field;
  refusal.reason = reason;
  refusal.vi = std::move(vi);
  refusal.en = std::move(en);
  return refusal;
}

}  // namespace

std::string_view NameOf(MeetingState state) { return kStates[static_cast<size_t>(state)]; }

MeetingState MeetingStateNamed(std::string_view name) {
  return name == kStates[1] ? MeetingState::kCancelled : MeetingState::kScheduled;
}

std::optional<absl::Time> ParseMeetingTime(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(kFormat, absl::string_view(text.data(), text.size()), &time, &error)) {
    return std::nullopt;
  }
  // Only what is written as we write it: this refuses other offsets, odd digits and leap seconds.
  if (FormatMeetingTime(time) != text || absl::ToUnixSeconds(time) % 60 != 0) return std::nullopt;
  return time;
}

std::string FormatMeetingTime(absl::Time time) {
  return absl::FormatTime(kFormat, time, Vietnam());
}

absl::CivilDay MeetingDay(absl::Time begin) { return absl::ToCivilDay(begin, Vietnam()); }

MaybeRefusal CheckMeetingTime(absl::Time begin, absl::Time business_now) {
  if (begin <= business_now) {
    return Wrong("meeting.begin", "MEETING_TIME_PAST", "Giờ họp phải ở sau thời điểm hiện tại.",
                 "The meeting must begin in the future.");
  }
  if (begin > business_now + absl::Hours(24 * kLongestAheadDays)) {
    return Wrong("meeting.begin", "MEETING_TIME_TOO_FAR",
                 absl::StrCat("Giờ họp không được cách hôm nay quá ", kLongestAheadDays, " ngày."),
                 absl::StrCat("A meeting begins at most ", kLongestAheadDays, " days ahead."));
  }
  return std::nullopt;
}

MaybeRefusal CheckSummoned(const std::vector<Member>& on_the_day,
                           const std::vector<std::string>& named) {
  if (on_the_day.empty()) {
    Refusal refusal = Wrong("", "COUNCIL_EMPTY", "Hội đồng không có thành viên nào vào ngày họp.",
                            "The council has no member on the day of the meeting.");
    refusal.kind = RefusalKind::kState;
    return refusal;
  }
  for (size_t i = 0; i < named.size(); ++i) {
    const bool member = std::any_of(on_the_day.begin(), on_the_day.end(),
                                    [&](const Member& m) { return m.person_id == named[i]; });
    if (member) continue;
    Refusal refusal = Wrong("", "NOT_A_MEMBER",
                            "Người được triệu tập không phải thành viên Hội đồng vào ngày họp.",
                            "Someone summoned is not a member on the day of the meeting.");
    refusal.field = absl::StrCat("meeting.summoned[", i, "]");
    return refusal;
  }
  return std::nullopt;
}

std::vector<std::string> Summoned(const std::vector<Member>& on_the_day,
                                  const std::vector<std::string>& named) {
  std::vector<std::string> summoned;
  for (const Member& member : on_the_day) {
    if (named.empty() || std::find(named.begin(), named.end(), member.person_id) != named.end()) {
      summoned.push_back(member.person_id);
    }
  }
  return summoned;
}

MaybeRefusal CheckMeetingOpen(MeetingState state, absl::Time begin, absl::Time business_now) {
  const bool cancelled = state == MeetingState::kCancelled;
  if (!cancelled && begin > business_now) return std::nullopt;
  Refusal refusal;
  refusal.kind = RefusalKind::kState;
  refusal.reason = "MEETING_STATE";
  refusal.vi =
      absl::StrCat("Cuộc họp đã ", cancelled ? "hủy" : "bắt đầu", "; không còn thao tác hợp lệ.");
  refusal.en = absl::StrCat("The meeting ", cancelled ? "was called off" : "has begun",
                            "; no move is legal.");
  refusal.metadata = {{"state", cancelled ? "CANCELLED" : "BEGUN"}, {"legal_moves", "-"}};
  return refusal;
}

}  // namespace thidua::awards::councils
