#include "scoring/criteria/rule_types.h"

#include <algorithm>

#include "scoring/criteria/level_rules.h"
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

std::vector<std::string> Ratios() {
  return {"DOSSIERS_ON_TIME",
          "DOSSIERS_ON_TIME_WITH_OVERDUE",
          "DOSSIERS_ONLINE",
          "DOSSIERS_ONLINE_FULL_SERVICE",
          "DOSSIERS_ONLINE_PARTIAL_SERVICE",
          "DOSSIERS_POSTAL",
          "OFFICIALS_WITHOUT_VIOLATION",
          "PROCEDURES_AT_ONE_STOP",
          "REPORTS_ON_TIME"};
}

std::vector<std::string> Counts() {
  return {"DOSSIERS_LATE",       "DOSSIERS_WRONG", "INITIATIVES_RECOGNISED",
          "PETITIONS_JUSTIFIED", "REPORTS_LATE",   "VIOLATORS"};
}

ParameterSpec CountMetric(std::vector<std::string> allowed) {
  ParameterSpec spec = Metric(std::move(allowed));
  spec.vi = "Nguồn số liệu của số đếm";
  spec.en = "Where the count comes from";
  return spec;
}

ParameterSpec Floor() {
  return {.name = "floor_percent",
          .vi = "Mức sàn của tỷ lệ, phần trăm; bằng mức sàn vẫn được tính",
          .en = "Floor of the ratio in percent; a ratio equal to it counts",
          .kind = ParameterKind::kPercent,
          .required = false,
          .default_value = "0",
          .allowed = {}};
}

ParameterSpec Target() {
  return {.name = "target_percent",
          .vi = "Chỉ tiêu, phần trăm; đạt chỉ tiêu là điểm tối đa",
          .en = "Target in percent; reaching it gives the maximum",
          .kind = ParameterKind::kTargetPercent,
          .required = false,
          .default_value = "100",
          .allowed = {}};
}

ParameterSpec LevelsOf(const char* vi, const char* en) {
  return {.name = "levels",
          .vi = vi,
          .en = en,
          .kind = ParameterKind::kLevels,
          .required = true,
          .default_value = "",
          .allowed = {}};
}

ParameterSpec Each(const char* vi, const char* en) {
  return {.name = "points_each",
          .vi = vi,
          .en = en,
          .kind = ParameterKind::kPoints,
          .required = true,
          .default_value = "",
          .allowed = {}};
}

// The first level is the best.
std::optional<Conflict> LevelAboveMaximum(const numbers::Rational& max_points,
                                          const Parameters& parameters) {
  const LevelTable table = *ParseLevels(parameters.at("levels"));
  if (*table.levels.front().points <= max_points) return std::nullopt;
  return Conflict{"levels", "LEVEL_ABOVE_MAXIMUM",
                  "Mức cao nhất của bảng vượt điểm tối đa của tiêu chí",
                  "The best level gives more than the criterion's maximum"};
}

std::vector<RuleType> Table() {
  return {
      {.type = "BONUS",
       .vi = "Điểm thưởng = số lần × điểm mỗi lần, nhiều nhất bằng điểm tối đa của tiêu chí",
       .en = "bonus = count × points each, at most the criterion's maximum",
       .automatic = true,
       .may_not_end = false,
       .inputs = {"count"},
       .parameters = {CountMetric(Counts()), Each("Điểm thưởng cho mỗi lần", "Points for each")},
       .evaluate = PointsEach,
       .metric = MetricOf,
       .only_in = FieldKind::kBonus},
      {.type = "COUNT_RATIO",
       .vi = "Điểm = điểm tối đa × số việc làm đúng ÷ số việc phải làm",
       .en = "points = maximum × done ÷ due",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"numerator", "denominator"},
       .parameters = {Metric({"REPORTS_ON_TIME"}), WhenNone()},
       .evaluate = CountRatio,
       .metric = MetricOf},
      {.type = "DEDUCTION",
       .vi = "Điểm trừ = số lần × điểm mỗi lần, nhiều nhất bằng điểm tối đa của tiêu chí",
       .en = "deduction = count × points each, at most the criterion's maximum",
       .automatic = true,
       .may_not_end = false,
       .inputs = {"count"},
       .parameters = {CountMetric(Counts()),
                      Each("Điểm trừ cho mỗi lần", "Points taken off for each")},
       .evaluate = PointsEach,
       .metric = MetricOf,
       .only_in = FieldKind::kDeduction},
      {.type = "LEVEL_TABLE",
       .vi = "Điểm theo bảng mức của tỷ lệ phần trăm",
       .en = "points by levels of a ratio in percent",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"numerator", "denominator"},
       .parameters = {Metric(Ratios()),
                      LevelsOf("Bảng mức theo phần trăm, ví dụ >=85:10;>=60:linear",
                               "Levels in percent, for example >=85:10;>=60:linear"),
                      WhenNone()},
       .evaluate = LevelsOfRatio,
       .metric = MetricOf,
       .conflict = LevelAboveMaximum},
      {.type = "LEVEL_TABLE_COUNT",
       .vi = "Điểm theo bảng mức của số đếm",
       .en = "points by levels of a count",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"count"},
       .parameters = {CountMetric(Counts()),
                      LevelsOf("Bảng mức theo số đếm, ví dụ >=3:5;>=1:2 hoặc <=0:5;<=3:2",
                               "Levels of the count, for example >=3:5;>=1:2 or <=0:5;<=3:2")},
       .evaluate = LevelsOfCount,
       .metric = MetricOf,
       .conflict = LevelAboveMaximum},
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
       .parameters = {Metric({"DOSSIERS_ON_TIME", "DOSSIERS_ON_TIME_WITH_OVERDUE"}), Floor(),
                      WhenNone()},
       .evaluate = RatioWithFloor,
       .metric = MetricOf},
      {.type = "RATIO_WITH_TARGET",
       .vi =
           "Điểm = điểm tối đa × tỷ lệ ÷ chỉ tiêu, nhiều nhất bằng điểm tối đa; dưới mức sàn thì 0 "
           "điểm",
       .en = "points = maximum × ratio ÷ target, at most the maximum; 0 below the floor",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"numerator", "denominator"},
       .parameters = {Metric(Ratios()), Target(), Floor(), WhenNone()},
       .evaluate = RatioWithTarget,
       .metric = MetricOf},
      {.type = "SURVEY",
       .vi = "Điểm = điểm tối đa × chỉ số điều tra xã hội học ÷ chỉ tiêu; đơn vị không tự chấm",
       .en = "points = maximum × index of a survey ÷ target; units do not score themselves",
       .automatic = true,
       .may_not_end = true,
       .inputs = {"index_percent", "respondents"},
       .parameters = {{.name = "survey_kind",
                       .vi = "Loại điều tra có kết quả được công bố cho năm đánh giá, ví dụ sipas",
                       .en =
                           "Kind of the survey published for the year assessed, for example sipas",
                       .kind = ParameterKind::kCode,
                       .required = true,
                       .default_value = "",
                       .allowed = {}},
                      Target(),
                      {.name = "min_respondents",
                       .vi = "Số phiếu trả lời ít nhất; ít hơn thì chưa chấm",
                       .en = "Fewest respondents; with fewer it is not yet scored",
                       .kind = ParameterKind::kWholeNumber,
                       .required = false,
                       .default_value = "1",
                       .allowed = {}}},
       .evaluate = Survey,
       .metric = [](const Parameters&) { return std::string("SURVEY_INDEX"); }},
  };
}

bool Valid(const ParameterSpec& spec, const std::string& value) {
  switch (spec.kind) {
    case ParameterKind::kChoice:
      return std::find(spec.allowed.begin(), spec.allowed.end(), value) != spec.allowed.end();
    case ParameterKind::kLevels:
      return ParseLevels(value).has_value();
    case ParameterKind::kCode:
      return !value.empty() && value.size() <= 40 &&
             std::all_of(value.begin(), value.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
             });
    case ParameterKind::kPercent:
    case ParameterKind::kTargetPercent:
    case ParameterKind::kPoints:
    case ParameterKind::kWholeNumber: {
      const int decimals = spec.kind == ParameterKind::kWholeNumber ? 0 : numbers::kMaxDecimals;
      const std::optional<numbers::Rational> number = numbers::ParseDecimal(value, decimals);
      const std::optional<NumberRange> range = RangeOf(spec.kind);
      return number.has_value() && range->lowest <= *number && *number <= range->highest;
    }
  }
  return false;
}

}  // namespace

std::optional<NumberRange> RangeOf(ParameterKind kind) {
  static const auto& kSmallest = *new numbers::Rational(*numbers::ParseDecimal("0.000001"));
  switch (kind) {
    case ParameterKind::kPercent:
      return NumberRange{0, 100};
    case ParameterKind::kTargetPercent:
      return NumberRange{kSmallest, 100};
    case ParameterKind::kPoints:
      return NumberRange{kSmallest, 1000};
    case ParameterKind::kWholeNumber:
      return NumberRange{0, 1'000'000};
    case ParameterKind::kChoice:
    case ParameterKind::kLevels:
    case ParameterKind::kCode:
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
