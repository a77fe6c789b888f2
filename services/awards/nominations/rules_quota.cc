#include "awards/nominations/rules_quota.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace thidua::awards::nominations {
namespace {

constexpr size_t kPlaces = 6;
constexpr int64_t kMillion = 1000000;

// "7.5" as 7500000; nothing when it is no decimal from 0 to 100 with at most six places.
std::optional<int64_t> Millionths(const std::string& text) {
  const size_t point = text.find('.');
  std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
  if (fraction.size() > kPlaces || (point != std::string::npos && fraction.empty())) {
    return std::nullopt;
  }
  fraction.resize(kPlaces, '0');
  const std::string digits = text.substr(0, point) + fraction;
  int64_t value = 0;
  if (digits.size() <= kPlaces || digits.size() > kPlaces + 3 ||
      !absl::c_all_of(digits, absl::ascii_isdigit) || !absl::SimpleAtoi(digits, &value) ||
      value > 100 * kMillion) {
    return std::nullopt;
  }
  return value;
}

bool Counts(const Quota& quota, const CountedAward& award) {
  if (!quota.award_form.empty() && quota.award_form != award.award_form) return false;
  if (quota.subject.empty()) return true;
  return (quota.subject == "INDIVIDUAL") == award.individual;
}

std::string SubjectText(const Quota& quota) {
  if (quota.subject == "INDIVIDUAL") return "cá nhân";
  if (quota.subject == "COLLECTIVE") return "tập thể";
  return "tập thể và cá nhân";
}

// What a quota says, for people.
std::string QuotaText(const Quota& quota) {
  std::string text = SubjectText(quota);
  if (quota.kind == "PERCENT_OF_PARTICIPANTS") {
    absl::StrAppend(&text, ", không quá ", quota.percent, "% số tham gia");
  } else {
    absl::StrAppend(&text, ", ", quota.places,
                    quota.kind == "PER_UNIT" ? " mỗi đơn vị" : " tổng số");
  }
  return text;
}

}  // namespace

std::optional<int> PlacesOf(const std::string& percent, const std::string& rounding, int whole) {
  const std::optional<int64_t> share = Millionths(percent);
  if (!share || whole < 0) return std::nullopt;
  constexpr int64_t kHundred = 100 * kMillion;
  const int64_t product = *share * whole;
  int64_t places = product / kHundred;
  const int64_t rest = product % kHundred;
  if (rounding == "UP") {
    places += rest > 0 ? 1 : 0;
  } else if (rounding == "HALF_UP") {
    places += rest * 2 >= kHundred ? 1 : 0;
  } else if (rounding != "DOWN") {
    return std::nullopt;
  }
  return static_cast<int>(places);
}

QuotaCount CountQuota(const Quota& quota, const Participants& participants,
                      const std::vector<CountedAward>& awards) {
  QuotaCount count;
  if (quota.kind == "PERCENT_OF_PARTICIPANTS") {
    count.participants = quota.subject == "INDIVIDUAL" ? participants.people
                                                       : std::optional<int>(participants.units);
    if (count.participants) {
      count.places = PlacesOf(quota.percent, quota.rounding, *count.participants);
    }
  } else {
    count.places = quota.places;
  }
  std::map<std::string, int> by_unit;
  for (const CountedAward& award : awards) {
    if (!Counts(quota, award)) continue;
    ++count.used;
    ++by_unit[award.unit_id];
  }
  if (quota.kind != "PER_UNIT") {
    count.exceeded = count.places && count.used > *count.places;
    return count;
  }
  count.used = 0;
  for (const auto& [unit_id, used] : by_unit) {
    count.used = std::max(count.used, used);
    if (used > quota.places) count.units_over.push_back(unit_id);
  }
  count.exceeded = !count.units_over.empty();
  return count;
}

QuotaVerdict CheckQuotas(const std::vector<Quota>& quotas, const Participants& participants,
                         const std::vector<CountedAward>& awards, const std::string& reason) {
  for (const Quota& quota : quotas) {
    const bool concerned =
        absl::c_any_of(awards, [&](const CountedAward& award) { return Counts(quota, award); });
    if (!concerned) continue;
    const QuotaCount count = CountQuota(quota, participants, awards);
    if (count.places && !count.exceeded) continue;
    if (!reason.empty()) return {true, std::nullopt};
    Refusal refusal;
    refusal.kind = RefusalKind::kState;
    refusal.metadata = {{"subject", quota.subject},
                        {"award_form", quota.award_form},
                        {"kind", quota.kind},
                        {"used", absl::StrCat(count.used)},
                        {"units_over", absl::StrJoin(count.units_over, ",")}};
    if (!count.places) {
      refusal.reason = "QUOTA_NOT_KNOWN";
      refusal.vi = absl::StrCat("Chưa tính được chỉ tiêu khen thưởng (", QuotaText(quota),
                                ") vì chưa biết số tham gia; muốn ban hành phải nêu lý do.");
      refusal.en =
          "A quota cannot be counted, for the participants are not known; to issue nevertheless "
          "give a reason (quota_override_reason).";
    } else {
      refusal.reason = "QUOTA_EXCEEDED";
      refusal.metadata["places"] = absl::StrCat(*count.places);
      refusal.vi =
          absl::StrCat("Vượt chỉ tiêu khen thưởng của kế hoạch (", QuotaText(quota), "): chỉ tiêu ",
                       *count.places, ", sẽ có ", count.used, "; muốn ban hành phải nêu lý do.");
      refusal.en = absl::StrCat("More is awarded than the plan's quota allows: ", count.used,
                                " of ", *count.places,
                                "; to issue nevertheless give a reason (quota_override_reason).");
    }
    return {false, refusal};
  }
  return {};
}

}  // namespace thidua::awards::nominations
