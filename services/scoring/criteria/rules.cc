#include "scoring/criteria/rules.h"

#include <algorithm>
#include <string>
#include <utility>

#include "scoring/criteria/level_rules.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::Rational;
using numbers::ToExact;
using numbers::Vietnamese;

std::string Text(const Rational& value) { return Vietnamese(ToExact(value)); }

// What nothing to divide by means is said by the set, never guessed.
Outcome WhenNone(const Rational& max_points, const std::string& choice) {
  if (choice == "ZERO")
    return {ScoreStatus::kScored, 0, "không phát sinh: 0 điểm theo bộ tiêu chí"};
  if (choice == "FULL") {
    return {ScoreStatus::kScored, max_points, "không phát sinh: điểm tối đa theo bộ tiêu chí"};
  }
  if (choice == "NOT_APPLICABLE") {
    return {ScoreStatus::kNotApplicable, 0, "không phát sinh: không áp dụng theo bộ tiêu chí"};
  }
  return {ScoreStatus::kNotYetScored, 0, "không phát sinh: bộ tiêu chí chưa quy định"};
}

// A ratio of the inputs, or what stands in its place where there is nothing to divide by.
struct Ratio {
  std::optional<Outcome> instead;
  Rational value;    // may be above 1
  std::string text;  // "2/4"
};

Ratio RatioOf(const Rational& max_points, const Parameters& parameters, const Inputs& inputs) {
  const Rational& numerator = inputs.at("numerator");
  const Rational& denominator = inputs.at("denominator");
  // What has no due date is left out of both: whether it was done in time is not known. When there
  // is nothing else, nothing is known, which is not the same as nothing to do.
  const auto undated = inputs.find("undated");
  const bool some_undated = undated != inputs.end() && undated->second > 0;
  const std::string undated_count = some_undated ? Text(undated->second) + " báo cáo" : "";
  if (denominator == 0 && some_undated) {
    return {Outcome{ScoreStatus::kNotYetScored, 0,
                    undated_count + " không có hạn nộp: chưa đánh giá được"},
            0, ""};
  }
  if (denominator == 0) return {WhenNone(max_points, parameters.at("when_none")), 0, ""};
  std::string text = Text(numerator) + "/" + Text(denominator);
  if (some_undated) text += " (không tính " + undated_count + " không có hạn nộp)";
  return {std::nullopt, numerator / denominator, std::move(text)};
}

Rational Number(const Parameters& parameters, const char* name) {
  return *numbers::ParseDecimal(parameters.at(name));
}

Outcome Scored(const Rational& max_points, const Rational& points, std::string calculation) {
  return {ScoreStatus::kScored, std::min(points, max_points), std::move(calculation)};
}

Outcome BelowFloor(const Ratio& ratio, const Rational& floor_percent) {
  return {ScoreStatus::kScored, 0,
          ratio.text + " dưới mức sàn " + Text(floor_percent) + " %: 0 điểm"};
}

// Shared by the rules that multiply the maximum with a ratio.
Outcome Proportional(const Rational& max_points, const Rational& floor_percent,
                     const Parameters& parameters, const Inputs& inputs) {
  const Ratio ratio = RatioOf(max_points, parameters, inputs);
  if (ratio.instead.has_value()) return *ratio.instead;
  if (std::min<Rational>(ratio.value, 1) * 100 < floor_percent) {
    return BelowFloor(ratio, floor_percent);
  }
  return Scored(max_points, max_points * ratio.value, Text(max_points) + " × " + ratio.text);
}

// "45/50 (mức ≥ 85 %)"; of a linear level "10 × 40/50 ÷ 85 % (mức ≥ 60 %)".
Outcome Levels(const Rational& max_points, const LevelTable& table, const Rational& value,
               const std::string& text, const std::string& unit) {
  const LevelFound found = FindLevel(table, value);
  if (found.level < 0) return Scored(max_points, 0, text + " (không đạt mức nào)");
  const auto at = static_cast<size_t>(found.level);
  std::string calculation = text;
  if (!table.levels[at].points.has_value()) {
    const Level& above = table.levels[at - 1];
    calculation = Text(*above.points) + " × " + text + " ÷ " + Text(above.bound) + unit;
  }
  return Scored(max_points, found.points,
                calculation + " (mức " + LevelText(table, found.level) + unit + ")");
}

}  // namespace

Outcome RatioWithFloor(const Rational& max_points, const Parameters& parameters,
                       const Inputs& inputs) {
  return Proportional(max_points, Number(parameters, "floor_percent"), parameters, inputs);
}

Outcome CountRatio(const Rational& max_points, const Parameters& parameters, const Inputs& inputs) {
  return Proportional(max_points, 0, parameters, inputs);
}

Outcome Manual(const Rational& max_points, const Parameters&, const Inputs& inputs) {
  const Rational points = std::clamp<Rational>(inputs.at("points"), 0, max_points);
  return {ScoreStatus::kScored, points, "thẩm định: " + Text(points) + "/" + Text(max_points)};
}

Outcome LevelsOfRatio(const Rational& max_points, const Parameters& parameters,
                      const Inputs& inputs) {
  const Ratio ratio = RatioOf(max_points, parameters, inputs);
  if (ratio.instead.has_value()) return *ratio.instead;
  return Levels(max_points, *ParseLevels(parameters.at("levels")), ratio.value * 100, ratio.text,
                " %");
}

Outcome LevelsOfCount(const Rational& max_points, const Parameters& parameters,
                      const Inputs& inputs) {
  const Rational& count = inputs.at("count");
  return Levels(max_points, *ParseLevels(parameters.at("levels")), count, Text(count), "");
}

Outcome PointsEach(const Rational& max_points, const Parameters& parameters, const Inputs& inputs) {
  const Rational each = Number(parameters, "points_each");
  const Rational points = inputs.at("count") * each;
  std::string calculation = Text(inputs.at("count")) + " × " + Text(each);
  if (points > max_points) calculation += ", tối đa " + Text(max_points);
  return Scored(max_points, points, std::move(calculation));
}

Outcome RatioWithTarget(const Rational& max_points, const Parameters& parameters,
                        const Inputs& inputs) {
  const Rational floor = Number(parameters, "floor_percent");
  const Rational target = Number(parameters, "target_percent");
  const Ratio ratio = RatioOf(max_points, parameters, inputs);
  if (ratio.instead.has_value()) return *ratio.instead;
  if (ratio.value * 100 < floor) return BelowFloor(ratio, floor);
  const Rational share = ratio.value * 100 / target;
  std::string calculation = Text(max_points) + " × " + ratio.text + " ÷ " + Text(target) + " %";
  if (share > 1) calculation += ", tối đa " + Text(max_points);
  return Scored(max_points, max_points * share, std::move(calculation));
}

Outcome Survey(const Rational& max_points, const Parameters& parameters, const Inputs& inputs) {
  const Rational target = Number(parameters, "target_percent");
  const Rational least = Number(parameters, "min_respondents");
  const Rational& index = inputs.at("index_percent");
  const Rational& respondents = inputs.at("respondents");
  if (respondents < least) {
    return {ScoreStatus::kNotYetScored, 0,
            Text(respondents) + " phiếu trả lời, dưới mức tối thiểu " + Text(least) +
                ": chưa đánh giá được"};
  }
  std::string calculation = Text(max_points) + " × " + Text(index) + " %";
  if (target != 100) calculation += " ÷ " + Text(target) + " %";
  if (index > target) calculation += ", tối đa " + Text(max_points);
  calculation += " (" + Text(respondents) + " phiếu)";
  return Scored(max_points, max_points * index / target, std::move(calculation));
}

}  // namespace thidua::scoring::criteria
