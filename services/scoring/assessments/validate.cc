#include "scoring/assessments/validate.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/text_length.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::ScoreStatus;
using platform::FieldViolation;

constexpr size_t kMaxText = 2000;
constexpr int kMaxScores = 100;
// Of all notes and reasons together, so that the act with what was before fits into the log.
constexpr size_t kMaxTextBytes = size_t{200} * 1024;
constexpr int kMaxFiles = 20;
constexpr int kMaxUnits = 1000;
constexpr int kMaxLeads = 100;
constexpr int kMaxLeadUnits = 10;

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

void ReadExplanationWindow(const v1::AssessmentRound& round, RoundRow& row,
                           Violations& violations) {
  if (round.explanation_start().empty() && round.explanation_end().empty()) return;
  row.windows.explanation =
      Days{violations.Day(round.explanation_start(), "round.explanation_start"),
           violations.Day(round.explanation_end(), "round.explanation_end")};
}

void ReadLeads(const v1::AssessmentRound& round, RoundRow& row, Violations& violations) {
  if (round.field_leads_size() > kMaxLeads) {
    violations.Add("round.field_leads", "FIELD_LEADS_COUNT", "Nhiều nhất 100 lĩnh vực",
                   "At most 100 fields");
    return;
  }
  for (int i = 0; i < round.field_leads_size(); ++i) {
    const v1::FieldLead& sent = round.field_leads(i);
    const std::string path = absl::StrCat("round.field_leads[", i, "]");
    FieldLead& lead = row.leads.emplace_back();
    lead.field = sent.field();
    if (sent.units_size() < 1 || sent.units_size() > kMaxLeadUnits) {
      violations.Add(path + ".units", "UNITS_COUNT", "Phải có từ 1 đến 10 đơn vị phụ trách",
                     "There must be 1 to 10 lead units");
      continue;
    }
    std::set<std::string> ids;
    for (int j = 0; j < sent.units_size(); ++j) {
      const std::string field = absl::StrCat(path, ".units[", j, "]");
      const std::string id = violations.Id(sent.units(j), "units", field);
      if (!id.empty() && !ids.insert(id).second) {
        violations.Add(field, "UNIT_TWICE", "Đơn vị ghi hai lần", "The unit stands twice");
      }
    }
    lead.units.assign(ids.begin(), ids.end());
  }
}

void CheckExplanationDates(const Windows& windows, Violations& violations) {
  if (!windows.explanation.has_value()) return;
  if (windows.explanation->first < windows.appraisal_start) {
    violations.Add("round.explanation_start", "DATES_REVERSED",
                   "Không thể giải trình trước khi thẩm định",
                   "Nothing can be explained before the appraisal begins");
  }
  if (windows.explanation->last < windows.explanation->first ||
      windows.explanation->last < windows.appraisal_end) {
    violations.Add("round.explanation_end", "DATES_REVERSED",
                   "Ngày kết thúc giải trình trước ngày bắt đầu hoặc trước khi hết hạn thẩm định",
                   "The last day of the explanation is before its first or before the appraisal "
                   "ends");
  }
}

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

void ReadFiles(const google::protobuf::RepeatedPtrField<v1::Evidence>& evidence,
               const std::string& path, std::vector<SentFile>& files, Violations& violations) {
  if (evidence.size() > kMaxFiles) {
    violations.Add(path + ".evidence", "EVIDENCE_COUNT", "Nhiều nhất 20 tài liệu kiểm chứng",
                   "At most 20 files of evidence");
  }
  for (int i = 0; i < std::min(evidence.size(), kMaxFiles); ++i) {
    const std::string field = absl::StrCat(path, ".evidence[", i, "]");
    violations.Id(evidence[i].file(), "files", field + ".file");
    violations.Text(field + ".pages", evidence[i].pages(), 1, 200);
    files.push_back({evidence[i].file(), evidence[i].pages(), field + ".file"});
  }
}

// Of a score or an answer.
template <class Input>
void ReadValue(const criteria::Scheme& scheme, const criteria::Leaf& leaf, const Input& input,
               const std::string& path, Score& score, Violations& violations) {
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

// The leaf of a code, null with a violation; a second mention of one is a violation too.
const criteria::Leaf* ReadLeaf(const criteria::Scheme& scheme, const std::string& criterion,
                               const std::string& path, std::set<std::string>& seen,
                               Violations& violations) {
  const criteria::Leaf* leaf = scheme.Find(criterion);
  if (leaf == nullptr) {
    violations.Add(path + ".criterion", "CRITERION_UNKNOWN",
                   "Bộ tiêu chí không có tiêu chí được chấm mang mã này",
                   "The criteria set has no scored criterion of this code");
    return nullptr;
  }
  if (!seen.insert(criterion).second) {
    violations.Add(path + ".criterion", "CRITERION_TWICE", "Tiêu chí ghi hai lần",
                   "The criterion stands twice");
  }
  return leaf;
}

// That there are 1 to 100 things said of leaves, with no more text together than one act may hold.
template <class Input>
absl::Status CheckSize(const google::protobuf::RepeatedPtrField<Input>& inputs,
                       const std::string& field, size_t (*bytes)(const Input&)) {
  if (inputs.empty() || inputs.size() > kMaxScores) {
    return platform::InvalidField(
        field, "CRITERIA_COUNT",
        {"Mỗi lần từ 1 đến 100 tiêu chí", "There must be 1 to 100 leaves at a time"});
  }
  size_t total = 0;
  for (const Input& input : inputs) total += bytes(input);
  if (total <= kMaxTextBytes) return absl::OkStatus();
  return platform::InvalidField(field, "TEXTS_TOO_LONG",
                                {"Nội dung của một lần gửi dài quá 200 KiB; hãy chia ra",
                                 "The texts of one act exceed 200 KiB; divide it"});
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
  row.windows.self_score_start = violations.Day(round.self_score_start(), "round.self_score_start");
  row.windows.self_score_end = violations.Day(round.self_score_end(), "round.self_score_end");
  row.windows.appraisal_start = violations.Day(round.appraisal_start(), "round.appraisal_start");
  row.windows.appraisal_end = violations.Day(round.appraisal_end(), "round.appraisal_end");
  ReadExplanationWindow(round, row, violations);
  if (violations.empty()) CheckDates(row, violations);
  if (violations.empty()) CheckExplanationDates(row.windows, violations);
  ReadUnits(round, sent, violations);
  ReadLeads(round, row, violations);
  if (absl::Status status = violations.Status(); !status.ok()) return status;
  return sent;
}

absl::Status CheckLeads(const criteria::Scheme& scheme, const std::vector<FieldLead>& leads) {
  Violations violations;
  std::set<std::string> seen;
  for (size_t i = 0; i < leads.size(); ++i) {
    const std::string path = absl::StrCat("round.field_leads[", i, "].field");
    const bool known =
        std::any_of(scheme.leaves().begin(), scheme.leaves().end(),
                    [&](const criteria::Leaf& leaf) { return leaf.field_code == leads[i].field; });
    if (!known) {
      violations.Add(path, "FIELD_UNKNOWN", "Bộ tiêu chí không có lĩnh vực mang mã này",
                     "The criteria set has no field of this code");
    } else if (!seen.insert(leads[i].field).second) {
      violations.Add(path, "FIELD_TWICE", "Lĩnh vực ghi hai lần", "The field stands twice");
    }
  }
  return violations.Status();
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
    const criteria::Leaf* leaf = ReadLeaf(scheme, input.criterion(), path, seen, violations);
    if (leaf == nullptr) continue;
    SentScore& added = sent.emplace_back();
    added.entry.score.criterion = leaf->code;
    ReadValue(scheme, *leaf, input, path, added.entry.score, violations);
    ReadFiles(input.evidence(), path, added.files, violations);
    violations.Text(path + ".note", input.note(), 0, kMaxText);
    violations.Text(path + ".reason", input.reason(), 0, kMaxText);
    added.entry.note = input.note();
    added.entry.reason = input.reason();
  }
  if (absl::Status status = violations.Status(); !status.ok()) return status;
  return sent;
}

absl::StatusOr<std::vector<SentExplanation>> ReadExplanations(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::ExplanationInput>& explanations) {
  RETURN_IF_ERROR(CheckSize<v1::ExplanationInput>(
      explanations, "explanations",
      [](const v1::ExplanationInput& input) { return input.text().size(); }));
  std::vector<SentExplanation> sent;
  std::set<std::string> seen;
  Violations violations;
  for (int i = 0; i < explanations.size(); ++i) {
    const v1::ExplanationInput& input = explanations[i];
    const std::string path = absl::StrCat("explanations[", i, "]");
    if (ReadLeaf(scheme, input.criterion(), path, seen, violations) == nullptr) continue;
    SentExplanation& added = sent.emplace_back();
    added.criterion = input.criterion();
    added.text = input.text();
    violations.Text(path + ".text", input.text(), 1, kMaxText);
    ReadFiles(input.evidence(), path, added.files, violations);
  }
  RETURN_IF_ERROR(violations.Status());
  return sent;
}

absl::StatusOr<std::vector<SentAnswer>> ReadAnswers(
    const criteria::Scheme& scheme,
    const google::protobuf::RepeatedPtrField<v1::AnswerInput>& answers) {
  RETURN_IF_ERROR(CheckSize<v1::AnswerInput>(
      answers, "answers", [](const v1::AnswerInput& input) { return input.reason().size(); }));
  std::vector<SentAnswer> sent;
  std::set<std::string> seen;
  Violations violations;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::AnswerInput& input = answers[i];
    const std::string path = absl::StrCat("answers[", i, "]");
    const criteria::Leaf* leaf = ReadLeaf(scheme, input.criterion(), path, seen, violations);
    if (leaf == nullptr) continue;
    SentAnswer& added = sent.emplace_back();
    added.accepted = input.outcome() == v1::EXPLANATION_OUTCOME_ACCEPTED;
    added.score.criterion = leaf->code;
    added.reason = input.reason();
    violations.Text(path + ".reason", input.reason(), 1, kMaxText);
    if (added.accepted) {
      ReadValue(scheme, *leaf, input, path, added.score, violations);
    } else if (input.outcome() != v1::EXPLANATION_OUTCOME_KEPT) {
      violations.Add(path + ".outcome", "OUTCOME_NOT_ALLOWED", "Trả lời phải là ACCEPTED hoặc KEPT",
                     "The answer must be ACCEPTED or KEPT");
    } else if (!input.points().empty() || input.status() != v1::SCORE_STATUS_UNSPECIFIED) {
      violations.Add(path + ".points", "POINTS_NOT_ALLOWED",
                     "Giữ nguyên kết quả thẩm định thì không ghi điểm",
                     "An answer that keeps the appraisal names no points");
    }
  }
  RETURN_IF_ERROR(violations.Status());
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
