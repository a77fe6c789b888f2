#include "campaign/records/convert.h"

#include "campaign/records/rules_reports.h"
#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"

namespace thidua::campaign::records {
namespace {

v1::ReportState ToProto(ReportState state) {
  switch (state) {
    case ReportState::kDue:
      return v1::REPORT_STATE_DUE;
    case ReportState::kOverdue:
      return v1::REPORT_STATE_OVERDUE;
    case ReportState::kFiledOnTime:
      return v1::REPORT_STATE_FILED_ON_TIME;
    case ReportState::kFiledLate:
      return v1::REPORT_STATE_FILED_LATE;
    case ReportState::kFiledWithoutDueDate:
      return v1::REPORT_STATE_FILED_WITHOUT_DUE_DATE;
  }
  return v1::REPORT_STATE_UNSPECIFIED;
}

std::string DateOrEmpty(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? platform::FormatDate(*day) : "";
}

}  // namespace

v1::PeriodicReport ToProto(const ReportRow& row, absl::CivilDay today) {
  v1::PeriodicReport out;
  out.set_name(platform::NameOf("periodicReports", row.report_id));
  out.set_plan(platform::NameOf("plans", row.plan_id));
  out.set_unit(platform::NameOf("units", row.unit_id));
  out.set_period(row.period);
  out.set_due_date(DateOrEmpty(row.due_date));
  out.set_filed_date(DateOrEmpty(row.filed_date));
  out.set_state(ToProto(StateOf(row.due_date, row.filed_date, today)));
  out.set_summary(row.summary);
  for (const std::string& file : row.files) out.add_files(file);
  out.set_filing_count(row.filing_count);
  out.set_etag(platform::EtagOf(row.row_version));
  return out;
}

v1::PeriodicReportRecorded ToEvent(const ReportRow& row) {
  v1::PeriodicReportRecorded out;
  out.set_record_id(row.report_id);
  out.set_plan_id(row.plan_id);
  out.set_unit_id(row.unit_id);
  out.set_period(row.period);
  out.set_due_date(DateOrEmpty(row.due_date));
  out.set_filed_date(DateOrEmpty(row.filed_date));
  return out;
}

}  // namespace thidua::campaign::records
