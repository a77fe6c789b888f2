#include "notify/meetings/rules.h"

#include <algorithm>
#include <numeric>

namespace thidua::notify::meetings {
namespace {

constexpr size_t kMostReminders = 6;
constexpr int kMostDays = 30;
constexpr int kMostMinutes = 24 * 60;

// UTC+7 all year, and no table of time zones needed for it.
absl::TimeZone Vietnam() { return absl::FixedTimeZone(7 * 3600); }

// A number of at most four digits without leading zeros; `digits` asks for exactly so many.
std::optional<int> NumberOf(std::string_view text, size_t digits = 0) {
  if (text.empty() || text.size() > 4 || (digits != 0 && text.size() != digits) ||
      text.find_first_not_of("0123456789") != std::string_view::npos ||
      (digits == 0 && text.size() > 1 && text[0] == '0')) {
    return std::nullopt;
  }
  return std::accumulate(text.begin(), text.end(), 0,
                         [](int number, char c) { return number * 10 + (c - '0'); });
}

std::optional<Slot> SlotOf(std::string_view text) {
  Slot slot;
  slot.code = std::string(text);
  if (!text.empty() && text.back() == 'm') {
    const std::optional<int> minutes = NumberOf(text.substr(0, text.size() - 1));
    if (!minutes || *minutes < 1 || *minutes > kMostMinutes) return std::nullopt;
    slot.before = absl::Minutes(*minutes);
    return slot;
  }
  const size_t at = text.find('@');
  if (text.substr(0, 2) != "T-" || at == std::string_view::npos || at < 3 ||
      text.size() != at + 6 || text[at + 3] != ':') {
    return std::nullopt;
  }
  const std::optional<int> days = NumberOf(text.substr(2, at - 2));
  const std::optional<int> hour = NumberOf(text.substr(at + 1, 2), 2);
  const std::optional<int> minute = NumberOf(text.substr(at + 4), 2);
  if (!days || *days > kMostDays || !hour || *hour > 23 || !minute || *minute > 59) {
    return std::nullopt;
  }
  slot.days = *days;
  slot.hour = *hour;
  slot.minute = *minute;
  return slot;
}

}  // namespace

std::optional<Plan> ParsePlan(std::string_view text) {
  Plan plan;
  while (true) {
    const size_t comma = text.find(',');
    const std::optional<Slot> slot = SlotOf(text.substr(0, comma));
    if (!slot || plan.size() == kMostReminders ||
        std::any_of(plan.begin(), plan.end(),
                    [&](const Slot& earlier) { return earlier.code == slot->code; })) {
      return std::nullopt;
    }
    plan.push_back(*slot);
    if (comma == std::string_view::npos) return plan;
    text.remove_prefix(comma + 1);
  }
}

std::vector<Firing> Schedule(const Plan& plan, absl::Time begin) {
  std::vector<Firing> firings;
  for (const Slot& slot : plan) {
    const absl::CivilDay day = absl::ToCivilDay(begin, Vietnam()) - slot.days;
    const absl::Time at =
        slot.before ? begin - *slot.before
                    : absl::FromCivil(absl::CivilMinute(day.year(), day.month(), day.day(),
                                                        slot.hour, slot.minute),
                                      Vietnam());
    if (at < begin) firings.push_back({slot.code, at});
  }
  std::stable_sort(firings.begin(), firings.end(),
                   [](const Firing& a, const Firing& b) { return a.at < b.at; });
  return firings;
}

bool IsPastWhenSet(absl::Time fire_at, absl::Time set_at) { return fire_at <= set_at; }

Decision Decide(const std::vector<absl::Time>& due, absl::Time begin, absl::Time now) {
  Decision decision;
  for (size_t i = 0; i < due.size(); ++i) decision.skipped.push_back(i);
  std::stable_sort(decision.skipped.begin(), decision.skipped.end(),
                   [&](size_t a, size_t b) { return due[a] < due[b]; });
  if (now >= begin || decision.skipped.empty()) return decision;
  decision.fire = decision.skipped.back();
  decision.skipped.pop_back();
  return decision;
}

bool GoesBySms(bool told_by_sms, bool reminder_to_come) { return told_by_sms || !reminder_to_come; }

}  // namespace thidua::notify::meetings
