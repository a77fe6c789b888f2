#include "campaign/plans/rules_tasks.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace thidua::campaign::plans {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kSources = {"62/QĐ-UBND"};

Task Good() {
  Task task;
  task.code = "1.1";
  task.title = "Nhiệm vụ thử";
  task.lead_unit_id = "commune";
  task.due = CivilDay(2023, 6, 30);
  task.source_document = "62/QĐ-UBND";
  return task;
}

std::vector<std::string> Reasons(const Task& task, bool lead_is_within = true) {
  std::vector<std::string> reasons;
  for (const Problem& one : CheckTask(task, kSources, lead_is_within))
    reasons.push_back(one.field + ":" + one.reason);
  return reasons;
}

// shows: S4-02
TEST(CheckTask, R_TSK_01_ATaskComesFromASourceThatThePlanNames) {
  EXPECT_THAT(Reasons(Good()), IsEmpty());
  Task other = Good();
  other.source_document = "13/CT-UBND";
  EXPECT_THAT(Reasons(other), ElementsAre("source_document:SOURCE_NOT_NAMED"));
  other.source_document = "";
  EXPECT_THAT(Reasons(other), ElementsAre("source_document:SOURCE_NOT_NAMED"));
  EXPECT_THAT(Reasons(Good(), false), ElementsAre("lead_unit:LEAD_NOT_BELOW_ISSUER"));
}

TEST(CheckTask, R_TSK_01_Forms) {
  const struct {
    void (*change)(Task*);
    const char* reason;  // null: fine
  } kCases[] = {
      {[](Task* task) { task->code = ""; }, "code:TASK_CODE"},
      {[](Task* task) { task->code = "1 1"; }, "code:TASK_CODE"},
      {[](Task* task) { task->code = "Đ"; }, "code:TASK_CODE"},
      {[](Task* task) { task->code = std::string(21, '1'); }, "code:TASK_CODE"},
      {[](Task* task) { task->code = std::string(20, '1'); }, nullptr},
      {[](Task* task) { task->title = ""; }, "title:TEXT_LENGTH"},
      {[](Task* task) { task->title = std::string(501, 'x'); }, "title:TEXT_LENGTH"},
      {[](Task* task) { task->note = std::string(501, 'x'); }, "note:TEXT_LENGTH"},
      {[](Task* task) { task->due = std::nullopt; }, nullptr},
      {[](Task* task) { task->synthetic = true; }, "note:SYNTHETIC_UNTOLD"},
      {[](Task* task) {
         task->synthetic = true;
         task->note = "minh họa";
       },
       nullptr},
  };
  for (const auto& one : kCases) {
    Task task = Good();
    one.change(&task);
    if (one.reason == nullptr) {
      EXPECT_THAT(Reasons(task), IsEmpty()) << task.code << " " << task.note;
    } else {
      EXPECT_THAT(Reasons(task), ElementsAre(one.reason));
    }
  }
}

TEST(ReplacementOf, R_TSK_02_AFileChangesTasksUntilTheLaunch) {
  EXPECT_EQ(ReplacementOf(Good(), Good(), false), Replacement::kSame);
  EXPECT_EQ(ReplacementOf(Good(), Good(), true), Replacement::kSame);
  void (*const kChanges[])(Task*) = {
      [](Task* task) { task->title = "x"; },
      [](Task* task) { task->field = ReformField::kProcedures; },
      [](Task* task) { task->lead_unit_id = "x"; },
      [](Task* task) { task->due = std::nullopt; },
      [](Task* task) { task->source_document = "x"; },
      [](Task* task) { task->synthetic = true; },
      [](Task* task) { task->note = "x"; },
  };
  for (const auto change : kChanges) {
    Task said = Good();
    change(&said);
    EXPECT_EQ(ReplacementOf(Good(), said, false), Replacement::kChange);
    EXPECT_EQ(ReplacementOf(Good(), said, true), Replacement::kFixed);
  }
}

// shows: S4-06
TEST(CheckCompletion, R_TSK_03_WhoMaySayWhat) {
  const CivilDay first(2023, 1, 1), today(2023, 6, 12);
  Task done = Good();
  done.done = CivilDay(2023, 6, 1);
  const struct {
    const char* what;
    Task task;
    Completion completion;
    bool at_issuer;
    CompletionProblem problem;
  } kCases[] = {
      {"who leads it", Good(), {today, {}}, false, CompletionProblem::kNone},
      {"a day to come", Good(), {today + 1, {}}, false, CompletionProblem::kNotYet},
      {"a day to come, at the issuer", Good(), {today + 1, {}}, true, CompletionProblem::kNotYet},
      {"the first day", Good(), {first, {}}, false, CompletionProblem::kNone},
      {"before it began", Good(), {first - 1, {}}, false, CompletionProblem::kBeforeStart},
      {"before, at the issuer", Good(), {first - 1, {}}, true, CompletionProblem::kBeforeStart},
      {"a correction to before", done, {first - 1, {}}, true, CompletionProblem::kBeforeStart},
      {"one's own grade", Good(), {today, TaskQuality::kGood}, false, CompletionProblem::kOwnGrade},
      {"a grade", Good(), {today, TaskQuality::kGood}, true, CompletionProblem::kNone},
      {"once more", done, {today, {}}, false, CompletionProblem::kDoneAlready},
      {"a correction", done, {today, TaskQuality::kPassed}, true, CompletionProblem::kNone},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(CheckCompletion(one.task, one.completion, first, today, one.at_issuer), one.problem)
        << one.what;
  }
  const Completion long_ago{CivilDay(1900, 1, 1), {}};
  EXPECT_EQ(CheckCompletion(Good(), long_ago, std::nullopt, today, false), CompletionProblem::kNone)
      << "nobody knows when it began";
}

TEST(EarliestDone, R_TSK_03_TheMovementsStartElseTheDayOfIssue) {
  const CivilDay start(2023, 3, 1), issue(2023, 2, 20);
  EXPECT_EQ(EarliestDone(start, issue), start);
  EXPECT_EQ(EarliestDone(issue, start), issue) << "also of a plan issued after its start";
  EXPECT_EQ(EarliestDone(std::nullopt, issue), issue);
  EXPECT_EQ(EarliestDone(start, std::nullopt), start);
  EXPECT_EQ(EarliestDone(std::nullopt, std::nullopt), std::nullopt);
}

// shows: S4-06
TEST(StateOf, R_TSK_04_TheLastDayIsInTimeAndWithoutOneNothingIsLate) {
  const CivilDay due(2023, 6, 30);
  const auto state = [](std::optional<CivilDay> last, std::optional<CivilDay> done,
                        CivilDay today) {
    Task task = Good();
    task.due = last;
    task.done = done;
    return StateOf(task, today);
  };
  EXPECT_EQ(state(due, {}, due), TaskState::kOpen);
  EXPECT_EQ(state(due, {}, due + 1), TaskState::kOverdue);
  EXPECT_EQ(state(due, due, due + 90), TaskState::kDone);
  EXPECT_EQ(state(due, due + 1, due + 90), TaskState::kDoneLate);
  EXPECT_EQ(state({}, {}, due + 90), TaskState::kOpen);
  EXPECT_EQ(state({}, due + 80, due + 90), TaskState::kDone);
}

TEST(Texts, ComeBack) {
  for (const auto field :
       {ReformField::kSteering, ReformField::kInstitutions, ReformField::kProcedures,
        ReformField::kApparatus, ReformField::kCivilService, ReformField::kPublicFinance,
        ReformField::kDigitalGovernment}) {
    EXPECT_EQ(ReformFieldFrom(TextOf(field)), field);
  }
  for (const auto quality : {TaskQuality::kGood, TaskQuality::kPassed, TaskQuality::kNotPassed})
    EXPECT_EQ(TaskQualityFrom(TextOf(quality)), quality);
  EXPECT_EQ(ReformFieldFrom(""), std::nullopt);
  EXPECT_EQ(TaskQualityFrom(""), std::nullopt);
}

}  // namespace
}  // namespace thidua::campaign::plans
