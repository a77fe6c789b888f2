#include "scoring/criteria/rules.h"

#include <algorithm>
#include <string>

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

// Shared by the rules that multiply the maximum with a ratio.
Outcome Proportional(const Rational& max_points, const Rational& floor_percent,
                     const std::string& when_none, const Inputs& inputs) {
  const Rational& numerator = inputs.at("numerator");
  const Rational& denominator = inputs.at("denominator");
  // What has no due date is left out of both: whether it was done in time is not known. When there
  // is nothing else, nothing is known, which is not the same as nothing to do.
  const auto undated = inputs.find("undated");
  const bool some_undated = undated != inputs.end() && undated->second > 0;
  const std::string undated_count = some_undated ? Text(undated->second) + " báo cáo" : "";
  if (denominator == 0 && some_undated) {
    return {ScoreStatus::kNotYetScored, 0, undated_count + " không có hạn nộp: chưa đánh giá được"};
  }
  if (denominator == 0) return WhenNone(max_points, when_none);
  const Rational ratio = std::min<Rational>(numerator / denominator, 1);
  std::string fraction = Text(numerator) + "/" + Text(denominator);
  if (some_undated) fraction += " (không tính " + undated_count + " không có hạn nộp)";
  if (ratio * 100 < floor_percent) {
    return {ScoreStatus::kScored, 0,
            fraction + " dưới mức sàn " + Text(floor_percent) + " %: 0 điểm"};
  }
  return {ScoreStatus::kScored, max_points * ratio, Text(max_points) + " × " + fraction};
}

}  // namespace

Outcome RatioWithFloor(const Rational& max_points, const Parameters& parameters,
                       const Inputs& inputs) {
  return Proportional(max_points, *numbers::ParseDecimal(parameters.at("floor_percent")),
                      parameters.at("when_none"), inputs);
}

Outcome CountRatio(const Rational& max_points, const Parameters& parameters, const Inputs& inputs) {
  return Proportional(max_points, 0, parameters.at("when_none"), inputs);
}

Outcome Manual(const Rational& max_points, const Parameters&, const Inputs& inputs) {
  const Rational points = std::clamp<Rational>(inputs.at("points"), 0, max_points);
  return {ScoreStatus::kScored, points, "thẩm định: " + Text(points) + "/" + Text(max_points)};
}

}  // namespace thidua::scoring::criteria
