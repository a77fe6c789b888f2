#include "scoring/assessments/validate.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/text_length.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::ScoreStatus;
using platform::FieldViolation;

constexpr size_t kMaxText = 2000;
constexpr int kMaxScores = 100;
// Of all notes and reasons together, so that the act with what was before fits into the log.
constexpr size_t kMaxTextBytes = 200 * 1024;
constexpr int kMaxFiles = 20;
constexpr int kMaxUnits = 1000;

class Violations {
 public:
  void Add(const std::string& field, std::string reason, std::string vi, std::string en) {
    list_.push_back({field, std::move(reason), {std::move(vi), std::move(en)}});
  }
  void Text(const std::string& field, const std::string& text, size_t least, size_t most) {
    const size_t length = platform::TextLength(text);
    if (length >= least && length <= most) return;
    Add(field, "TEXT_LENGTH", absl::StrCat("Phải có từ ", least, " đến ", most, " ký tự"),
        absl::StrCat("Must have ", least, " to ", most, " characters"));
  }
  // The bare id of a name, "" with a violation.
  std::string Id(const std::string& name, const std::string& collection, const std::string& field) {
    const absl::StatusOr<std::string> id = platform::IdFromName(name, collection, field);
    if (id.ok()) return *id;
    Merge(id.status());
    return "";
  }
  absl::CivilDay Day(const std::string& text, const std::string& field) {
    const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, field);
    if (day.ok()) return *day;
    Merge(day.status());
    return absl::CivilDay();
  }
  bool empty() const { return list_.empty(); }
  absl::Status Status() { return platform::InvalidFields(std::move(list_)); }

 private:
  void Merge(const absl::Status& status) {
    for (FieldViolation& violation : platform::FieldsOf(status)) {
      list_.push_back(std::move(violation));
    }
  }
  std::vector<FieldViolation> list_;
};

void CheckDates(const RoundRow& row, Violations& violations) {
  if (row.period_start.day() != 1 || (row.period_end + 1).day() != 1 ||
      row.period_end < row.period_start) {
    violations.Add("round.period_end", "PERIOD_NOT_WHOLE_MONTHS",
                   "Kỳ số liệu phải gồm các tháng trọn vẹn",
                   "The period must consist of whole months");
  }
  if (row.windows.self_score_end < row.windows.self_score_start) {
    violations.Add("round.self_score_end", "DATES_REVERSED",
                   "Ngày kết thúc tự chấm trước ngày bắt đầu",
                   "The last day of self-scoring is before its first");
  }
  if (row.windows.appraisal_end < row.windows.appraisal_start ||
      row.windows.appraisal_end < row.windows.self_score_end) {
    violations.Add("round.appraisal_end", "DATES_REVERSED",
                   "Ngày kết thúc thẩm định trước ngày bắt đầu hoặc trước khi hết hạn tự chấm",
                   "The last day of the appraisal is before its first or before self-scoring ends");
  }
}

void ReadUnits(const v1::AssessmentRound& round, SentRound& sent, Violations& violations) {
  if (round.units_size() < 1 || round.units_size() > kMaxUnits) {
    violations.Add("round.units", "UNITS_COUNT", "Phải có từ 1 đến 1000 đơn vị",
                   "There must be 1 to 1000 units");
    return;
  }
  std::set<std::string> ids;
  for (int i = 0; i < round.units_size(); ++i) {
    const std::string field = absl::StrCat("round.units[", i, "]");
    const std::string id = violations.Id(round.units(i), "units", field);
    if (!id.empty() && !ids.insert(id).second) {
      violations.Add(field, "UNIT_TWICE", "Đơn vị ghi hai lần", "The unit stands twice");
    }
  }
  sent.units.assign(ids.begin(), ids.end());
}

void ReadFiles(const v1::ScoreInput& input, const std::string& path, SentScore& sent,
               Violations& violations) {
  if (input.evidence_size() > kMaxFiles) {
    violations.Add(path + ".evidence", "EVIDENCE_COUNT", "Nhiều nhất 20 tài liệu kiểm chứng",
                   "At most 20 files of evidence");
  }
  for (int i = 0; i < std::min(input.evidence_size(), kMaxFiles); ++i) {
    const std::string field = absl::StrCat(path, ".evidence[", i, "]");
    violations.Id(input.evidence(i).file(), "files", field + ".file");
    violations.Text(field + ".pages", input.evidence(i).pages(), 1, 200);
    sent.files.push_back({input.evidence(i).file(), input.evidence(i).pages(), field + ".file"});
  }
}

void ReadValue(const criteria::Scheme& scheme, const criteria::Leaf& leaf,
               const v1::ScoreInput& input, const std::string& path, Score& score,
               Violations& violations) {
  if (input.status() == v1::SCORE_STATUS_NOT_APPLICABLE) {
    score.status = ScoreStatus::kNotApplicable;
    if (!leaf.may_be_not_applicable) {
      violations.Add(path + ".status", "NOT_APPLICABLE_NOT_ALLOWED",
                     "Tiêu chí này áp dụng cho mọi đơn vị", "This criterion applies to every unit");
    }
    if (!input.points().empty()) {
      violations.Add(path + ".points", "POINTS_NOT_ALLOWED", "Không áp dụng thì không có điểm",
                     "What does not apply has no points");
    }
    return;
  }
  if (input.status() != v1::SCORE_STATUS_SCORED) {
    violations.Add(path + ".status", "STATUS_NOT_ALLOWED",
                   "Trạng thái phải là SCORED hoặc NOT_APPLICABLE",
                   "The status must be SCORED or NOT_APPLICABLE");
    return;
  }
  score.status = ScoreStatus::kScored;
  const std::optional<numbers::Rational> points = numbers::ParseDecimal(input.points());
  if (!points.has_value()) {
    violations.Add(path + ".points", "POINTS_MALFORMED", "Điểm phải là số thập phân, ví dụ 17.5",
                   "Points are a decimal, for example 17.5");
  } else if (*points < 0 || *points > leaf.max_points) {
    violations.Add(path + ".points", "POINTS_OUT_OF_RANGE",
                   "Điểm phải từ 0 đến " + numbers::Vietnamese(numbers::ToExact(leaf.max_points)),
                   "Points must be 0 to " + numbers::ToExact(leaf.max_points));
  } else if (!numbers::FitsDecimals(*points, scheme.given_decimals())) {
    violations.Add(
        path + ".points", "POINTS_TOO_PRECISE",
        absl::StrCat("Điểm có nhiều nhất ", scheme.given_decimals(), " chữ số thập phân"),
        absl::StrCat("Points have at most ", scheme.given_decimals(), " decimals"));
  } else {
    score.points = *points;
  }
}

}  // namespace

absl::StatusOr<SentRound> ReadRound(const v1::AssessmentRound& round) {
  SentRound sent;
  Violations violations;
  RoundRow& row = sent.row;
  row.unit_id = violations.Id(round.unit(), "units", "round.unit");
  violations.Text("round.title", round.title(), 1, 300);
  row.title = round.title();
  row.criteria_set_id = violations.Id(round.criteria_set(), "criteriaSets", "round.criteria_set");
  if (!round.plan().empty()) row.plan_id = violations.Id(round.plan(), "plans", "round.plan");
  row.period_start = violations.Day(round.period_start(), "round.period_start");
  row.period_end = violations.Day(round.period_end(), "round.period_end");
  row.windows = {violations.Day(round.self_score_start(), "round.self_score_start"),
                 violations.Day(round.self_score_end(), "round.self_score_end"),
                 violations.Day(round.appraisal_start(), "round.appraisal_start"),
                 violations.Day(round.appraisal_end(), "round.appraisal_end")};
  if (violations.empty()) CheckDates(row, violations);
  ReadUnits(round, sent, violations);
  if (absl::Status status = violations.Status(); !status.ok()) return status;
  return sent;
}

absl::StatusOr<std::vector<SentScore>> ReadScores(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::ScoreInput>& scores) {
  if (scores.empty() || scores.size() > kMaxScores) {
    return platform::InvalidField(
        "scores", "SCORES_COUNT",
        {"Mỗi lần chấm từ 1 đến 100 tiêu chí", "Score 1 to 100 leaves at a time"});
  }
  size_t bytes = 0;
  for (const v1::ScoreInput& input : scores) bytes += input.note().size() + input.reason().size();
  if (bytes > kMaxTextBytes) {
    return platform::InvalidField("scores", "TEXTS_TOO_LONG",
                                  {"Ghi chú và lý do của một lần chấm dài quá 200 KiB; hãy chia ra",
                                   "The notes and reasons of one act exceed 200 KiB; divide it"});
  }
  std::vector<SentScore> sent;
  std::set<std::string> seen;
  Violations violations;
  for (int i = 0; i < scores.size(); ++i) {
    const v1::ScoreInput& input = scores[i];
    const std::string path = absl::StrCat("scores[", i, "]");
    const criteria::Leaf* leaf = scheme.Find(input.criterion());
    if (leaf == nullptr) {
      violations.Add(path + ".criterion", "CRITERION_UNKNOWN",
                     "Bộ tiêu chí không có tiêu chí được chấm mang mã này",
                     "The criteria set has no scored criterion of this code");
      continue;
    }
    if (!seen.insert(input.criterion()).second) {
      violations.Add(path + ".criterion", "CRITERION_TWICE", "Tiêu chí ghi hai lần",
                     "The criterion stands twice");
    }
    SentScore& added = sent.emplace_back();
    added.entry.score.criterion = leaf->code;
    ReadValue(scheme, *leaf, input, path, added.entry.score, violations);
    ReadFiles(input, path, added, violations);
    violations.Text(path + ".note", input.note(), 0, kMaxText);
    violations.Text(path + ".reason", input.reason(), 0, kMaxText);
    added.entry.note = input.note();
    added.entry.reason = input.reason();
  }
  if (absl::Status status = violations.Status(); !status.ok()) return status;
  return sent;
}

absl::Status CheckReason(const std::string& text, const std::string& field, bool required) {
  const size_t length = platform::TextLength(text);
  if (required && length == 0) {
    return platform::InvalidField(field, "REASON_REQUIRED",
                                  {"Phải ghi rõ lý do", "A reason is required"});
  }
  if (length > kMaxText) {
    return platform::InvalidField(field, "TEXT_LENGTH",
                                  {"Nhiều nhất 2000 ký tự", "At most 2000 characters"});
  }
  return absl::OkStatus();
}

}  // namespace thidua::scoring::assessments
