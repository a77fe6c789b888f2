#include "campaign/exemplars/store.h"

#include <map>
#include <utility>

#include "platform/status_macros.h"

namespace thidua::campaign::exemplars {
namespace {

constexpr char kColumns[] =
    "SELECT exemplar_id, plan_id, unit_id, coordinator_id, issuer_id, individual, honoree, "
    "person_id, title, deeds, recommender, state, propose_date, row_version, proposer "
    "FROM plan_exemplars";

Exemplar ReadExemplar(const db::Row& row) {
  Exemplar out;
  out.id = row.Get<std::string>(0);
  out.plan_id = row.Get<std::string>(1);
  out.unit_id = row.Get<std::string>(2);
  out.coordinator_id = row.Get<std::string>(3);
  out.issuer_id = row.Get<std::string>(4);
  out.individual = row.Get<bool>(5);
  out.honoree = row.Get<std::string>(6);
  out.person_id = row.Get<std::optional<std::string>>(7);
  out.title = row.Get<std::string>(8);
  out.deeds = row.Get<std::string>(9);
  out.recommender = row.Get<std::string>(10);
  out.state = StateFrom(row.Get<std::string>(11)).value_or(State::kProposed);
  out.proposed = row.Get<absl::CivilDay>(12);
  out.row_version = row.Get<int64_t>(13);
  out.proposer = row.Get<std::string>(14);
  return out;
}

absl::Status ReadPublications(db::Session& session, std::vector<Exemplar>& rows) {
  if (rows.empty()) return absl::OkStatus();
  std::map<std::string, Exemplar*> by_id;
  std::vector<db::Value> ids;
  for (Exemplar& row : rows) {
    by_id[row.id] = &row;
    ids.push_back(db::ToValue(row.id));
  }
  const std::string sql =
      "SELECT exemplar_id, outlet, url, publication_date FROM plan_exemplar_publications WHERE "
      "exemplar_id IN " +
      db::Placeholders(1, static_cast<int>(ids.size())) + " ORDER BY exemplar_id, place";
  return session.QueryValues(
      [&](const db::Row& row) {
        by_id.at(row.Get<std::string>(0))
            ->publications.push_back(
                {row.Get<std::string>(1), row.Get<std::string>(2), row.Get<absl::CivilDay>(3)});
        return absl::OkStatus();
      },
      sql, std::move(ids));
}

absl::StatusOr<std::vector<Exemplar>> Read(db::Session& session, const std::string& sql,
                                           std::vector<db::Value> values) {
  std::vector<Exemplar> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(ReadExemplar(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  RETURN_IF_ERROR(ReadPublications(session, rows));
  return rows;
}

absl::StatusOr<std::optional<Exemplar>> One(db::Session& session, const std::string& condition,
                                            const std::string& id) {
  ASSIGN_OR_RETURN(std::vector<Exemplar> rows, Read(session, kColumns + condition, {id}));
  if (rows.empty()) return std::optional<Exemplar>();
  return std::optional<Exemplar>(std::move(rows.front()));
}

}  // namespace

absl::Status InsertExemplar(db::Tx& tx, const Exemplar& exemplar, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO plan_exemplars (exemplar_id, plan_id, unit_id, coordinator_id, issuer_id, "
          "individual, honoree, person_id, title, deeds, recommender, state, propose_date, "
          "row_version, created_at, updated_at, proposer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?, ?, 1, ?, ?, ?)",
          exemplar.id, exemplar.plan_id, exemplar.unit_id, exemplar.coordinator_id,
          exemplar.issuer_id, exemplar.individual, exemplar.honoree, exemplar.person_id,
          exemplar.title, exemplar.deeds, exemplar.recommender, TextOf(exemplar.state),
          exemplar.proposed, now, now, exemplar.proposer)
      .status();
}

absl::Status AddPublications(db::Tx& tx, const Exemplar& exemplar, size_t first_new,
                             absl::Time now) {
  RETURN_IF_ERROR(tx.Execute("UPDATE plan_exemplars SET state = ?, row_version = ?, updated_at = ? "
                             "WHERE exemplar_id = ?",
                             TextOf(exemplar.state), exemplar.row_version, now, exemplar.id)
                      .status());
  for (size_t place = first_new; place < exemplar.publications.size(); ++place) {
    const Publication& one = exemplar.publications[place];
    RETURN_IF_ERROR(
        tx.Execute("INSERT INTO plan_exemplar_publications (exemplar_id, place, outlet, url, "
                   "publication_date) VALUES (?, ?, ?, ?, ?)",
                   exemplar.id, place, one.outlet, one.url, one.date)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Exemplar>> FindExemplar(db::Session& session, const std::string& id) {
  return One(session, " WHERE exemplar_id = ?", id);
}

absl::StatusOr<std::optional<Exemplar>> LockExemplar(db::Tx& tx, const std::string& id) {
  return One(tx, " WHERE exemplar_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::vector<Exemplar>> ListExemplars(db::Session& session,
                                                    const ExemplarFilter& filter,
                                                    const platform::VisibleUnits& visible) {
  if (!visible.all && visible.ids.empty()) return std::vector<Exemplar>();
  std::string sql = std::string(kColumns) + " WHERE exemplar_id > ?";
  std::vector<db::Value> values = {db::ToValue(filter.after)};
  const auto only = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    sql += condition;
    values.push_back(db::ToValue(value));
  };
  only(" AND plan_id = ?", filter.plan_id);
  only(" AND unit_id = ?", filter.unit_id);
  only(" AND state = ?", filter.state);
  if (filter.individual) sql += *filter.individual ? " AND individual = 1" : " AND individual = 0";
  if (!visible.all) {
    const std::string units = db::Placeholders(1, static_cast<int>(visible.ids.size()));
    sql += " AND (unit_id IN " + units + " OR coordinator_id IN " + units + " OR issuer_id IN " +
           units + ")";
    for (int i = 0; i < 3; ++i) {
      for (const std::string& id : visible.ids) values.push_back(db::ToValue(id));
    }
  }
  sql += " ORDER BY exemplar_id LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  return Read(session, sql, std::move(values));
}

}  // namespace thidua::campaign::exemplars
