#include "scoring/criteria/check.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "scoring/criteria/rule_types.h"
#include "scoring/numbers/exact.h"

namespace thidua::scoring::criteria {
namespace {

using numbers::Rational;
using numbers::ToExact;
using numbers::Vietnamese;

class Checker {
 public:
  explicit Checker(const Definition& definition) : definition_(definition) {}

  std::vector<Defect> Run() {
    Rational total = 0;
    for (size_t i = 0; i < definition_.fields.size(); ++i) {
      total += CheckField(definition_.fields[i], absl::StrCat("fields[", i, "]"));
    }
    if (leaves_.empty()) {
      Error("fields", "NO_LEAVES", "Bộ tiêu chí chưa có tiêu chí nào được chấm điểm",
            "The set has no criterion that is scored");
    } else if (total != 100) {
      Warn("fields", "TOTAL_NOT_100",
           "Tổng điểm tối đa của bộ tiêu chí là " + Vietnamese(ToExact(total)) + ", không phải 100",
           "The maxima of the set add up to " + ToExact(total) + ", not 100");
    }
    CheckRounding();
    CheckBands();
    CheckTieBreak();
    return std::move(defects_);
  }

 private:
  void Error(std::string field, std::string reason, std::string vi, std::string en) {
    defects_.push_back(
        {std::move(field), std::move(reason), Severity::kError, std::move(vi), std::move(en)});
  }
  void Warn(std::string field, std::string reason, std::string vi, std::string en) {
    defects_.push_back(
        {std::move(field), std::move(reason), Severity::kWarning, std::move(vi), std::move(en)});
  }

  void CheckCode(const std::string& code, const std::string& path) {
    if (!IsCode(code)) {
      Error(path, "CODE_MALFORMED", "Mã phải gồm 1–40 chữ, số, dấu chấm, gạch nối",
            "The code must be 1 to 40 letters, digits, dots and hyphens");
    } else if (!codes_.insert(code).second) {
      Error(path, "CODE_DUPLICATE", "Mã " + code + " dùng hai lần",
            "Code " + code + " is used twice");
    }
  }

  // The maximum, or 0 with an error.
  Rational CheckMaximum(const std::string& text, const std::string& path) {
    const std::optional<Rational> value = numbers::ParseDecimal(text);
    if (!value.has_value() || *value <= 0) {
      Error(path, "MAX_MALFORMED", "Điểm tối đa phải là số thập phân lớn hơn 0",
            "The maximum must be a decimal above 0");
      return 0;
    }
    return *value;
  }

  void CompareSum(const Rational& stated, const Rational& sum, const std::string& path) {
    if (stated == sum) return;
    Warn(path, "MAXIMA_DO_NOT_SUM",
         "Điểm tối đa ghi " + Vietnamese(ToExact(stated)) +
             " nhưng các mục bên trong cộng lại là " + Vietnamese(ToExact(sum)),
         "The stated maximum is " + ToExact(stated) + " but the parts add up to " + ToExact(sum));
  }

  // Returns the sum of the leaves' maxima.
  Rational CheckField(const Field& field, const std::string& path) {
    CheckCode(field.code, path);
    const Rational stated = CheckMaximum(field.max_points, path);
    Rational sum = 0;
    Rational leaves = 0;
    for (size_t i = 0; i < field.criteria.size(); ++i) {
      const auto [maximum, below] =
          CheckCriterion(field.criteria[i], absl::StrCat(path, ".criteria[", i, "]"), 1);
      sum += maximum;
      leaves += below;
    }
    CompareSum(stated, sum, path);
    return leaves;
  }

  struct Sums {
    Rational stated;
    Rational leaves;
  };
  Sums CheckCriterion(const Criterion& criterion, const std::string& path, int depth) {
    CheckCode(criterion.code, path);
    const Rational stated = CheckMaximum(criterion.max_points, path);
    if (criterion.children.empty()) {
      CheckLeaf(criterion, path);
      return {stated, stated};
    }
    if (criterion.rule.has_value()) {
      Error(path, "RULE_ON_PARENT",
            "Tiêu chí có tiêu chí thành phần thì không có quy tắc chấm riêng",
            "A criterion with sub-criteria has no rule of its own");
    }
    if (depth >= kMaxDepth) {
      Error(path, "TREE_TOO_DEEP", "Quá ba cấp dưới một lĩnh vực",
            "More than three levels under a field");
      return {stated, 0};
    }
    Rational sum = 0;
    Rational leaves = 0;
    for (size_t i = 0; i < criterion.children.size(); ++i) {
      const Sums child = CheckCriterion(criterion.children[i],
                                        absl::StrCat(path, ".sub_criteria[", i, "]"), depth + 1);
      sum += child.stated;
      leaves += child.leaves;
    }
    CompareSum(stated, sum, path);
    return {stated, leaves};
  }

  void CheckLeaf(const Criterion& leaf, const std::string& path) {
    leaves_.insert(leaf.code);
    if (!leaf.rule.has_value()) {
      Error(path, "RULE_MISSING", "Tiêu chí chưa có quy tắc chấm điểm",
            "The criterion has no rule");
      return;
    }
    const RuleType* type = FindRuleType(leaf.rule->type);
    if (type == nullptr) {
      Error(path + ".rule.type", "RULE_TYPE_UNKNOWN", "Không có loại quy tắc " + leaf.rule->type,
            "There is no rule type " + leaf.rule->type);
      return;
    }
    for (const ParameterProblem& problem : CheckParameters(*type, leaf.rule->parameters)) {
      Error(path + ".rule.parameters." + problem.name, problem.reason,
            "Tham số " + problem.name + " không có, thiếu hoặc sai giá trị",
            "Parameter " + problem.name + " is unknown, missing or has a wrong value");
    }
    may_not_end_ = may_not_end_ || type->may_not_end;
    CheckLeafDecimals(leaf, path);
    const bool has_when_none =
        std::any_of(type->parameters.begin(), type->parameters.end(),
                    [](const ParameterSpec& spec) { return spec.name == "when_none"; });
    if (has_when_none && leaf.rule->parameters.count("when_none") == 0) {
      Warn(path + ".rule.parameters.when_none", "WHEN_NONE_NOT_DECLARED",
           "Chưa quy định khi không phát sinh: sẽ để chưa chấm và chờ người quyết định",
           "What happens when there is nothing to count is not declared: it will be left unscored "
           "for a "
           "person to decide");
    }
  }

  // A rounded leaf must not come out above its maximum.
  void CheckLeafDecimals(const Criterion& leaf, const std::string& path) {
    const std::optional<Rational> maximum = numbers::ParseDecimal(leaf.max_points);
    if (!maximum.has_value()) return;
    for (const RoundingStep& step : definition_.rounding) {
      if (step.stage == Stage::kLeaf && !numbers::FitsDecimals(*maximum, step.decimals)) {
        Error(path, "MAX_FINER_THAN_ROUNDING",
              "Điểm tối đa có nhiều chữ số thập phân hơn quy định làm tròn điểm tiêu chí",
              "The maximum has more decimals than the rounding of leaves keeps");
      }
    }
  }

  void CheckRounding() {
    std::set<Stage> stages;
    for (size_t i = 0; i < definition_.rounding.size(); ++i) {
      const RoundingStep& step = definition_.rounding[i];
      const std::string path = absl::StrCat("rounding[", i, "]");
      if (!stages.insert(step.stage).second) {
        Error(path, "ROUNDING_STAGE_TWICE", "Một bước làm tròn khai hai lần",
              "A stage is declared twice");
      }
      if (step.decimals < 0 || step.decimals > numbers::kMaxDecimals) {
        Error(path, "ROUNDING_DECIMALS", "Số chữ số thập phân phải từ 0 đến 6",
              "The number of decimals must be 0 to 6");
      }
    }
    if (stages.count(Stage::kIndex) == 0) {
      Error("rounding", "ROUNDING_INDEX_MISSING", "Chưa quy định làm tròn chỉ số",
            "The rounding of the index is not declared");
    }
    if (may_not_end_ && stages.count(Stage::kLeaf) == 0 && stages.count(Stage::kTotal) == 0) {
      Error("rounding", "ROUNDING_NEEDED",
            "Có tiêu chí tính theo tỷ lệ nên phải quy định làm tròn điểm tiêu chí hoặc tổng điểm",
            "Some points are ratios, so leaves or totals must be rounded");
    }
  }

  void CheckBands() {
    if (definition_.bands.empty()) {
      Warn("bands", "NO_BANDS", "Chưa có mức xếp loại", "There are no bands");
      return;
    }
    std::set<std::string> names;
    std::optional<Rational> last;
    for (size_t i = 0; i < definition_.bands.size(); ++i) {
      const Band& band = definition_.bands[i];
      const std::string path = absl::StrCat("bands[", i, "]");
      if (band.name.empty() || !names.insert(band.name).second) {
        Error(path, "BAND_NAME", "Tên mức xếp loại trống hoặc trùng",
              "A band's name is empty or used twice");
      }
      const std::optional<Rational> bound = numbers::ParseDecimal(band.lower_bound);
      if (!bound.has_value() || *bound < 0) {
        Error(path, "BAND_BOUND_MALFORMED", "Cận dưới phải là số thập phân từ 0",
              "The lower bound must be a decimal of at least 0");
        continue;
      }
      if (*bound > 100) {
        Warn(path, "BAND_UNREACHABLE", "Không đơn vị nào đạt được mức này: cận dưới trên 100",
             "No unit can reach this band: its lower bound is above 100");
      }
      if (last.has_value() && *bound >= *last) {
        Error(path, "BANDS_NOT_DESCENDING", "Các mức xếp loại phải xếp từ cao xuống thấp",
              "Bands must be in order from best to worst");
      }
      last = bound;
    }
    if (last.has_value() && *last > 0) {
      Warn("bands", "BANDS_DO_NOT_REACH_ZERO",
           "Chỉ số dưới " + Vietnamese(ToExact(*last)) + " không thuộc mức xếp loại nào",
           "An index below " + ToExact(*last) + " belongs to no band");
    }
  }

  void CheckTieBreak() {
    std::set<std::string> seen;
    for (size_t i = 0; i < definition_.tie_break_criteria.size(); ++i) {
      const std::string& code = definition_.tie_break_criteria[i];
      if (leaves_.count(code) == 0 || !seen.insert(code).second) {
        Error(absl::StrCat("tie_break_criteria[", i, "]"), "TIE_BREAK_UNKNOWN",
              "Tiêu chí phân định " + code + " không phải tiêu chí được chấm hoặc ghi hai lần",
              "Tie-break criterion " + code + " is not scored or is named twice");
      }
    }
  }

  const Definition& definition_;
  std::vector<Defect> defects_;
  std::set<std::string> codes_;
  std::set<std::string> leaves_;
  bool may_not_end_ = false;
};

}  // namespace

std::vector<Defect> Check(const Definition& definition) { return Checker(definition).Run(); }

bool HasErrors(const std::vector<Defect>& defects) {
  return std::any_of(defects.begin(), defects.end(),
                     [](const Defect& defect) { return defect.severity == Severity::kError; });
}

bool IsCode(std::string_view code) {
  return !code.empty() && code.size() <= 40 && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
}

}  // namespace thidua::scoring::criteria
