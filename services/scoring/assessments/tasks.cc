#include "scoring/assessments/tasks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"
#include "platform/units/projection.h"
#include "scoring/assessments/store_tasks.h"
#include "scoring/assessments/view.h"

namespace thidua::scoring::assessments {
namespace {

using criteria::Leaf;
using criteria::Scheme;
using platform::Call;
using platform::VisibleUnits;

// Where the caller holds another permission than the call's own.
absl::StatusOr<VisibleUnits> VisibleWith(const Call& call, const std::string& permission) {
  Call::Context context = call.context();
  context.policy.set_permission(permission);
  return Call(std::move(context)).Visible();
}

// A task with what is shown of it.
struct Task {
  WaitingRow row;
  int waiting = 0;
  int total = 0;
  std::vector<std::string> fields;  // "" = not confined
  bool shown = false;
};

std::string KeyOf(const Task& task) {
  return absl::StrCat(static_cast<int>(task.row.kind), "|", task.row.id);
}

// Reads tasks in order of kind and id, and finds out how much of each waits for the caller.
class Reader {
 public:
  Reader(db::Session& session, const Call& call, std::string round_id, std::vector<TaskKind> kinds)
      : session_(session), call_(call), round_id_(std::move(round_id)), kinds_(std::move(kinds)) {}

  absl::StatusOr<std::vector<Task>> Read(const std::string& after, int limit) {
    std::vector<Task> tasks;
    for (const TaskKind kind : kinds_) {
      const std::string own = absl::StrCat(static_cast<int>(kind), "|");
      if (!after.empty() && after.substr(0, own.size()) > own) continue;
      TaskStore::Filter filter;
      filter.kind = kind;
      ASSIGN_OR_RETURN(filter.visible, Held(kind));
      filter.actor = call_.principal().subject;
      filter.round_id = round_id_;
      filter.today = call_.business_today();
      if (after.compare(0, own.size(), own) == 0) filter.after_id = after.substr(own.size());
      filter.limit = limit - static_cast<int>(tasks.size());
      ASSIGN_OR_RETURN(std::vector<WaitingRow> rows, TaskStore::List(session_, filter));
      RETURN_IF_ERROR(Judge(filter.visible, std::move(rows), tasks));
      if (tasks.size() >= static_cast<size_t>(limit)) break;
    }
    return tasks;
  }

 private:
  absl::StatusOr<VisibleUnits> Held(TaskKind kind) {
    const std::string permission = PermissionOf(kind);
    const auto found = held_.find(permission);
    if (found != held_.end()) return found->second;
    ASSIGN_OR_RETURN(VisibleUnits units, VisibleWith(call_, permission));
    return held_.emplace(permission, std::move(units)).first->second;
  }

  absl::StatusOr<const Scheme*> SchemeWith(const std::string& criteria_set_id) {
    auto found = schemes_.find(criteria_set_id);
    if (found == schemes_.end()) {
      ASSIGN_OR_RETURN(Scheme scheme, SchemeOf(session_, criteria_set_id));
      found = schemes_.emplace(criteria_set_id, std::move(scheme)).first;
    }
    return &found->second;
  }

  absl::Status Judge(const VisibleUnits& held, std::vector<WaitingRow> rows,
                     std::vector<Task>& tasks) {
    std::vector<std::string> ids;
    std::set<std::string> rounds;
    for (const WaitingRow& row : rows) {
      ids.push_back(row.id);
      rounds.insert(row.round_id);
    }
    ASSIGN_OR_RETURN(const auto given, TaskStore::Given(session_, ids));
    ASSIGN_OR_RETURN(const auto leads, TaskStore::Leads(session_, {rounds.begin(), rounds.end()}));
    for (WaitingRow& row : rows) {
      ASSIGN_OR_RETURN(const Scheme* scheme, SchemeWith(row.criteria_set_id));
      const auto scores = given.find(row.id);
      const auto led = leads.find(row.round_id);
      Task& task = tasks.emplace_back();
      task.row = std::move(row);
      Fill(held, *scheme, scores == given.end() ? GivenRows{} : scores->second,
           led == leads.end() ? std::vector<FieldLead>{} : led->second, task);
    }
    return absl::OkStatus();
  }

  void Fill(const VisibleUnits& held, const Scheme& scheme, const GivenRows& given,
            const std::vector<FieldLead>& leads, Task& task) const {
    const WaitingRow& row = task.row;
    const bool judged =
        row.kind == TaskKind::kAppraise || row.kind == TaskKind::kAnswer;  // field by field
    std::set<std::string> mine;
    std::set<std::string> others;
    for (const Leaf& leaf : scheme.leaves()) {
      bool may = !judged;
      if (judged) {
        for (const std::string& unit :
             JudgingUnits(leads, leaf.field_code, row.unit_id, row.organiser_id)) {
          may = may || held.Contains(unit);
        }
      }
      (may ? mine : others).insert(leaf.field_code);
    }
    task.total = static_cast<int>(scheme.leaves().size());
    const auto waiting = [&](const std::function<bool(const Leaf&)>& which) {
      return WaitingLeaves(row.kind, scheme, given.scores, given.explained, which);
    };
    task.waiting = waiting([&](const Leaf& leaf) {
      return mine.count(leaf.field_code) > 0 &&
             (row.kind != TaskKind::kAnswer ||
              MayAnswer(AppraisersOf(given, leaf.code), call_.principal().subject));
    });
    if (!others.empty()) task.fields.assign(mine.begin(), mine.end());
    const bool whole = held.Contains(row.unit_id);
    switch (row.kind) {
      case TaskKind::kSelfScore:
        task.shown = true;
        break;
      case TaskKind::kAppraise:
      case TaskKind::kAnswer:
        // Who may end it waits for the others too, but not for what nobody has begun.
        task.shown = task.waiting > 0 || (whole && waiting([](const Leaf&) { return true; }) == 0);
        break;
      case TaskKind::kExplain:
        // Also when all is written, for then it has to be handed in.
        task.shown = task.waiting > 0 || !given.explained.empty();
        break;
      case TaskKind::kFinalise:
        task.shown =
            row.state == State::kReappraised ||
            !WaitsForExplanation(row.windows, ExplainableOf(scheme, given), call_.business_today());
        break;
    }
  }

  static int ExplainableOf(const Scheme& scheme, const GivenRows& given) {
    return static_cast<int>(std::count_if(
        scheme.leaves().begin(), scheme.leaves().end(),
        [&](const Leaf& leaf) { return Explainable(leaf, NewestOf(leaf.code, given.scores)); }));
  }

  static std::vector<std::string> AppraisersOf(const GivenRows& given,
                                               const std::string& criterion) {
    std::vector<std::string> actors;
    for (size_t i = 0; i < given.scores.size(); ++i) {
      if (given.scores[i].layer == Layer::kAppraised && given.scores[i].criterion == criterion) {
        actors.push_back(given.actors[i]);
      }
    }
    return actors;
  }

  db::Session& session_;
  const Call& call_;
  const std::string round_id_;
  const std::vector<TaskKind> kinds_;
  std::map<std::string, VisibleUnits> held_;
  std::map<std::string, Scheme> schemes_;
};

// due_date, days_left and overdue of a task or a missing submission.
template <class Message>
void SetDue(std::optional<absl::CivilDay> due, absl::CivilDay today, Message& out) {
  if (!due.has_value()) return;
  out.set_due_date(platform::FormatDate(*due));
  out.set_days_left(static_cast<int32_t>(*due - today));
  out.set_overdue(*due < today);
}

absl::StatusOr<std::string> NameOn(db::Session& session, const std::string& unit_id,
                                   absl::CivilDay day) {
  ASSIGN_OR_RETURN(const units::Unit unit, units::Projection::Get(session, unit_id, day));
  return unit.name;
}

}  // namespace

absl::Status ListTasks(db::Session& session, const Call& call,
                       const v1::ListAssessmentTasksRequest& request,
                       v1::ListAssessmentTasksResponse& answer) {
  const std::string scope =
      absl::StrCat("assessmentTasks|", request.round(), "|", static_cast<int>(request.kind()));
  ASSIGN_OR_RETURN(const platform::Page page,
                   platform::ReadPage(request.page_size(), request.page_token(), scope));
  std::string round_id;
  if (!request.round().empty()) {
    ASSIGN_OR_RETURN(round_id, platform::IdFromName(request.round(), "assessmentRounds", "round"));
  }
  std::vector<TaskKind> kinds;
  for (const TaskKind kind : kTaskKinds) {
    const bool asked = request.kind() == v1::ASSESSMENT_TASK_KIND_UNSPECIFIED ||
                       static_cast<int>(request.kind()) == static_cast<int>(kind);
    if (asked) kinds.push_back(kind);
  }
  Reader reader(session, call, round_id, std::move(kinds));
  ASSIGN_OR_RETURN(
      std::vector<Task> tasks,
      platform::ReadShown(
          page, [&](const std::string& after, int limit) { return reader.Read(after, limit); },
          KeyOf, [](const Task& task) -> absl::StatusOr<bool> { return task.shown; }));
  answer.set_next_page_token(page.Cut(tasks, KeyOf));
  for (const Task& task : tasks) {
    const WaitingRow& row = task.row;
    v1::AssessmentTask& out = *answer.add_tasks();
    out.set_kind(static_cast<v1::AssessmentTaskKind>(row.kind));
    out.set_assessment(platform::NameOf("assessments", row.id));
    out.set_round(platform::NameOf("assessmentRounds", row.round_id));
    out.set_round_title(row.round_title);
    out.set_unit(platform::NameOf("units", row.unit_id));
    ASSIGN_OR_RETURN(*out.mutable_unit_name(), NameOn(session, row.unit_id, row.period_end));
    SetDue(DueDay(row.kind, row.windows, row.returned), call.business_today(), out);
    out.set_criteria_waiting(task.waiting);
    out.set_criteria_total(task.total);
    for (const std::string& field : task.fields) out.add_fields(field);
  }
  return absl::OkStatus();
}

absl::Status ListMissing(db::Session& session, const Call& call, const RoundRow& round,
                         const v1::ListMissingSubmissionsRequest& request,
                         v1::ListMissingSubmissionsResponse& answer) {
  ASSIGN_OR_RETURN(const platform::Page page,
                   platform::ReadPage(request.page_size(), request.page_token(),
                                      absl::StrCat("missingSubmissions|", round.id)));
  ASSIGN_OR_RETURN(std::vector<WaitingRow> rows,
                   TaskStore::ListMissing(session, round.id, page.after, page.size + 1));
  answer.set_next_page_token(page.Cut(rows, &WaitingRow::id));
  for (const WaitingRow& row : rows) {
    v1::MissingSubmission& out = *answer.add_submissions();
    out.set_assessment(platform::NameOf("assessments", row.id));
    out.set_unit(platform::NameOf("units", row.unit_id));
    ASSIGN_OR_RETURN(*out.mutable_unit_name(), NameOn(session, row.unit_id, row.period_end));
    SetDue(DueDay(TaskKind::kSelfScore, row.windows, row.returned), call.business_today(), out);
    out.set_returned(row.returned);
  }
  ASSIGN_OR_RETURN(const Filed filed, TaskStore::CountFiled(session, round.id));
  answer.set_units_total(filed.units);
  answer.set_missing_total(filed.missing);
  return absl::OkStatus();
}

}  // namespace thidua::scoring::assessments
