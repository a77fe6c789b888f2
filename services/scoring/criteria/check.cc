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
    CheckExtraPoints();
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

  // Returns the sum of the leaves' maxima as far as they are in the set's.
  Rational CheckField(const Field& field, const std::string& path) {
    kind_ = field.kind;
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
    if (field.kind == FieldKind::kCore) {
      CompareSum(stated, sum, path);
      return leaves;
    }
    (field.kind == FieldKind::kBonus ? bonus_ : deduction_) += std::min(stated, sum);
    if (sum < stated) {
      Warn(path, "CAP_UNREACHABLE",
           "Mức tối đa ghi " + Vietnamese(ToExact(stated)) +
               " nhưng các mục bên trong cộng lại chỉ được " + Vietnamese(ToExact(sum)),
           "The stated cap is " + ToExact(stated) + " but the parts come to " + ToExact(sum));
    }
    return 0;
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
    if (kind_ == FieldKind::kDeduction) deductions_.insert(leaf.code);
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
    CheckRuleFits(leaf, *type, path);
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

  // What the rule's parameters, the maximum and the field say against each other.
  void CheckRuleFits(const Criterion& leaf, const RuleType& type, const std::string& path) {
    if (type.only_in.has_value() && *type.only_in != kind_) {
      Error(path + ".rule.type", "RULE_TYPE_NOT_IN_THIS_FIELD",
            "Loại quy tắc " + type.type + " chỉ dùng trong lĩnh vực " +
                (*type.only_in == FieldKind::kBonus ? "điểm thưởng" : "điểm trừ"),
            "Rule type " + type.type + " is for fields of kind " +
                (*type.only_in == FieldKind::kBonus ? "BONUS" : "DEDUCTION"));
    }
    const std::optional<Rational> maximum = numbers::ParseDecimal(leaf.max_points);
    if (type.conflict == nullptr || !maximum.has_value() ||
        !CheckParameters(type, leaf.rule->parameters).empty()) {
      return;
    }
    if (const std::optional<Conflict> conflict =
            type.conflict(*maximum, WithDefaults(type, leaf.rule->parameters))) {
      Error(path + ".rule.parameters." + conflict->name, conflict->reason, conflict->vi,
            conflict->en);
    }
  }

  void CheckCap(const std::string& text, const Rational& reachable, const std::string& name) {
    if (text.empty()) return;
    const std::string path = "extra_points." + name;
    const std::optional<Rational> cap = numbers::ParseDecimal(text);
    if (!cap.has_value() || *cap <= 0) {
      Error(path, "CAP_MALFORMED", "Mức tối đa phải là số thập phân lớn hơn 0",
            "The cap must be a decimal above 0");
    } else if (*cap > reachable) {
      Warn(path, "CAP_UNREACHABLE",
           "Mức tối đa ghi " + Vietnamese(ToExact(*cap)) + " nhưng các lĩnh vực chỉ đạt được " +
               Vietnamese(ToExact(reachable)),
           "The cap is " + ToExact(*cap) + " but the fields come to " + ToExact(reachable));
    }
  }

  // How bonus and deduction enter the index is said by the set, never guessed.
  void CheckExtraPoints() {
    const bool has_fields =
        std::any_of(definition_.fields.begin(), definition_.fields.end(),
                    [](const Field& field) { return field.kind != FieldKind::kCore; });
    if (!definition_.extra_points.has_value()) {
      if (!has_fields) return;
      Error("extra_points", "EXTRA_POINTS_NOT_DECLARED",
            "Có điểm thưởng hoặc điểm trừ thì phải quy định cách tính vào chỉ số",
            "With bonus or deduction, how they enter the index must be declared");
      return;
    }
    if (!has_fields) {
      Error("extra_points", "EXTRA_POINTS_WITHOUT_FIELDS",
            "Quy định cách tính điểm thưởng, điểm trừ nhưng không có lĩnh vực nào như vậy",
            "How bonus and deduction enter the index is declared, but no field is of that kind");
      return;
    }
    const ExtraPoints& extra = *definition_.extra_points;
    CheckCap(extra.bonus_cap, bonus_, "bonus_cap");
    CheckCap(extra.deduction_cap, deduction_, "deduction_cap");
    if (extra.index_max.empty()) return;
    const std::optional<Rational> highest = numbers::ParseDecimal(extra.index_max);
    if (!highest.has_value() || *highest < 100) {
      Error("extra_points.index_max", "INDEX_MAX_MALFORMED",
            "Chỉ số cao nhất phải là số thập phân từ 100 trở lên",
            "The highest index must be a decimal of at least 100");
      return;
    }
    // Rounded, the index must not come out above it.
    for (const RoundingStep& step : definition_.rounding) {
      if (step.stage == Stage::kIndex && !numbers::FitsDecimals(*highest, step.decimals)) {
        Error("extra_points.index_max", "INDEX_MAX_FINER_THAN_ROUNDING",
              "Chỉ số cao nhất có nhiều chữ số thập phân hơn quy định làm tròn chỉ số",
              "The highest index has more decimals than the rounding of the index keeps");
      }
    }
  }

  // No index is above it.
  Rational HighestIndex() const {
    if (!definition_.extra_points.has_value() || bonus_ == 0) return 100;
    // Where a low applicable maximum makes a bonus worth more, no bound is known.
    return numbers::ParseDecimal(definition_.extra_points->index_max).value_or(1'000'000);
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
      if (*bound > HighestIndex()) {
        const std::string highest = ToExact(HighestIndex());
        Warn(path, "BAND_UNREACHABLE",
             "Không đơn vị nào đạt được mức này: cận dưới trên " + Vietnamese(highest),
             "No unit can reach this band: its lower bound is above " + highest);
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
      } else if (deductions_.count(code) > 0) {
        Error(absl::StrCat("tie_break_criteria[", i, "]"), "TIE_BREAK_IS_DEDUCTION",
              "Tiêu chí phân định " + code + " là điểm trừ: nhiều hơn không phải là tốt hơn",
              "Tie-break criterion " + code + " is a deduction: more of it is not better");
      }
    }
  }

  const Definition& definition_;
  std::vector<Defect> defects_;
  std::set<std::string> codes_;
  std::set<std::string> leaves_;
  std::set<std::string> deductions_;   // leaves of deduction fields
  FieldKind kind_ = FieldKind::kCore;  // of the field that is being checked
  Rational bonus_ = 0;                 // the most that bonus fields can give
  Rational deduction_ = 0;             // the most that deduction fields can take
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
