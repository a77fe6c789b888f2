#include "campaign/plans/rules_tasks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/text_length.h"

namespace thidua::campaign::plans {
namespace {

constexpr size_t kLongestCode = 20;
constexpr size_t kLongestTitle = 500;
constexpr size_t kLongestNote = 500;
constexpr size_t kLongestSource = 100;

constexpr std::array<std::pair<ReformField, std::string_view>, 7> kFields = {{
    {ReformField::kSteering, "STEERING"},
    {ReformField::kInstitutions, "INSTITUTIONS"},
    {ReformField::kProcedures, "PROCEDURES"},
    {ReformField::kApparatus, "APPARATUS"},
    {ReformField::kCivilService, "CIVIL_SERVICE"},
    {ReformField::kPublicFinance, "PUBLIC_FINANCE"},
    {ReformField::kDigitalGovernment, "DIGITAL_GOVERNMENT"},
}};
constexpr std::array<std::pair<TaskQuality, std::string_view>, 3> kQualities = {{
    {TaskQuality::kGood, "GOOD"},
    {TaskQuality::kPassed, "PASSED"},
    {TaskQuality::kNotPassed, "NOT_PASSED"},
}};

template <class Table>
auto Find(const Table& table, std::string_view text)
    -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, name] : table) {
    if (name == text) return value;
  }
  return std::nullopt;
}

template <class Table, class T>
std::string_view NameIn(const Table& table, T wanted) {
  for (const auto& [value, name] : table) {
    if (value == wanted) return name;
  }
  return "";
}

bool IsCode(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '.' || c == '-';
         });
}

}  // namespace

std::optional<ReformField> ReformFieldFrom(std::string_view text) { return Find(kFields, text); }
std::string_view TextOf(ReformField field) { return NameIn(kFields, field); }
std::optional<TaskQuality> TaskQualityFrom(std::string_view text) { return Find(kQualities, text); }
std::string_view TextOf(TaskQuality quality) { return NameIn(kQualities, quality); }

Problems CheckTask(const Task& task, const std::vector<std::string>& sources, bool lead_is_within) {
  Problems problems;
  if (!IsCode(task.code)) {
    problems.push_back({"code", "TASK_CODE", "mã nhiệm vụ gồm 1 đến 20 ký tự A-Z a-z 0-9 . -",
                        "the code of a task has 1 to 20 of A-Z a-z 0-9 . -"});
  }
  if (task.title.empty() || platform::TextLength(task.title) > kLongestTitle) {
    problems.push_back({"title", "TEXT_LENGTH", "nội dung nhiệm vụ phải có 1 đến 500 ký tự",
                        "a title has 1 to 500 characters"});
  }
  if (!lead_is_within) {
    problems.push_back({"lead_unit", "LEAD_NOT_BELOW_ISSUER",
                        "đơn vị chủ trì phải là cơ quan ban hành kế hoạch hoặc đơn vị thuộc cơ "
                        "quan đó",
                        "the unit that leads is the plan's issuer or a unit below it"});
  }
  if (platform::TextLength(task.source_document) > kLongestSource ||
      std::find(sources.begin(), sources.end(), task.source_document) == sources.end()) {
    problems.push_back({"source_document", "SOURCE_NOT_NAMED",
                        "kế hoạch không nêu văn bản này là nguồn giao nhiệm vụ, chỉ tiêu",
                        "the plan does not name this document as the source of its targets"});
  }
  if (platform::TextLength(task.note) > kLongestNote) {
    problems.push_back({"note", "TEXT_LENGTH", "ghi chú dài quá 500 ký tự",
                        "the remark is longer than 500 characters"});
  }
  if (task.synthetic && task.note.empty()) {
    problems.push_back({"note", "SYNTHETIC_UNTOLD", "nhiệm vụ minh họa phải có ghi chú nói rõ",
                        "a task that is made up must say so in its note"});
  }
  return problems;
}

Replacement ReplacementOf(const Task& stored, const Task& said, bool launched) {
  const bool same = stored.title == said.title && stored.field == said.field &&
                    stored.lead_unit_id == said.lead_unit_id && stored.due == said.due &&
                    stored.source_document == said.source_document &&
                    stored.synthetic == said.synthetic && stored.note == said.note;
  if (same) return Replacement::kSame;
  return launched ? Replacement::kFixed : Replacement::kChange;
}

std::optional<absl::CivilDay> EarliestDone(const std::optional<absl::CivilDay>& movement_start,
                                           const std::optional<absl::CivilDay>& issue_date) {
  return movement_start ? movement_start : issue_date;
}

CompletionProblem CheckCompletion(const Task& task, const Completion& completion,
                                  const std::optional<absl::CivilDay>& earliest,
                                  absl::CivilDay today, bool at_issuer) {
  if (completion.done > today) return CompletionProblem::kNotYet;
  if (earliest && completion.done < *earliest) return CompletionProblem::kBeforeStart;
  if (at_issuer) return CompletionProblem::kNone;
  if (task.done) return CompletionProblem::kDoneAlready;
  return completion.quality ? CompletionProblem::kOwnGrade : CompletionProblem::kNone;
}

TaskState StateOf(const Task& task, absl::CivilDay today) {
  const bool late = task.due && task.done.value_or(today) > *task.due;
  if (task.done) return late ? TaskState::kDoneLate : TaskState::kDone;
  return late ? TaskState::kOverdue : TaskState::kOpen;
}

}  // namespace thidua::campaign::plans
