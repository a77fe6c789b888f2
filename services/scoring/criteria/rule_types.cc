#include "scoring/criteria/rule_types.h"

#include <algorithm>

#include "scoring/criteria/rules.h"

namespace thidua::scoring::criteria {
namespace {

// Where an automatic rule's numerator and denominator come from; each has its counting in
// assessments/metrics.cc.
ParameterSpec Metric(std::vector<std::string> allowed) {
  return {.name = "metric",
          .vi = "Nguồn số liệu của tử số và mẫu số",
          .en = "Where numerator and denominator come from",
          .kind = ParameterKind::kChoice,
          .required = true,
          .default_value = "",
          .allowed = std::move(allowed)};
}

std::string MetricOf(const Parameters& parameters) { return parameters.at("metric"); }

ParameterSpec WhenNone() {
  return {.name = "when_none",
          .vi =
              "Khi mẫu số bằng 0: 0 điểm, điểm tối đa, không áp dụng, hay để chưa chấm cho người "
              "quyết định",
          .en =
              "When there is nothing to divide by: zero, the maximum, not applicable, or left "
              "unscored for a "
              "person to decide",
          .kind = ParameterKind::kChoice,
          .required = false,
          .default_value = "NOT_YET_SCORED",
          .allowed = {"ZERO", "FULL", "NOT_APPLICABLE", "NOT_YET_SCORED"}};
}

std::vector<RuleType> Table() {
  return {
      {.type = "COUNT_RATIO",
       .vi = "Điểm = điểm tối đa × số việc làm đúng ÷ số việc phải làm",
       .en = "points = maximum × done ÷ due",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"numerator", "denominator"},
       .parameters = {Metric({"REPORTS_ON_TIME"}), WhenNone()},
       .evaluate = CountRatio,
       .metric = MetricOf},
      {.type = "MANUAL",
       .vi = "Người thẩm định cho điểm từ 0 đến điểm tối đa, kèm tài liệu kiểm chứng",
       .en = "An appraiser gives 0 to the maximum, with evidence",
       .automatic = false,
       .may_not_end = false,
       .inputs = {"points"},
       .parameters =
           {{.name = "evidence",
             .vi = "REQUIRED: tự chấm trên 0 điểm phải có tài liệu kiểm chứng hoặc giải trình",
             .en = "REQUIRED: a self-score above 0 needs evidence or an explanation",
             .kind = ParameterKind::kChoice,
             .required = false,
             .default_value = "REQUIRED",
             .allowed = {"REQUIRED", "OPTIONAL"}}},
       .evaluate = Manual,
       .needs_evidence =
           [](const Parameters& parameters) { return parameters.at("evidence") == "REQUIRED"; }},
      {.type = "RATIO_WITH_FLOOR",
       .vi = "Điểm = điểm tối đa × tỷ lệ; dưới mức sàn thì 0 điểm",
       .en = "points = maximum × ratio; 0 below the floor",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"numerator", "denominator"},
       .parameters = {Metric({"DOSSIERS_ON_TIME", "DOSSIERS_ON_TIME_WITH_OVERDUE"}),
                      {.name = "floor_percent",
                       .vi = "Mức sàn của tỷ lệ, phần trăm; bằng mức sàn vẫn được tính",
                       .en = "Floor of the ratio in percent; a ratio equal to it counts",
                       .kind = ParameterKind::kPercent,
                       .required = false,
                       .default_value = "0",
                       .allowed = {}},
                      WhenNone()},
       .evaluate = RatioWithFloor,
       .metric = MetricOf},
  };
}

bool Valid(const ParameterSpec& spec, const std::string& value) {
  switch (spec.kind) {
    case ParameterKind::kChoice:
      return std::find(spec.allowed.begin(), spec.allowed.end(), value) != spec.allowed.end();
    case ParameterKind::kPercent: {
      const std::optional<numbers::Rational> number = numbers::ParseDecimal(value);
      const std::optional<NumberRange> range = RangeOf(spec.kind);
      return number.has_value() && range->lowest <= *number && *number <= range->highest;
    }
  }
  return false;
}

}  // namespace

std::optional<NumberRange> RangeOf(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kPercent:
      return NumberRange{0, 100};
    case ParameterKind::kChoice:
      return std::nullopt;
  }
  return std::nullopt;
}

const std::vector<RuleType>& RuleTypes() {
  static const auto& table = *new std::vector<RuleType>(Table());
  return table;
}

const RuleType* FindRuleType(std::string_view type) {
  for (const RuleType& row : RuleTypes()) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

std::vector<ParameterProblem> CheckParameters(const RuleType& type, const Parameters& parameters) {
  std::vector<ParameterProblem> problems;
  for (const auto& given : parameters) {
    const auto spec = std::find_if(type.parameters.begin(), type.parameters.end(),
                                   [&](const ParameterSpec& s) { return s.name == given.first; });
    if (spec == type.parameters.end()) {
      problems.push_back({given.first, "PARAMETER_UNKNOWN"});
    } else if (!Valid(*spec, given.second)) {
      problems.push_back({given.first, "PARAMETER_INVALID"});
    }
  }
  for (const ParameterSpec& spec : type.parameters) {
    if (spec.required && parameters.count(spec.name) == 0) {
      problems.push_back({spec.name, "PARAMETER_MISSING"});
    }
  }
  return problems;
}

Parameters WithDefaults(const RuleType& type, const Parameters& parameters) {
  Parameters all = parameters;
  for (const ParameterSpec& spec : type.parameters) all.emplace(spec.name, spec.default_value);
  return all;
}

}  // namespace thidua::scoring::criteria
