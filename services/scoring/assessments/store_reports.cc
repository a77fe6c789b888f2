#include "scoring/assessments/store_reports.h"

namespace thidua::scoring::assessments {

absl::Status ReportStore::Upsert(db::Tx& tx, const ReportRow& row) {
  return tx
      .Execute(
          "INSERT INTO report_records (record_id, plan_id, unit_id, period, due_date, filed_date) "
          "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE plan_id = VALUES(plan_id), "
          "unit_id = VALUES(unit_id), period = VALUES(period), due_date = VALUES(due_date), "
          "filed_date = VALUES(filed_date)",
          row.record_id, row.plan_id, row.unit_id, row.period, row.report.due, row.report.filed)
      .status();
}

absl::StatusOr<std::vector<ReportRow>> ReportStore::Of(db::Session& session,
                                                       const std::string& unit_id,
                                                       const std::string& plan_id) {
  return session.QueryAll<ReportRow>(
      [](const db::Row& row) {
        ReportRow report;
        report.record_id = row.Get<std::string>(0);
        report.plan_id = row.Get<std::string>(1);
        report.unit_id = row.Get<std::string>(2);
        report.period = row.Get<std::string>(3);
        report.report.due = row.Get<std::optional<absl::CivilDay>>(4);
        report.report.filed = row.Get<std::optional<absl::CivilDay>>(5);
        return report;
      },
      "SELECT record_id, plan_id, unit_id, period, due_date, filed_date FROM report_records "
      "WHERE unit_id = ? AND (? = '' OR plan_id = ?) ORDER BY record_id",
      unit_id, plan_id, plan_id);
}

absl::Status ReportStore::DeleteAll(db::Tx& tx) {
  return tx.Execute("DELETE FROM report_records").status();
}

}  // namespace thidua::scoring::assessments
