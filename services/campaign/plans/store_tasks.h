// All SQL of tasks of plans.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "campaign/plans/rules_tasks.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::plans {

// Without a lock: a task never changes its plan.
absl::StatusOr<std::optional<std::string>> PlanOfTask(db::Session& session, const std::string& id);
// After the plan is locked.
absl::StatusOr<std::optional<Task>> LockTask(db::Tx& tx, const std::string& id);
// Every task of a plan.
absl::StatusOr<std::vector<Task>> TasksOf(db::Session& session, const std::string& plan_id);
// row_version becomes 1.
absl::Status InsertTask(db::Tx& tx, const Task& task, absl::Time now);
// row_version becomes task.row_version + 1.
absl::Status ReplaceTask(db::Tx& tx, const Task& task, absl::Time now);

// What is empty does not filter.
struct TaskFilter {
  std::string plan_id;
  std::string lead_unit_id;
  std::string after;
  int limit = 0;
};
// By id: those of plans that visible units issued and, once launched, those that visible units
// lead.
absl::StatusOr<std::vector<Task>> ListTasks(db::Session& session, const TaskFilter& filter,
                                            const platform::VisibleUnits& visible);

}  // namespace thidua::campaign::plans
