#include "campaign/issues/snapshot.h"

#include <optional>

#include "campaign/issues/convert.h"
#include "campaign/issues/store.h"
#include "campaign/snapshot_event.h"
#include "platform/status_macros.h"

namespace thidua::campaign::issues {

feed::SnapshotSource IssueSnapshot(const platform::BusinessClock& clock) {
  return [&clock](db::Session& session,
                  absl::FunctionRef<absl::Status(const common::v1::Event&)> emit) -> absl::Status {
    platform::VisibleUnits all;
    all.all = true;
    IssueFilter filter;
    filter.limit = 500;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<Issue> page, ListIssues(session, filter, all));
      for (const Issue& row : page) {
        ASSIGN_OR_RETURN(const std::optional<Issue> issue, FindIssue(session, row.id));
        if (!issue) continue;
        ASSIGN_OR_RETURN(const common::v1::Event event,
                         SnapshotEvent(clock.Today(), "plan_issue", issue->id, issue->row_version,
                                       issue->unit_id, ToEvent(*issue)));
        RETURN_IF_ERROR(emit(event));
      }
      if (static_cast<int>(page.size()) < filter.limit) return absl::OkStatus();
      filter.after = page.back().id;
    }
  };
}

}  // namespace thidua::campaign::issues
