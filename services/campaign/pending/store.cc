#include "campaign/pending/store.h"

#include <utility>

#include "campaign/requests/due_order.h"
#include "platform/status_macros.h"

namespace thidua::campaign::pending {
namespace {

// Each gives unit_id, other_id, plan_id, id, due, number, symbol, code, title. other_id is a second
// unit that may act.
const char* SourceOf(Kind kind) {
  switch (kind) {
    case Kind::kAcknowledgePlan:
      return "SELECT x.unit_id AS unit_id, x.unit_id AS other_id, x.plan_id AS plan_id, "
             "CONCAT(x.plan_id, x.unit_id) AS id, CAST(NULL AS DATE) AS due, p.number AS number, "
             "p.symbol AS symbol, '' AS code, '' AS title FROM plan_participants x JOIN plans p "
             "ON p.plan_id = x.plan_id AND p.state = 'LAUNCHED' LEFT JOIN plan_acknowledgements a "
             "ON a.plan_id = x.plan_id AND a.unit_id = x.unit_id WHERE a.unit_id IS NULL";
    case Kind::kDoTask:
      return "SELECT t.lead_unit_id AS unit_id, t.lead_unit_id AS other_id, t.plan_id AS plan_id, "
             "t.task_id AS id, t.due_date AS due, p.number AS number, p.symbol AS symbol, t.code "
             "AS code, t.title AS title FROM plan_tasks t JOIN plans p ON p.plan_id = t.plan_id "
             "AND p.state = 'LAUNCHED' WHERE t.done_date IS NULL";
    case Kind::kFileReport:
      return "SELECT r.unit_id AS unit_id, r.unit_id AS other_id, r.plan_id AS plan_id, "
             "r.report_id AS id, r.due_date AS due, p.number AS number, p.symbol AS symbol, "
             "r.period AS code, '' AS title FROM periodic_reports r JOIN plans p ON p.plan_id = "
             "r.plan_id WHERE r.filed_date IS NULL";
    case Kind::kSupplementIssue:
      return "SELECT i.unit_id AS unit_id, i.unit_id AS other_id, i.plan_id AS plan_id, "
             "i.issue_id AS id, i.due_date AS due, p.number AS number, p.symbol AS symbol, '' AS "
             "code, i.title AS title FROM plan_issues i JOIN plans p ON p.plan_id = i.plan_id "
             "WHERE i.state = 'RETURNED'";
    case Kind::kForwardIssue:
      return "SELECT i.coordinator_id AS unit_id, i.coordinator_id AS other_id, i.plan_id AS "
             "plan_id, i.issue_id AS id, i.due_date AS due, p.number AS number, p.symbol AS "
             "symbol, '' AS code, i.title AS title FROM plan_issues i JOIN plans p ON p.plan_id = "
             "i.plan_id WHERE i.state = 'RAISED'";
    case Kind::kDecideIssue:
      return "SELECT i.issuer_id AS unit_id, i.issuer_id AS other_id, i.plan_id AS plan_id, "
             "i.issue_id AS id, i.due_date AS due, p.number AS number, p.symbol AS symbol, '' AS "
             "code, i.title AS title FROM plan_issues i JOIN plans p ON p.plan_id = i.plan_id "
             "WHERE i.state = 'FORWARDED'";
    case Kind::kPublishExemplar:
      return "SELECT e.coordinator_id AS unit_id, e.issuer_id AS other_id, e.plan_id AS plan_id, "
             "e.exemplar_id AS id, CAST(NULL AS DATE) AS due, p.number AS number, p.symbol AS "
             "symbol, '' AS code, e.title AS title FROM plan_exemplars e JOIN plans p ON "
             "p.plan_id = e.plan_id WHERE e.state = 'PROPOSED'";
    case Kind::kHoldConference:
      break;
  }
  return nullptr;
}

Item ReadItem(Kind kind, const db::Row& row) {
  Item item;
  item.place.kind = kind;
  item.unit_id = row.Get<std::string>(0);
  item.plan_id = row.Get<std::string>(1);
  item.place.id = row.Get<std::string>(2);
  item.place.due = row.Get<std::optional<absl::CivilDay>>(3);
  item.plan_number = row.Get<std::optional<std::string>>(4).value_or("") + "/" +
                     row.Get<std::optional<std::string>>(5).value_or("");
  item.code = row.Get<std::string>(6);
  item.title = row.Get<std::string>(7);
  return item;
}

}  // namespace

absl::StatusOr<std::vector<Item>> ReadWork(db::Session& session, Kind kind,
                                           const WorkFilter& filter) {
  std::vector<Item> items;
  const char* source = SourceOf(kind);
  if (source == nullptr || (!filter.units.all && filter.units.ids.empty())) return items;
  std::string sql = std::string("SELECT w.unit_id, w.plan_id, w.id, w.due, w.number, w.symbol, ") +
                    "w.code, w.title FROM (" + source + ") w WHERE TRUE";
  std::vector<db::Value> values;
  if (!filter.units.all) {
    const std::string units = db::Placeholders(1, static_cast<int>(filter.units.ids.size()));
    sql += " AND (w.unit_id IN " + units + " OR w.other_id IN " + units + ")";
    for (int i = 0; i < 2; ++i) {
      for (const std::string& id : filter.units.ids) values.push_back(db::ToValue(id));
    }
  }
  if (!filter.plan_id.empty()) {
    sql += " AND w.plan_id = ?";
    values.push_back(db::ToValue(filter.plan_id));
  }
  if (filter.overdue_on) {
    sql += " AND w.due < ?";
    values.push_back(db::ToValue(*filter.overdue_on));
  }
  if (filter.after) {
    sql +=
        " AND (IFNULL(w.due, DATE '9999-12-31') > ? OR (IFNULL(w.due, DATE '9999-12-31') = ? AND "
        "w.id > ?))";
    const std::string due = DueParameter(filter.after->due);
    values.insert(values.end(),
                  {db::ToValue(due), db::ToValue(due), db::ToValue(IdAfter(*filter.after, kind))});
  }
  sql += " ORDER BY IFNULL(w.due, DATE '9999-12-31'), w.id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        items.push_back(ReadItem(kind, row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return items;
}

}  // namespace thidua::campaign::pending
