#include "campaign/records/service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "campaign/plans/rules_lifecycle.h"
#include "campaign/records/convert.h"
#include "campaign/records/rules_reports.h"
#include "campaign/records/store.h"
#include "campaign/requests/fields.h"
#include "platform/clock.h"
#include "platform/db/write.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/files/store.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/paging.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {
namespace {

using platform::Call;

constexpr size_t kLongestSummary = 10000;
constexpr size_t kLongestReason = 500;
constexpr int kMostFiles = 20;

absl::StatusOr<ReportPeriod> ReadPeriod(const std::string& text) {
  const std::optional<ReportPeriod> period = PeriodFrom(text);
  if (period.has_value()) return *period;
  return platform::InvalidField("period", "PERIOD_MALFORMED",
                                {"kỳ báo cáo phải có dạng 2023, 2023-H1, 2023-Q1 hoặc 2023-01",
                                 "a period is 2023, 2023-H1, 2023-Q1 or 2023-01"});
}

absl::StatusOr<std::optional<absl::CivilDay>> ReadDueDate(const std::string& text) {
  if (text.empty()) return std::optional<absl::CivilDay>();
  ASSIGN_OR_RETURN(const absl::CivilDay day, platform::ParseDate(text, "due_date"));
  return std::optional<absl::CivilDay>(day);
}

absl::Status PlanNotFound() {
  return platform::NotFound("PLAN_NOT_FOUND", {"không có kế hoạch này", "there is no such plan"});
}

// The launched plan, locked, with the right at its issuer asked for.
absl::StatusOr<PlanFacts> OpenPlan(db::Tx& tx, const Call& call, const std::string& plan_id) {
  ASSIGN_OR_RETURN(const std::optional<PlanFacts> plan, LockPlan(tx, plan_id));
  if (!plan.has_value()) return platform::NotFoundFor(call, PlanNotFound());
  RETURN_IF_ERROR(call.Require(plan->issuer_id));
  const std::optional<plans::State> state = plans::StateFrom(plan->state);
  if (state == plans::State::kLaunched) return *plan;
  return platform::FailedPrecondition(
      "PLAN_NOT_LAUNCHED",
      {"kế hoạch phải đã phát động và chưa kết thúc; hiện đang ở trạng thái “" +
           std::string(state.has_value() ? plans::StateNameVi(*state) : plan->state) + "”",
       "the plan must be launched; it is " + plan->state},
      {{"state", plan->state}});
}

absl::Status AppendReport(db::Tx& tx, const Call& call, const ReportRow& row,
                          const ReportRow* before, const std::string& reason) {
  const v1::PeriodicReportRecorded payload = ToEvent(row);
  const v1::PeriodicReportRecorded earlier =
      before == nullptr ? v1::PeriodicReportRecorded() : ToEvent(*before);
  feed::Draft draft{.aggregate_type = "periodic_report", .aggregate_id = row.report_id};
  draft.aggregate_version = row.row_version;
  draft.unit_id = row.unit_id;
  draft.payload = &payload;
  if (before != nullptr) draft.before = &earlier;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

// The units named, each one of the roster; the whole roster when none is named.
absl::StatusOr<std::vector<std::string>> ChosenUnits(db::Tx& tx,
                                                     const v1::OpenReportPeriodRequest& request,
                                                     const std::string& plan_id) {
  ASSIGN_OR_RETURN(std::vector<std::string> roster, Roster(tx, plan_id));
  if (request.units().empty()) return roster;
  std::vector<std::string> chosen;
  for (int i = 0; i < request.units_size(); ++i) {
    const std::string field = "units[" + std::to_string(i) + "]";
    ASSIGN_OR_RETURN(std::string id, platform::IdFromName(request.units(i), "units", field));
    if (!std::binary_search(roster.begin(), roster.end(), id)) {
      return platform::InvalidField(
          field, "UNIT_NOT_IN_ROSTER",
          {"đơn vị không tham gia phong trào", "the unit takes no part in the movement"});
    }
    if (std::find(chosen.begin(), chosen.end(), id) != chosen.end()) {
      return platform::InvalidField(field, "UNIT_REPEATED",
                                    {"đơn vị lặp lại", "the unit is named twice"});
    }
    chosen.push_back(std::move(id));
  }
  return chosen;
}

absl::Status CheckFiling(const v1::FileReportRequest& request) {
  Fields fields;
  if (request.summary().empty() && request.files().empty()) {
    fields.Refuse("summary", "REPORT_EMPTY",
                  {"báo cáo phải có nội dung hoặc tệp", "a report needs words or files"});
  }
  fields.Text(request.summary(), 0, kLongestSummary, "summary");
  if (request.files_size() > kMostFiles) {
    fields.Refuse("files", "FIELD_LENGTH", {"nhiều nhất 20 tệp", "at most 20 files"});
  }
  return fields.status();
}

// Who files first has seen nothing that could be lost; who files again says what they have seen.
absl::Status CheckFilingEtag(const std::string& etag, const ReportRow& row) {
  if (etag.empty() && row.filing_count == 0) return absl::OkStatus();
  return platform::CheckEtag(etag, row.row_version);
}

absl::Status ReportNotFound() {
  return platform::NotFound("REPORT_NOT_FOUND",
                            {"không có báo cáo này", "there is no such report"});
}

}  // namespace

RecordService::RecordService(platform::Admission& admission, db::Pool& pool,
                             directory::DirectoryTree& tree)
    : runner_(admission, v1::RecordService::service_full_name()), pool_(pool), tree_(tree) {}

RecordService::Reactor* RecordService::OpenReportPeriod(Ctx* context,
                                                        const v1::OpenReportPeriodRequest* request,
                                                        v1::OpenReportPeriodResponse* response) {
  return runner_.Unary(
      "OpenReportPeriod", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string plan_id,
                         platform::IdFromName(req.plan(), "plans", "plan"));
        ASSIGN_OR_RETURN(const ReportPeriod period, ReadPeriod(req.period()));
        ASSIGN_OR_RETURN(const std::optional<absl::CivilDay> due, ReadDueDate(req.due_date()));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const PlanFacts plan, OpenPlan(tx, call, plan_id));
          if (!Belongs(period, plan.start_date, plan.end_date)) {
            return platform::InvalidField(
                "period", "PERIOD_OUTSIDE_MOVEMENT",
                {"kỳ báo cáo nằm ngoài thời gian thi đua", "the period lies outside the movement"});
          }
          ASSIGN_OR_RETURN(const std::vector<std::string> units, ChosenUnits(tx, req, plan_id));
          for (const std::string& unit : units) {
            ReportRow row;
            row.report_id = platform::NewId(call.machine_now());
            row.plan_id = plan_id;
            row.unit_id = unit;
            row.period = req.period();
            row.due_date = due;
            const absl::Status inserted = InsertReport(tx, row, call.machine_now());
            if (platform::ReasonOf(inserted) == "DUPLICATE_KEY") {
              return platform::AlreadyExists(
                  "PERIOD_OPEN",
                  {"kỳ báo cáo này đã mở cho đơn vị", "the unit already owes this report"},
                  {{"unit", platform::NameOf("units", unit)}, {"period", req.period()}});
            }
            RETURN_IF_ERROR(inserted);
            RETURN_IF_ERROR(AppendReport(tx, call, row, nullptr, ""));
            *res.add_reports() = ToProto(row, call.business_today());
          }
          return absl::OkStatus();
        });
      });
}

RecordService::Reactor* RecordService::SetReportDueDate(Ctx* context,
                                                        const v1::SetReportDueDateRequest* request,
                                                        v1::SetReportDueDateResponse* response) {
  return runner_.Unary("SetReportDueDate", context, request, response,
                       [this](const Call& call, const auto& req, auto& res) -> absl::Status {
                         ASSIGN_OR_RETURN(const std::string plan_id,
                                          platform::IdFromName(req.plan(), "plans", "plan"));
                         RETURN_IF_ERROR(ReadPeriod(req.period()).status());
                         ASSIGN_OR_RETURN(const absl::CivilDay due,
                                          platform::ParseDate(req.due_date(), "due_date"));
                         Fields fields;
                         fields.Text(req.reason(), 1, kLongestReason, "reason");
                         RETURN_IF_ERROR(fields.status());
                         return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
                           RETURN_IF_ERROR(OpenPlan(tx, call, plan_id).status());
                           ASSIGN_OR_RETURN(std::vector<ReportRow> rows,
                                            LockDatableReports(tx, plan_id, req.period()));
                           if (rows.empty()) {
                             return platform::FailedPrecondition(
                                 "NO_OPEN_REPORT", {"không có báo cáo nào của kỳ này còn chưa nộp "
                                                    "hoặc đã nộp mà chưa có hạn",
                                                    "no report of this period is still to be filed "
                                                    "or was filed without a due date"});
                           }
                           for (ReportRow& row : rows) {
                             const ReportRow before = row;
                             row.due_date = due;
                             ++row.row_version;
                             RETURN_IF_ERROR(UpdateReport(tx, row, call.machine_now()));
                             RETURN_IF_ERROR(AppendReport(tx, call, row, &before, req.reason()));
                             *res.add_reports() = ToProto(row, call.business_today());
                           }
                           return absl::OkStatus();
                         });
                       });
}

RecordService::Reactor* RecordService::GetPeriodicReport(
    Ctx* context, const v1::GetPeriodicReportRequest* request, v1::PeriodicReport* response) {
  return runner_.Unary(
      "GetPeriodicReport", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "periodicReports", "name"));
        std::optional<ReportRow> row;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(row, FindReport(session, id));
          return absl::OkStatus();
        }));
        if (!row.has_value()) return platform::NotFoundFor(call, ReportNotFound());
        RETURN_IF_ERROR(call.Require(row->unit_id));
        res = ToProto(*row, call.business_today());
        return absl::OkStatus();
      });
}

RecordService::Reactor* RecordService::ListPeriodicReports(
    Ctx* context, const v1::ListPeriodicReportsRequest* request,
    v1::ListPeriodicReportsResponse* response) {
  return runner_.Unary(
      "ListPeriodicReports", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
        ReportFilter filter;
        if (!req.plan().empty()) {
          ASSIGN_OR_RETURN(filter.plan_id, platform::IdFromName(req.plan(), "plans", "plan"));
        }
        if (!req.unit().empty()) {
          ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(req.unit(), "units", "unit"));
        }
        filter.period = req.period();
        if (req.filing() == v1::FILING_FILTER_FILED) filter.filed = true;
        if (req.filing() == v1::FILING_FILTER_NOT_FILED) filter.filed = false;
        const std::string scope = "periodicReports|" + req.plan() + "|" + req.unit() + "|" +
                                  req.period() + "|" + std::to_string(req.filing());
        ASSIGN_OR_RETURN(const platform::Page page,
                         platform::ReadPage(req.page_size(), req.page_token(), scope));
        filter.after = page.after;
        filter.limit = page.size + 1;
        std::vector<ReportRow> rows;
        RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
          ASSIGN_OR_RETURN(rows, ListReports(session, filter, visible));
          return absl::OkStatus();
        }));
        res.set_next_page_token(page.Cut(rows, &ReportRow::report_id));
        for (const ReportRow& row : rows) *res.add_reports() = ToProto(row, call.business_today());
        return absl::OkStatus();
      });
}

RecordService::Reactor* RecordService::FileReport(Ctx* context,
                                                  const v1::FileReportRequest* request,
                                                  v1::PeriodicReport* response) {
  return runner_.Unary(
      "FileReport", context, request, response,
      [this](const Call& call, const auto& req, auto& res) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string id,
                         platform::IdFromName(req.name(), "periodicReports", "name"));
        RETURN_IF_ERROR(CheckFiling(req));
        return db::Write(pool_, call, req, res, [&](db::Tx& tx) -> absl::Status {
          ASSIGN_OR_RETURN(std::optional<ReportRow> row, LockReport(tx, id));
          if (!row.has_value()) return platform::NotFoundFor(call, ReportNotFound());
          RETURN_IF_ERROR(call.Require(row->unit_id));
          RETURN_IF_ERROR(CheckFilingEtag(req.etag(), *row));
          const ReportRow before = *row;
          row->files.clear();
          for (int i = 0; i < req.files_size(); ++i) {
            RETURN_IF_ERROR(files::RequireComplete(tx, req.files(i), row->unit_id,
                                                   "files[" + std::to_string(i) + "]")
                                .status());
            row->files.push_back(req.files(i));
          }
          row->summary = req.summary();
          if (!row->filed_date.has_value()) row->filed_date = call.business_today();
          ++row->filing_count;
          ++row->row_version;
          RETURN_IF_ERROR(UpdateReport(tx, *row, call.machine_now()));
          RETURN_IF_ERROR(AppendReport(tx, call, *row, &before, ""));
          res = ToProto(*row, call.business_today());
          return absl::OkStatus();
        });
      });
}

}  // namespace thidua::campaign::records
