// Who has not filed, and the yearly report on a movement.
#include <optional>
#include <utility>
#include <vector>

#include "campaign/plans/reading.h"
#include "campaign/records/compile_movement.h"
#include "campaign/records/render_movement.h"
#include "campaign/records/rules_reports.h"
#include "campaign/records/service.h"
#include "campaign/records/store_movement.h"
#include "campaign/requests/due_order.h"
#include "campaign/rules_due.h"
#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {

using platform::Call;

RecordService::Reactor* RecordService::ListMissingReports(
    Ctx* context, const v1::ListMissingReportsRequest* request,
    v1::ListMissingReportsResponse* response) {
  return runner_.Unary(
      "ListMissingReports", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const plans::Record plan,
                         plans::ReadForKeeper(pool_, call, req.plan(), "plan"));
        if (!req.period().empty() && !PeriodFrom(req.period())) {
          return platform::InvalidField("period", "PERIOD_MALFORMED",
                                        {"kỳ báo cáo phải có dạng 2023, 2023-H1, 2023-Q1 hoặc "
                                         "2023-01",
                                         "a period is 2023, 2023-H1, 2023-Q1 or 2023-01"});
        }
        const absl::CivilDay today = call.business_today();
        const std::string scope = "missingReports|" + req.plan() + "|" + req.period() + "|" +
                                  (req.overdue_only() ? "overdue" : "");
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        MissingFilter filter;
        filter.plan_id = plan.row.id;
        filter.period = req.period();
        if (req.overdue_only()) filter.overdue_on = today;
        ASSIGN_OR_RETURN(filter.after, DueKeyFrom(page.after));
        filter.limit = page.size + 1;
        return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          res.Clear();
          ASSIGN_OR_RETURN(std::vector<Missing> rows, ListMissing(session, filter));
          res.set_next_page_token(page.Cut(rows, [](const Missing& one) {
            return TextOf(DueKey{one.due, one.report_id});
          }));
          for (const Missing& one : rows) {
            v1::MissingReport* out = res.add_reports();
            out->set_report(platform::NameOf("periodicReports", one.report_id));
            out->set_unit(platform::NameOf("units", one.unit_id));
            out->set_unit_name(one.unit_name);
            out->set_period(one.period);
            if (one.due) out->set_due_date(platform::FormatDate(*one.due));
            out->set_days_left(DaysLeft(one.due, today));
            out->set_overdue(IsPast(one.due, today));
          }
          ASSIGN_OR_RETURN(const MissingCounts counts,
                           CountMissing(session, plan.row.id, req.period(), today));
          res.set_owed_count(counts.owed);
          res.set_missing_count(counts.missing);
          res.set_overdue_count(counts.overdue);
          return absl::OkStatus();
        });
      });
}

absl::StatusOr<v1::MovementReport> RecordService::Compile(const Call& call,
                                                          const std::string& plan_name, int year) {
  ASSIGN_OR_RETURN(const plans::Record plan, plans::ReadForKeeper(pool_, call, plan_name, "plan"));
  ASSIGN_OR_RETURN(const std::shared_ptr<const directory::Tree> tree,
                   tree_.Current(call.deadline()));
  v1::MovementReport report;
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(report, CompileReport(session, *tree, plan, year, call.business_today()));
    return absl::OkStatus();
  }));
  return report;
}

RecordService::Reactor* RecordService::CompileMovementReport(
    Ctx* context, const v1::CompileMovementReportRequest* request, v1::MovementReport* response) {
  return runner_.Unary("CompileMovementReport", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(res, Compile(call, req.plan(), req.year()));
                         return absl::OkStatus();
                       });
}

RecordService::Reactor* RecordService::ExportMovementReport(
    Ctx* context, const v1::ExportMovementReportRequest* request, google::api::HttpBody* response) {
  return runner_.Unary(
      "ExportMovementReport", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const v1::MovementReport report, Compile(call, req.plan(), req.year()));
        const bool csv = req.format() == v1::MOVEMENT_REPORT_FORMAT_CSV;
        res.set_content_type(csv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8");
        res.set_data(csv ? RenderCsv(report) : RenderHtml(report));
        return absl::OkStatus();
      });
}

}  // namespace thidua::campaign::records
