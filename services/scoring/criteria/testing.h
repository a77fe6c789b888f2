// Criteria sets for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scoring/criteria/definition.h"

namespace thidua::scoring::criteria::testing {

inline Criterion Leaf(const std::string& code, std::string max, Rule rule, bool may_be_na = false) {
  Criterion leaf;
  leaf.code = code;
  leaf.title = "Tiêu chí " + code;
  leaf.max_points = std::move(max);
  leaf.rule = std::move(rule);
  leaf.may_be_not_applicable = may_be_na;
  return leaf;
}

inline Rule OnTime(std::string floor = "0", std::string when_none = "ZERO") {
  return {"RATIO_WITH_FLOOR",
          {{"metric", "DOSSIERS_ON_TIME"},
           {"floor_percent", std::move(floor)},
           {"when_none", std::move(when_none)}}};
}
inline Rule Reports(std::string when_none = "NOT_APPLICABLE") {
  return {"COUNT_RATIO", {{"metric", "REPORTS_ON_TIME"}, {"when_none", std::move(when_none)}}};
}
inline Rule Manual() { return {"MANUAL", {}}; }

inline Field OneField(const std::string& code, std::string max, std::vector<Criterion> criteria) {
  return {code, "Lĩnh vực " + code, std::move(max), std::move(criteria)};
}

inline Rule PerReport(const std::string& type, std::string points_each) {
  return {type, {{"metric", "REPORTS_LATE"}, {"points_each", std::move(points_each)}}};
}

inline std::vector<Band> Bands() {
  return {{"Xuất sắc", "90"}, {"Tốt", "80"}, {"Khá", "70"}, {"Trung bình", "50"}, {"Yếu", "0"}};
}

// 60 points on time, 20 reports, 20 manual; leaves and index to two decimals half up.
inline Definition CommuneSet() {
  Definition set;
  set.fields = {
      OneField("I", "80", {Leaf("I.1", "60", OnTime()), Leaf("I.2", "20", Reports(), true)}),
      OneField("II", "20", {Leaf("II.1", "20", Manual(), true)})};
  set.rounding = {{Stage::kLeaf, numbers::RoundingMode::kHalfUp, 2},
                  {Stage::kIndex, numbers::RoundingMode::kHalfUp, 2}};
  set.bands = Bands();
  return set;
}

// The same with 10 points of bonus at most, 2 a report and 3 by hand, and 5 of deduction at most,
// 0.5 a report; all bonus together at most 4, added to the points, the index at most 100.
inline Definition SetWithExtraPoints(ExtraScale scale = ExtraScale::kPoints) {
  Definition set = CommuneSet();
  set.fields.push_back(
      OneField("III", "10",
               {Leaf("III.1", "10", PerReport("BONUS", "2")), Leaf("III.2", "3", Manual(), true)}));
  set.fields.back().kind = FieldKind::kBonus;
  set.fields.push_back(OneField("IV", "5", {Leaf("IV.1", "5", PerReport("DEDUCTION", "0.5"))}));
  set.fields.back().kind = FieldKind::kDeduction;
  set.extra_points = ExtraPoints{scale, "4", "", "100"};
  return set;
}

}  // namespace thidua::scoring::criteria::testing
