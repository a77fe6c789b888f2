#include "campaign/records/store_movement.h"

#include <utility>

#include "campaign/plans/rules_tasks.h"
#include "platform/status_macros.h"

namespace thidua::campaign::records {
namespace {

int Number(const db::Row& row, int column) { return static_cast<int>(row.Get<int64_t>(column)); }

}  // namespace

absl::StatusOr<std::vector<Missing>> ListMissing(db::Session& session,
                                                 const MissingFilter& filter) {
  std::string sql =
      "SELECT r.report_id, r.unit_id, x.display_name, r.period, r.due_date FROM periodic_reports r "
      "JOIN plan_participants x ON x.plan_id = r.plan_id AND x.unit_id = r.unit_id "
      "WHERE r.plan_id = ? AND r.filed_date IS NULL";
  std::vector<db::Value> values = {db::ToValue(filter.plan_id)};
  if (!filter.period.empty()) {
    sql += " AND r.period = ?";
    values.push_back(db::ToValue(filter.period));
  }
  if (filter.overdue_on) {
    sql += " AND r.due_date < ?";
    values.push_back(db::ToValue(*filter.overdue_on));
  }
  if (filter.after) {
    sql +=
        " AND (IFNULL(r.due_date, DATE '9999-12-31') > ? OR (IFNULL(r.due_date, DATE "
        "'9999-12-31') = ? AND r.report_id > ?))";
    const std::string due = DueParameter(filter.after->due);
    values.insert(values.end(),
                  {db::ToValue(due), db::ToValue(due), db::ToValue(filter.after->rest)});
  }
  sql += " ORDER BY IFNULL(r.due_date, DATE '9999-12-31'), r.report_id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Missing> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back({row.Get<std::string>(0), row.Get<std::string>(1), row.Get<std::string>(2),
                        row.Get<std::string>(3), row.Get<std::optional<absl::CivilDay>>(4)});
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return rows;
}

absl::StatusOr<MissingCounts> CountMissing(db::Session& session, const std::string& plan_id,
                                           const std::string& period, absl::CivilDay today) {
  ASSIGN_OR_RETURN(
      const std::optional<MissingCounts> counts,
      session.QueryOptional<MissingCounts>(
          [](const db::Row& row) {
            return MissingCounts{Number(row, 0), Number(row, 1), Number(row, 2)};
          },
          "SELECT COUNT(*), COUNT(CASE WHEN filed_date IS NULL THEN 1 END), COUNT(CASE WHEN "
          "filed_date IS NULL AND due_date < ? THEN 1 END) FROM periodic_reports WHERE plan_id = ? "
          "AND (? = '' OR period = ?)",
          today, plan_id, period, period));
  return counts.value_or(MissingCounts());
}

absl::StatusOr<std::vector<ReportFact>> ReportFacts(db::Session& session,
                                                    const std::string& plan_id) {
  return session.QueryAll<ReportFact>(
      [](const db::Row& row) {
        return ReportFact{row.Get<std::string>(0), row.Get<std::optional<absl::CivilDay>>(1),
                          row.Get<std::optional<absl::CivilDay>>(2)};
      },
      "SELECT period, due_date, filed_date FROM periodic_reports WHERE plan_id = ?", plan_id);
}

absl::StatusOr<std::vector<std::string>> OwnPlanIssuers(db::Session& session,
                                                        const std::string& plan_id,
                                                        absl::CivilDay by) {
  return session.QueryAll<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT DISTINCT issuer_id FROM plans WHERE parent_plan_id = ? AND launch_date <= ? ORDER BY "
      "issuer_id",
      plan_id, by);
}

absl::StatusOr<std::vector<TaskFact>> TaskFacts(db::Session& session, const std::string& plan_id,
                                                const Span& span) {
  return session.QueryAll<TaskFact>(
      [](const db::Row& row) {
        const auto field = plans::ReformFieldFrom(row.Get<std::string>(0));
        return TaskFact{field ? static_cast<int>(*field) + 1 : 0, row.Get<absl::CivilDay>(1),
                        row.Get<std::optional<absl::CivilDay>>(2)};
      },
      "SELECT field, due_date, done_date FROM plan_tasks WHERE plan_id = ? AND due_date BETWEEN ? "
      "AND ?",
      plan_id, span.first, span.last);
}

absl::StatusOr<IssueFigures> IssuesRaised(db::Session& session, const std::string& plan_id,
                                          const Span& span) {
  ASSIGN_OR_RETURN(const std::optional<IssueFigures> figures,
                   session.QueryOptional<IssueFigures>(
                       [](const db::Row& row) {
                         return IssueFigures{Number(row, 0), Number(row, 1)};
                       },
                       "SELECT COUNT(*), COUNT(answer_date) FROM plan_issues WHERE plan_id = ? AND "
                       "raise_date BETWEEN ? AND ?",
                       plan_id, span.first, span.last));
  return figures.value_or(IssueFigures());
}

absl::StatusOr<ExemplarFigures> ExemplarsIntroduced(db::Session& session,
                                                    const std::string& plan_id, const Span& span) {
  ASSIGN_OR_RETURN(
      std::optional<ExemplarFigures> figures,
      session.QueryOptional<ExemplarFigures>(
          [](const db::Row& row) {
            return ExemplarFigures{Number(row, 0), Number(row, 1), Number(row, 2), 0};
          },
          "SELECT COUNT(CASE WHEN individual = 0 THEN 1 END), COUNT(CASE WHEN individual = 1 THEN "
          "1 END), COUNT(CASE WHEN state = 'PUBLISHED' THEN 1 END) FROM plan_exemplars WHERE "
          "plan_id = ? AND propose_date BETWEEN ? AND ?",
          plan_id, span.first, span.last));
  ASSIGN_OR_RETURN(
      const std::optional<int> publications,
      session.QueryOptional<int>(
          [](const db::Row& row) { return Number(row, 0); },
          "SELECT COUNT(*) FROM plan_exemplars e JOIN plan_exemplar_publications p ON "
          "p.exemplar_id = e.exemplar_id WHERE e.plan_id = ? AND p.publication_date BETWEEN ? AND "
          "?",
          plan_id, span.first, span.last));
  if (figures) figures->publications = publications.value_or(0);
  return figures.value_or(ExemplarFigures());
}

}  // namespace thidua::campaign::records
