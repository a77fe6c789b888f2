#include "campaign/access/store.h"

#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

BindingRow ReadBinding(const db::Row& row) {
  BindingRow out;
  out.binding_id = row.Get<std::string>(0);
  out.principal_kind = row.Get<std::string>(1);
  out.principal_id = row.Get<std::string>(2);
  out.binding.role_id = row.Get<std::string>(3);
  out.binding.unit_id = row.Get<std::string>(4);
  out.binding.from = row.Get<absl::CivilDay>(5);
  out.binding.to = row.Get<std::optional<absl::CivilDay>>(6);
  out.row_version = row.Get<int64_t>(7);
  return out;
}

ClientRow ReadClient(const db::Row& row) {
  ClientRow out;
  out.client_id = row.Get<std::string>(0);
  out.title = row.Get<std::string>(1);
  out.unit_id = row.Get<std::string>(2);
  out.secret_sha256 = row.Get<std::string>(3);
  out.secret_set_at = row.Get<absl::Time>(4);
  out.disabled = row.Get<bool>(5);
  out.row_version = row.Get<int64_t>(6);
  return out;
}

constexpr char kBindingColumns[] =
    "SELECT binding_id, principal_kind, principal_id, role_id, unit_id, valid_from, valid_to, "
    "row_version "
    "FROM access_role_bindings ";
constexpr char kClientColumns[] =
    "SELECT client_id, title, unit_id, secret_sha256, secret_set_at, disabled, row_version "
    "FROM access_clients ";

// " AND <column> IN (?,?,…)" and its values; nothing when all may be seen, and never true when none
// may.
std::string Within(const char* column, const platform::VisibleUnits& visible,
                   std::vector<db::Value>* values) {
  if (visible.all) return "";
  if (visible.ids.empty()) return " AND 1 = 0";
  for (const std::string& id : visible.ids) values->push_back(id);
  return std::string(" AND ") + column + " IN " +
         db::Placeholders(1, static_cast<int>(visible.ids.size()));
}

template <class T>
absl::StatusOr<std::vector<T>> ReadAll(db::Session& session, const std::string& sql,
                                       std::vector<db::Value> values, T (*read)(const db::Row&)) {
  std::vector<T> rows;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        rows.push_back(read(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return rows;
}

absl::StatusOr<bool> Exists(db::Session& session, std::string_view sql, const std::string& id) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> found,
                   session.QueryOptional<int64_t>(
                       [](const db::Row& row) { return row.Get<int64_t>(0); }, sql, id));
  return found.has_value();
}

}  // namespace

absl::StatusOr<std::vector<RoleRow>> ListRoles(db::Session& session) {
  std::vector<RoleRow> roles;
  std::map<std::string, size_t> place;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        place[row.Get<std::string>(0)] = roles.size();
        roles.push_back({row.Get<std::string>(0), row.Get<std::string>(1), {}, {}});
        return absl::OkStatus();
      },
      "SELECT role_id, title FROM access_roles ORDER BY role_id"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        roles[place.at(row.Get<std::string>(0))].permissions.push_back(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT role_id, permission FROM access_role_permissions ORDER BY role_id, permission"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        roles[place.at(row.Get<std::string>(0))].excluded.insert(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT role_id, excluded_role_id FROM access_role_exclusions ORDER BY role_id, "
      "excluded_role_id"));
  return roles;
}

absl::StatusOr<bool> LockPrincipal(db::Tx& tx, const std::string& kind, const std::string& id) {
  return kind == "person"
             ? Exists(tx, "SELECT row_version FROM people WHERE person_id = ? FOR UPDATE", id)
             : Exists(tx, "SELECT row_version FROM access_clients WHERE client_id = ? FOR UPDATE",
                      id);
}

absl::StatusOr<std::vector<BindingRow>> BindingsOf(db::Session& session, const std::string& kind,
                                                   const std::string& id) {
  return session.QueryAll<BindingRow>(
      ReadBinding,
      std::string(kBindingColumns) +
          "WHERE principal_kind = ? AND principal_id = ? ORDER BY binding_id",
      kind, id);
}

absl::StatusOr<std::vector<BindingRow>> ListBindings(db::Session& session,
                                                     const BindingFilter& filter,
                                                     const platform::VisibleUnits& visible) {
  std::string sql = std::string(kBindingColumns) + "WHERE binding_id > ?";
  std::vector<db::Value> values = {filter.after};
  const auto only = [&](const char* column, const std::string& value) {
    if (value.empty()) return;
    sql += std::string(" AND ") + column + " = ?";
    values.push_back(value);
  };
  only("principal_kind", filter.principal_kind);
  only("principal_id", filter.principal_id);
  only("unit_id", filter.unit_id);
  only("role_id", filter.role_id);
  sql += Within("unit_id", visible, &values) + " ORDER BY binding_id LIMIT ?";
  values.push_back(static_cast<int64_t>(filter.limit));
  return ReadAll<BindingRow>(session, sql, std::move(values), ReadBinding);
}

absl::StatusOr<std::optional<BindingRow>> LockBinding(db::Tx& tx, const std::string& binding_id) {
  return tx.QueryOptional<BindingRow>(
      ReadBinding, std::string(kBindingColumns) + "WHERE binding_id = ? FOR UPDATE", binding_id);
}

absl::Status InsertBinding(db::Tx& tx, const BindingRow& row, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO access_role_bindings (binding_id, role_id, principal_kind, principal_id, "
          "unit_id, "
          "valid_from, valid_to, row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, "
          "?, ?, ?)",
          row.binding_id, row.binding.role_id, row.principal_kind, row.principal_id,
          row.binding.unit_id, row.binding.from, row.binding.to, row.row_version, now, now)
      .status();
}

absl::Status UpdateBindingEnd(db::Tx& tx, const BindingRow& row, absl::Time now) {
  return tx
      .Execute(
          "UPDATE access_role_bindings SET valid_to = ?, row_version = ?, updated_at = ? WHERE "
          "binding_id = ?",
          row.binding.to, row.row_version, now, row.binding_id)
      .status();
}

absl::Status InsertClient(db::Tx& tx, const ClientRow& row, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO access_clients (client_id, title, unit_id, secret_sha256, secret_set_at, "
          "disabled, "
          "row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          row.client_id, row.title, row.unit_id, row.secret_sha256, row.secret_set_at, row.disabled,
          row.row_version, now, now)
      .status();
}

absl::Status UpdateClient(db::Tx& tx, const ClientRow& row, absl::Time now) {
  return tx
      .Execute(
          "UPDATE access_clients SET secret_sha256 = ?, secret_set_at = ?, disabled = ?, "
          "row_version = ?, "
          "updated_at = ? WHERE client_id = ?",
          row.secret_sha256, row.secret_set_at, row.disabled, row.row_version, now, row.client_id)
      .status();
}

absl::StatusOr<std::optional<ClientRow>> FindClient(db::Session& session,
                                                    const std::string& client_id) {
  return session.QueryOptional<ClientRow>(
      ReadClient, std::string(kClientColumns) + "WHERE client_id = ?", client_id);
}

absl::StatusOr<std::optional<ClientRow>> LockClient(db::Tx& tx, const std::string& client_id) {
  return tx.QueryOptional<ClientRow>(
      ReadClient, std::string(kClientColumns) + "WHERE client_id = ? FOR UPDATE", client_id);
}

absl::StatusOr<std::vector<ClientRow>> ListClients(db::Session& session, const std::string& after,
                                                   int limit,
                                                   const platform::VisibleUnits& visible) {
  std::vector<db::Value> values = {after};
  const std::string sql = std::string(kClientColumns) + "WHERE client_id > ?" +
                          Within("unit_id", visible, &values) + " ORDER BY client_id LIMIT ?";
  values.push_back(static_cast<int64_t>(limit));
  return ReadAll<ClientRow>(session, sql, std::move(values), ReadClient);
}

absl::StatusOr<std::optional<std::string>> PersonIdByStaffCode(db::Session& session,
                                                               const std::string& staff_code) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT person_id FROM people WHERE staff_code = ?", staff_code);
}

absl::StatusOr<bool> PersonExists(db::Session& session, const std::string& person_id) {
  return Exists(session, "SELECT row_version FROM people WHERE person_id = ?", person_id);
}

absl::StatusOr<std::optional<std::string>> UnitIdByCode(db::Session& session,
                                                        const std::string& scheme,
                                                        const std::string& code,
                                                        absl::CivilDay as_of) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT unit_id FROM unit_codes WHERE scheme = ? AND code = ? AND valid_from <= ? "
      "AND (valid_to IS NULL OR valid_to >= ?)",
      scheme, code, as_of, as_of);
}

absl::StatusOr<bool> UnitExists(db::Session& session, const std::string& unit_id) {
  return Exists(session, "SELECT row_version FROM units WHERE unit_id = ?", unit_id);
}

}  // namespace thidua::campaign::access
