#include "campaign/plans/snapshot.h"

#include "campaign/plans/events.h"
#include "campaign/plans/service.h"
#include "campaign/plans/store_tasks.h"
#include "campaign/snapshot_event.h"
#include "platform/status_macros.h"

namespace thidua::campaign::plans {

feed::SnapshotSource LaunchSnapshot() {
  return [](db::Session& session,
            absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    constexpr int kBatch = 50;
    std::string after;
    while (true) {
      ASSIGN_OR_RETURN(std::vector<PlanRow> rows, ListPlans(session, {}, after, kBatch));
      const bool last = rows.size() < kBatch;
      for (PlanRow& row : rows) {
        after = row.id;
        if (!row.launch_date) continue;
        ASSIGN_OR_RETURN(const Record record, RecordOf(std::move(row)));
        ASSIGN_OR_RETURN(const std::vector<Participant> roster,
                         AllParticipants(session, record.row.id));
        ASSIGN_OR_RETURN(
            const common::v1::Event event,
            SnapshotEvent(*record.row.launch_date, "plan", record.row.id, record.row.row_version,
                          record.row.issuer_id, LaunchOf(record, roster)));
        RETURN_IF_ERROR(emit(event));
      }
      if (last) return absl::OkStatus();
    }
  };
}

feed::SnapshotSource TaskSnapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    platform::VisibleUnits all;
    all.all = true;
    TaskFilter filter;
    filter.limit = 500;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<Task> tasks, ListTasks(session, filter, all));
      for (const Task& task : tasks) {
        ASSIGN_OR_RETURN(const common::v1::Event event,
                         SnapshotEvent(clock.Today(), "plan_task", task.id, task.row_version,
                                       task.lead_unit_id, TaskRecordOf(task)));
        RETURN_IF_ERROR(emit(event));
      }
      if (static_cast<int>(tasks.size()) < filter.limit) return absl::OkStatus();
      filter.after = tasks.back().id;
    }
  };
}

}  // namespace thidua::campaign::plans
