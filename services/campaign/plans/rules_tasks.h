// Tasks of plans: what the document that sets them asks, of whom and until when, and what was done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/rules_problem.h"

namespace thidua::campaign::plans {

// The seven fields of administrative reform.
enum class ReformField {
  kSteering,
  kInstitutions,
  kProcedures,
  kApparatus,
  kCivilService,
  kPublicFinance,
  kDigitalGovernment
};
std::optional<ReformField> ReformFieldFrom(std::string_view text);
std::string_view TextOf(ReformField field);

enum class TaskQuality { kGood, kPassed, kNotPassed };
std::optional<TaskQuality> TaskQualityFrom(std::string_view text);
std::string_view TextOf(TaskQuality quality);

struct Task {
  std::string id;
  std::string plan_id;
  std::string code;
  std::string title;
  ReformField field = ReformField::kSteering;
  std::string lead_unit_id;
  std::optional<absl::CivilDay> due;
  std::string source_document;
  bool synthetic = false;
  std::string note;
  std::optional<absl::CivilDay> done;
  std::optional<TaskQuality> quality;
  std::string evidence_note;
  int64_t row_version = 0;
};

// R-TSK-01 A task has a code and a title, comes from a document that the plan names as the source
// of its targets, is led by the plan's issuer or a unit below it, and when it is made up it says so
// in its note. `sources`: numbers of those documents.
Problems CheckTask(const Task& task, const std::vector<std::string>& sources, bool lead_is_within);

// R-TSK-02 What a file may say of a task that the plan has: the same, or before the launch
// something else. Once the movement runs, those who lead tasks rely on them.
enum class Replacement { kSame, kChange, kFixed };
Replacement ReplacementOf(const Task& stored, const Task& said, bool launched);

// R-TSK-03 Done is done on a day that has come and not before the movement began, or before the day
// of issue where nobody knows when it began; nobody grades their own work, and what was said is
// changed only where the plan is made. `earliest`: no limit when it is not known. `at_issuer`: the
// caller may write there.
struct Completion {
  absl::CivilDay done;
  std::optional<TaskQuality> quality;
};
enum class CompletionProblem { kNone, kNotYet, kBeforeStart, kDoneAlready, kOwnGrade };
std::optional<absl::CivilDay> EarliestDone(const std::optional<absl::CivilDay>& movement_start,
                                           const std::optional<absl::CivilDay>& issue_date);
CompletionProblem CheckCompletion(const Task& task, const Completion& completion,
                                  const std::optional<absl::CivilDay>& earliest,
                                  absl::CivilDay today, bool at_issuer);

// R-TSK-04 Without a last day nothing is late; the last day itself is in time.
enum class TaskState { kOpen, kOverdue, kDone, kDoneLate };
TaskState StateOf(const Task& task, absl::CivilDay today);

}  // namespace thidua::campaign::plans
