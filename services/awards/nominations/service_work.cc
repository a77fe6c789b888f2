// What waits for somebody.
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awards/nominations/convert.h"
#include "awards/nominations/service.h"
#include "awards/nominations/store_work.h"
#include "awards/people.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::awards::nominations {
namespace {

std::optional<Work> WorkOf(const WorkRow& row, absl::CivilDay today) {
  return nominations::WorkOf(row.nomination.StateOn(today), !row.ballot_id.empty(),
                             !row.decision_id.empty());
}

v1::PendingWorkKind KindOf(Work work) {
  return static_cast<v1::PendingWorkKind>(static_cast<int>(work) + 1);
}

void SetWork(const WorkRow& row, Work work, absl::CivilDay today, v1::PendingWork* to) {
  const NominationRow& nomination = row.nomination;
  v1::Nomination shown;
  ToProto(nomination, today, &shown);
  to->set_kind(KindOf(work));
  to->set_nomination(shown.name());
  to->set_plan(shown.plan());
  to->set_unit(shown.unit());
  to->set_subject(shown.subject());
  to->set_person(shown.person());
  to->set_state(shown.state());
  to->set_state_date(shown.state_date());
  if (const auto due = nomination.open_until(); due && DueByDeadline(work)) {
    to->set_due_date(platform::FormatDate(*due));
    to->set_days_left(static_cast<int32_t>(*due - today));
  }
  if (work == Work::kVotes) to->set_ballot(platform::NameOf("ballots", row.ballot_id));
  if (work == Work::kIssue) to->set_decision(platform::NameOf("decisions", row.decision_id));
}

}  // namespace

grpc::ServerUnaryReactor* Service::ListPendingWork(grpc::CallbackServerContext* context,
                                                   const v1::ListPendingWorkRequest* request,
                                                   v1::ListPendingWorkResponse* response) {
  return runner_.Unary(
      "ListPendingWork", context, request, response,
      [this](const platform::Call& call, const v1::ListPendingWorkRequest& req,
             v1::ListPendingWorkResponse& res) -> absl::Status {
        const std::string scope =
            absl::StrCat("pending_work|", req.plan(), "|", static_cast<int>(req.kind()));
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        std::string plan_id;
        if (!req.plan().empty()) {
          ASSIGN_OR_RETURN(plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
        }
        if (!v1::PendingWorkKind_IsValid(req.kind())) {
          return platform::InvalidField("kind", "KIND_UNKNOWN",
                                        {"Loại việc không tồn tại.", "There is no such kind."});
        }
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        const absl::CivilDay today = call.business_today();
        RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<WorkRow> rows,
                           platform::ReadShown(
                               page,
                               [&](const std::string& after, int limit) {
                                 return ReadWork(session, visible, plan_id, after, limit);
                               },
                               [](const WorkRow& row) { return row.nomination.id; },
                               [&](const WorkRow& row) -> absl::StatusOr<bool> {
                                 const std::optional<Work> work = WorkOf(row, today);
                                 if (!work) return false;
                                 return req.kind() == v1::PENDING_WORK_KIND_UNSPECIFIED ||
                                        KindOf(*work) == req.kind();
                               }));
          res.set_next_page_token(
              page.Cut(rows, [](const WorkRow& row) { return row.nomination.id; }));
          for (const WorkRow& row : rows) {
            SetWork(row, *WorkOf(row, today), today, res.add_work());
          }
          return absl::OkStatus();
        }));
        return TellShown(pool_, call, "ListPendingWork", req, PeopleIn(res));
      });
}

}  // namespace thidua::awards::nominations
