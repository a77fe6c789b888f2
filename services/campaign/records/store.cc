#include "campaign/records/store.h"

#include <map>
#include <utility>

#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {
namespace {

constexpr char kColumns[] =
    "SELECT report_id, plan_id, unit_id, period, due_date, filed_date, summary, filing_count, "
    "row_version "
    "FROM periodic_reports ";

ReportRow ReadReport(const db::Row& row) {
  ReportRow out;
  out.report_id = row.Get<std::string>(0);
  out.plan_id = row.Get<std::string>(1);
  out.unit_id = row.Get<std::string>(2);
  out.period = row.Get<std::string>(3);
  out.due_date = row.Get<std::optional<absl::CivilDay>>(4);
  out.filed_date = row.Get<std::optional<absl::CivilDay>>(5);
  out.summary = row.Get<std::string>(6);
  out.filing_count = row.Get<int32_t>(7);
  out.row_version = row.Get<int64_t>(8);
  return out;
}

absl::Status AddFiles(db::Session& session, std::vector<ReportRow>& rows) {
  if (rows.empty()) return absl::OkStatus();
  std::map<std::string, ReportRow*> by_id;
  std::vector<db::Value> ids;
  for (ReportRow& row : rows) {
    by_id[row.report_id] = &row;
    ids.push_back(row.report_id);
  }
  const std::string sql =
      "SELECT report_id, file_id FROM periodic_report_files WHERE report_id IN " +
      db::Placeholders(1, static_cast<int>(ids.size())) + " ORDER BY report_id, place";
  return session.QueryValues(
      [&](const db::Row& row) {
        by_id.at(row.Get<std::string>(0))
            ->files.push_back(platform::NameOf("files", row.Get<std::string>(1)));
        return absl::OkStatus();
      },
      sql, std::move(ids));
}

absl::StatusOr<std::vector<ReportRow>> Read(db::Session& session, const std::string& sql,
                                            std::vector<db::Value> values) {
  std::vector<ReportRow> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadReport(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  RETURN_IF_ERROR(AddFiles(session, rows));
  return rows;
}

absl::StatusOr<std::optional<ReportRow>> First(absl::StatusOr<std::vector<ReportRow>> rows) {
  RETURN_IF_ERROR(rows.status());
  if (rows->empty()) return std::optional<ReportRow>();
  return std::optional<ReportRow>(std::move(rows->front()));
}

}  // namespace

absl::StatusOr<std::optional<PlanFacts>> LockPlan(db::Tx& tx, const std::string& plan_id) {
  return tx.QueryOptional<PlanFacts>(
      [](const db::Row& row) {
        return PlanFacts{row.Get<std::string>(0), row.Get<std::string>(1),
                         row.Get<std::optional<absl::CivilDay>>(2),
                         row.Get<std::optional<absl::CivilDay>>(3)};
      },
      "SELECT issuer_id, state, start_date, end_date FROM plans WHERE plan_id = ? FOR UPDATE",
      plan_id);
}

absl::StatusOr<std::vector<std::string>> Roster(db::Session& session, const std::string& plan_id) {
  return session.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT unit_id FROM plan_participants WHERE plan_id = ? ORDER BY unit_id", plan_id);
}

absl::Status InsertReport(db::Tx& tx, const ReportRow& row, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO periodic_reports (report_id, plan_id, unit_id, period, due_date, "
          "filed_date, summary, "
          "filing_count, row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, NULL, '', 0, "
          "1, ?, ?)",
          row.report_id, row.plan_id, row.unit_id, row.period, row.due_date, now, now)
      .status();
}

absl::Status UpdateReport(db::Tx& tx, const ReportRow& row, absl::Time now) {
  RETURN_IF_ERROR(tx.Execute("UPDATE periodic_reports SET due_date = ?, filed_date = ?, summary = "
                             "?, filing_count = ?, "
                             "row_version = ?, updated_at = ? WHERE report_id = ?",
                             row.due_date, row.filed_date, row.summary, row.filing_count,
                             row.row_version, now, row.report_id)
                      .status());
  RETURN_IF_ERROR(
      tx.Execute("DELETE FROM periodic_report_files WHERE report_id = ?", row.report_id).status());
  for (size_t place = 0; place < row.files.size(); ++place) {
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO periodic_report_files (report_id, place, file_id) VALUES (?, ?, ?)",
                   row.report_id, static_cast<int64_t>(place), row.files[place].substr(6))
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<ReportRow>> FindReport(db::Session& session,
                                                    const std::string& report_id) {
  return First(Read(session, std::string(kColumns) + "WHERE report_id = ?", {report_id}));
}

absl::StatusOr<std::optional<ReportRow>> LockReport(db::Tx& tx, const std::string& report_id) {
  return First(Read(tx, std::string(kColumns) + "WHERE report_id = ? FOR UPDATE", {report_id}));
}

absl::StatusOr<std::vector<ReportRow>> LockDatableReports(db::Tx& tx, const std::string& plan_id,
                                                          const std::string& period) {
  return Read(tx,
              std::string(kColumns) +
                  "WHERE plan_id = ? AND period = ? AND (filed_date IS NULL OR due_date IS NULL) "
                  "ORDER BY report_id FOR UPDATE",
              {plan_id, period});
}

absl::StatusOr<std::vector<ReportRow>> ListReports(db::Session& session, const ReportFilter& filter,
                                                   const platform::VisibleUnits& visible) {
  if (!visible.all && visible.ids.empty()) return std::vector<ReportRow>();
  std::string sql = std::string(kColumns) + "WHERE report_id > ?";
  std::vector<db::Value> values = {filter.after};
  const auto only = [&](const char* column, const std::string& value) {
    if (value.empty()) return;
    sql += std::string(" AND ") + column + " = ?";
    values.push_back(value);
  };
  only("plan_id", filter.plan_id);
  only("unit_id", filter.unit_id);
  only("period", filter.period);
  if (filter.filed.has_value())
    sql += *filter.filed ? " AND filed_date IS NOT NULL" : " AND filed_date IS NULL";
  if (!visible.all) {
    sql += " AND unit_id IN " + db::Placeholders(1, static_cast<int>(visible.ids.size()));
    for (const std::string& id : visible.ids) values.push_back(id);
  }
  sql += " ORDER BY report_id LIMIT ?";
  values.push_back(static_cast<int64_t>(filter.limit));
  return Read(session, sql, std::move(values));
}

absl::Status EachReport(db::Session& session,
                        absl::FunctionRef<absl::Status(const ReportRow&)> each) {
  return session.Query([&](const db::Row& row) { return each(ReadReport(row)); },
                       std::string(kColumns) + "ORDER BY report_id");
}

}  // namespace thidua::campaign::records
