#include "scoring/criteria/validate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/text_length.h"

namespace thidua::scoring::criteria {
namespace {

constexpr size_t kMaxCriteria = 2000;

using platform::FieldViolation;

class Reader {
 public:
  Reader(const v1::CriteriaSet& set, std::string path) : set_(set), path_(std::move(path)) {}

  absl::StatusOr<SentSet> Read() {
    const absl::StatusOr<std::string> unit =
        platform::IdFromName(set_.unit(), "units", path_ + ".unit");
    if (unit.ok()) {
      sent_.row.unit_id = *unit;
    } else {
      Add("unit", "NAME_MALFORMED", "Đơn vị phải có dạng units/<id>",
          "The unit must be units/<id>");
    }
    Text("title", set_.title(), 1, 500, sent_.row.title);
    if (!IsBlock(set_.block())) {
      Add("block", "BLOCK_MALFORMED", "Khối gồm 1–40 ký tự a–z, 0–9, gạch nối",
          "A block is 1 to 40 characters a–z, 0–9, hyphen");
    }
    sent_.row.block = set_.block();
    Text("block_title", set_.block_title(), 0, 200, sent_.row.block_title);
    if (set_.year() < 2000 || set_.year() > 2200) {
      Add("year", "YEAR_OUT_OF_RANGE", "Năm phải từ 2000 đến 2200",
          "The year must be 2000 to 2200");
    }
    sent_.row.year = set_.year();
    Date("valid_from", set_.valid_from(), sent_.row.valid_from);
    Date("valid_to", set_.valid_to(), sent_.row.valid_to);
    if (sent_.row.valid_from && sent_.row.valid_to && *sent_.row.valid_to < *sent_.row.valid_from) {
      Add("valid_to", "DATES_REVERSED", "Ngày hết hiệu lực trước ngày có hiệu lực",
          "The last day is before the first");
    }
    const v1::LegalBasis& basis = set_.legal_basis();
    Text("legal_basis.number", basis.number(), 0, 100, sent_.row.basis_number);
    Date("legal_basis.issue_date", basis.issue_date(), sent_.row.basis_issue_date);
    Text("legal_basis.issuer", basis.issuer(), 0, 300, sent_.row.basis_issuer);
    Text("legal_basis.subject", basis.subject(), 0, 1000, sent_.row.basis_subject);
    Text("source_note", set_.source_note(), 0, 2000, sent_.row.source_note);
    ReadDefinition();
    if (absl::Status status = platform::InvalidFields(std::move(violations_)); !status.ok()) {
      return status;
    }
    return std::move(sent_);
  }

 private:
  void Add(const std::string& field, std::string reason, std::string vi, std::string en) {
    violations_.push_back({path_ + "." + field, std::move(reason), {std::move(vi), std::move(en)}});
  }

  void Text(const std::string& field, const std::string& value, size_t least, size_t most,
            std::string& out) {
    const size_t length = platform::TextLength(value);
    if (length < least || length > most) {
      Add(field, "TEXT_LENGTH", absl::StrCat("Phải có từ ", least, " đến ", most, " ký tự"),
          absl::StrCat("Must have ", least, " to ", most, " characters"));
    }
    out = value;
  }

  void Date(const std::string& field, const std::string& value,
            std::optional<absl::CivilDay>& out) {
    if (value.empty()) return;
    const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(value, path_ + "." + field);
    if (day.ok()) {
      out = *day;
      return;
    }
    for (FieldViolation& violation : platform::FieldsOf(day.status())) {
      violations_.push_back(std::move(violation));
    }
  }

  void ReadDefinition() {
    Definition& definition = sent_.definition;
    for (int i = 0; i < set_.fields_size(); ++i) {
      const v1::CriteriaField& field = set_.fields(i);
      const std::string path = absl::StrCat("fields[", i, "]");
      Field& added = definition.fields.emplace_back();
      Text(path + ".code", field.code(), 1, 40, added.code);
      Text(path + ".title", field.title(), 1, 1000, added.title);
      Text(path + ".max_points", field.max_points(), 1, 30, added.max_points);
      if (field.kind() != v1::CRITERIA_FIELD_KIND_UNSPECIFIED) {
        if (!v1::CriteriaFieldKind_IsValid(field.kind())) {
          Add(path + ".kind", "ENUM_UNSPECIFIED", "Loại lĩnh vực không hợp lệ",
              "There is no such kind of field");
        }
        added.kind = static_cast<FieldKind>(field.kind());
      }
      for (int j = 0; j < field.criteria_size(); ++j) {
        added.criteria.push_back(
            ReadCriterion(field.criteria(j), absl::StrCat(path, ".criteria[", j, "]"), 1));
      }
    }
    if (criteria_ > kMaxCriteria) {
      Add("fields", "TOO_MANY_CRITERIA", "Quá 2000 tiêu chí", "More than 2000 criteria");
    }
    for (int i = 0; i < set_.rounding_size(); ++i) ReadRounding(i);
    for (int i = 0; i < set_.bands_size(); ++i) {
      Band& band = definition.bands.emplace_back();
      Text(absl::StrCat("bands[", i, "].name"), set_.bands(i).name(), 0, 100, band.name);
      Text(absl::StrCat("bands[", i, "].lower_bound"), set_.bands(i).lower_bound(), 0, 30,
           band.lower_bound);
    }
    for (int i = 0; i < set_.tie_break_criteria_size(); ++i) {
      Text(absl::StrCat("tie_break_criteria[", i, "]"), set_.tie_break_criteria(i), 1, 40,
           definition.tie_break_criteria.emplace_back());
    }
    if (set_.has_extra_points()) ReadExtraPoints(definition.extra_points.emplace());
  }

  void ReadExtraPoints(ExtraPoints& extra) {
    const v1::ExtraPoints& in = set_.extra_points();
    if (in.scale() == v1::EXTRA_POINTS_SCALE_UNSPECIFIED ||
        !v1::ExtraPointsScale_IsValid(in.scale())) {
      Add("extra_points.scale", "ENUM_UNSPECIFIED",
          "Chưa chọn cộng, trừ vào tổng điểm hay vào chỉ số", "A scale is required");
    }
    extra.scale = static_cast<ExtraScale>(in.scale());
    Text("extra_points.bonus_cap", in.bonus_cap(), 0, 30, extra.bonus_cap);
    Text("extra_points.deduction_cap", in.deduction_cap(), 0, 30, extra.deduction_cap);
    Text("extra_points.index_max", in.index_max(), 0, 30, extra.index_max);
  }

  Criterion ReadCriterion(const v1::Criterion& in, const std::string& path, int depth) {
    Criterion criterion;
    ++criteria_;
    Text(path + ".code", in.code(), 1, 40, criterion.code);
    Text(path + ".title", in.title(), 1, 1000, criterion.title);
    Text(path + ".max_points", in.max_points(), 1, 30, criterion.max_points);
    Text(path + ".guidance", in.guidance(), 0, 4000, criterion.guidance);
    criterion.may_be_not_applicable = in.may_be_not_applicable();
    if (in.has_rule()) {
      Rule& rule = criterion.rule.emplace();
      Text(path + ".rule.type", in.rule().type(), 1, 60, rule.type);
      for (const auto& entry : in.rule().parameters()) {
        Text(path + ".rule.parameters." + entry.first, entry.second, 0, 200,
             rule.parameters[entry.first]);
      }
    }
    constexpr int kDeepest = 6;  // beyond what the checker allows; keeps hostile nesting out
    if (depth > kDeepest) {
      Add(path, "TREE_TOO_DEEP", "Cây tiêu chí quá sâu", "The tree of criteria is too deep");
      return criterion;
    }
    for (int i = 0; i < in.sub_criteria_size(); ++i) {
      criterion.children.push_back(ReadCriterion(
          in.sub_criteria(i), absl::StrCat(path, ".sub_criteria[", i, "]"), depth + 1));
    }
    return criterion;
  }

  void ReadRounding(int i) {
    const v1::RoundingStep& step = set_.rounding(i);
    const std::string path = absl::StrCat("rounding[", i, "]");
    if (step.stage() == v1::ROUNDING_STAGE_UNSPECIFIED ||
        !v1::RoundingStage_IsValid(step.stage())) {
      Add(path + ".stage", "ENUM_UNSPECIFIED", "Chưa chọn bước làm tròn", "A stage is required");
    }
    if (step.mode() == v1::ROUNDING_MODE_UNSPECIFIED || !v1::RoundingMode_IsValid(step.mode())) {
      Add(path + ".mode", "ENUM_UNSPECIFIED", "Chưa chọn cách làm tròn", "A mode is required");
    }
    RoundingStep added;
    added.stage = static_cast<Stage>(step.stage());
    added.decimals = step.decimals();
    switch (step.mode()) {
      case v1::ROUNDING_MODE_HALF_EVEN:
        added.mode = numbers::RoundingMode::kHalfEven;
        break;
      case v1::ROUNDING_MODE_DOWN:
        added.mode = numbers::RoundingMode::kDown;
        break;
      default:
        added.mode = numbers::RoundingMode::kHalfUp;
    }
    sent_.definition.rounding.push_back(added);
  }

  const v1::CriteriaSet& set_;
  const std::string path_;
  SentSet sent_;
  std::vector<FieldViolation> violations_;
  size_t criteria_ = 0;
};

}  // namespace

absl::StatusOr<SentSet> ReadSet(const v1::CriteriaSet& set, const std::string& path) {
  return Reader(set, path).Read();
}

bool IsBlock(std::string_view block) {
  return !block.empty() && block.size() <= 40 &&
         std::all_of(block.begin(), block.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace thidua::scoring::criteria
