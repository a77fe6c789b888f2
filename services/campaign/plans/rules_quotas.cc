#include "campaign/plans/rules_quotas.h"

#include <algorithm>
#include <string_view>

namespace thidua::campaign::plans {
namespace {

constexpr int kMostPlaces = 99999;

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A decimal of more than 0 and at most 100 with at most six places.
bool IsPercent(std::string_view text) {
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view places =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if (!AllDigits(whole) || whole.size() > 3 || !AllDigits(places) || places.size() > 6) {
    return false;
  }
  if (whole.size() > 1 && whole[0] == '0') return false;
  const auto zero = [](std::string_view digits) {
    return digits.find_first_not_of('0') == std::string_view::npos;
  };
  if (zero(whole)) return !zero(places);
  return whole.size() < 3 || (whole == "100" && zero(places));
}

Problem Value(const char* field, const char* vi, const char* en) {
  return {field, "AWARD_QUOTA_VALUE", vi, en};
}

}  // namespace

Problems CheckQuota(const QuotaFacts& quota) {
  Problems problems;
  const bool percent = quota.kind == "PERCENT_OF_PARTICIPANTS";
  if (!quota.known_enums || (!percent && quota.kind != "TOTAL" && quota.kind != "PER_UNIT")) {
    problems.push_back({"kind", "AWARD_QUOTA_KIND",
                        "không có loại chỉ tiêu, đối tượng, hình thức "
                        "hoặc cách làm tròn này",
                        "there is no such kind of quota, subject, form or rounding"});
    return problems;
  }
  if (!percent) {
    if (quota.places < 0 || quota.places > kMostPlaces)
      problems.push_back(Value("places", "phải từ 0 đến 99999", "must be 0 to 99999"));
    if (!quota.percent.empty())
      problems.push_back(
          Value("percent", "chỉ nêu khi chỉ tiêu là tỷ lệ", "only for a percentage"));
    if (!quota.rounding.empty())
      problems.push_back(
          Value("rounding", "chỉ nêu khi chỉ tiêu là tỷ lệ", "only for a percentage"));
    return problems;
  }
  if (quota.places != 0)
    problems.push_back(Value("places", "không nêu khi chỉ tiêu là tỷ lệ", "not for a percentage"));
  if (!IsPercent(quota.percent))
    problems.push_back(Value("percent", "phải lớn hơn 0, không quá 100, tối đa 6 chữ số thập phân",
                             "must be more than 0 and at most 100 with at most six places"));
  if (quota.rounding.empty())
    problems.push_back(Value("rounding", "phải nêu cách làm tròn", "the rounding must be said"));
  if (quota.subject.empty())
    problems.push_back(Value("subject", "phải nêu tỷ lệ của tập thể hay cá nhân",
                             "say whether of units or of people"));
  return problems;
}

}  // namespace thidua::campaign::plans
