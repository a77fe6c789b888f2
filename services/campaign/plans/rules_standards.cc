#include "campaign/plans/rules_standards.h"

#include <algorithm>
#include <array>

namespace thidua::campaign::plans {
namespace {

enum class Form { kCount, kRatio, kClassification };

struct Parameter {
  std::string_view check;
  std::string_view name;
  Form form;
};
constexpr std::array<Parameter, 6> kParameters = {{
    {"ACTIVITY_COUNT", "min_activities", Form::kCount},
    {"TASKS_ON_TIME", "min_on_time_ratio", Form::kRatio},
    {"RANK_HIGH_OR_LEAP", "max_rank", Form::kCount},
    {"RANK_HIGH_OR_LEAP", "min_rank_gain", Form::kCount},
    {"RECOGNISED_INITIATIVE", "min_initiatives", Form::kCount},
    {"CLASSIFICATION_AT_LEAST", "min_classification", Form::kClassification},
}};

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// 1 to 99999, without leading zeros.
bool IsCount(std::string_view text) {
  return AllDigits(text) && text[0] != '0' && text.size() <= 5;
}

// A decimal from 0 to 1 with at most six places.
bool IsRatio(std::string_view text) {
  if (text == "0" || text == "1") return true;
  if (text.size() < 3 || text.size() > 8) return false;
  const std::string_view places = text.substr(2);
  if (!AllDigits(places)) return false;
  return text.substr(0, 2) == "0." ||
         (text.substr(0, 2) == "1." && places.find_first_not_of('0') == std::string_view::npos);
}

bool Fits(Form form, std::string_view text) {
  switch (form) {
    case Form::kCount:
      return IsCount(text);
    case Form::kRatio:
      return IsRatio(text);
    case Form::kClassification:
      return text == "EXCELLENT" || text == "GOOD" || text == "COMPLETED";
  }
  return false;
}

}  // namespace

std::vector<std::string> ParametersOf(std::string_view check) {
  std::vector<std::string> names;
  for (const Parameter& parameter : kParameters) {
    if (parameter.check == check) names.emplace_back(parameter.name);
  }
  return names;
}

std::vector<std::string> UnsetParameters(std::string_view check,
                                         const std::map<std::string, std::string>& parameters) {
  std::vector<std::string> unset;
  for (std::string& name : ParametersOf(check)) {
    if (parameters.count(name) == 0) unset.push_back(std::move(name));
  }
  return unset;
}

Problems CheckParameters(std::string_view check,
                         const std::map<std::string, std::string>& parameters) {
  Problems problems;
  for (const auto& entry : parameters) {
    const std::string& name = entry.first;
    const auto found =
        std::find_if(kParameters.begin(), kParameters.end(), [&](const Parameter& parameter) {
          return parameter.check == check && parameter.name == name;
        });
    if (found == kParameters.end()) {
      problems.push_back({"parameters." + name, "PARAMETER_UNKNOWN",
                          "cách kiểm tra này không có tham số đó",
                          "the check has no such parameter"});
    } else if (!Fits(found->form, entry.second)) {
      problems.push_back({"parameters." + name, "PARAMETER_VALUE",
                          "giá trị tham số không đúng dạng",
                          "the value of the parameter is malformed"});
    }
  }
  return problems;
}

}  // namespace thidua::campaign::plans
