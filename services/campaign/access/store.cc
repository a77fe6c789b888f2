#include "campaign/access/store.h"

#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

constexpr char kBindingColumns[] =
    "SELECT binding_id, principal_kind, principal_id, role_id, unit_id, valid_from, valid_to, "
    "row_version "
    "FROM access_role_bindings";
constexpr char kClientColumns[] =
    "SELECT client_id, title, unit_id, secret_sha256, secret_set_at, disabled, row_version FROM "
    "access_clients";

RoleBinding ReadBinding(const db::Row& row) {
  RoleBinding binding;
  binding.id = row.Get<std::string>(0);
  binding.principal_kind = row.Get<std::string>(1);
  binding.principal_id = row.Get<std::string>(2);
  binding.binding = {row.Get<std::string>(3), row.Get<std::string>(4), row.Get<absl::CivilDay>(5),
                     row.Get<std::optional<absl::CivilDay>>(6)};
  binding.row_version = row.Get<int64_t>(7);
  return binding;
}

Client ReadClient(const db::Row& row) {
  Client client;
  client.id = row.Get<std::string>(0);
  client.title = row.Get<std::string>(1);
  client.unit_id = row.Get<std::string>(2);
  client.secret_sha256 = row.Get<std::string>(3);
  client.secret_time = row.Get<absl::Time>(4);
  client.disabled = row.Get<bool>(5);
  client.row_version = row.Get<int64_t>(6);
  return client;
}

}  // namespace

absl::StatusOr<std::map<std::string, Role>> LoadRoles(db::Session& session) {
  std::map<std::string, Role> roles;
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        const std::string id = row.Get<std::string>(0);
        roles[id] = {id, row.Get<std::string>(1), {}, {}};
        return absl::OkStatus();
      },
      "SELECT role_id, title FROM access_roles ORDER BY role_id"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        roles[row.Get<std::string>(0)].permissions.push_back(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT role_id, permission FROM access_role_permissions ORDER BY role_id, permission"));
  RETURN_IF_ERROR(session.Query(
      [&](const db::Row& row) {
        roles[row.Get<std::string>(0)].excluded.insert(row.Get<std::string>(1));
        return absl::OkStatus();
      },
      "SELECT role_id, excluded_role_id FROM access_role_exclusions"));
  return roles;
}

absl::StatusOr<std::vector<RoleBinding>> BindingsOf(db::Session& session,
                                                    const std::string& principal_kind,
                                                    const std::string& principal_id) {
  return session.QueryAll<RoleBinding>(
      ReadBinding,
      std::string(kBindingColumns) +
          " WHERE principal_kind = ? AND principal_id = ? ORDER BY binding_id",
      principal_kind, principal_id);
}

absl::StatusOr<std::optional<RoleBinding>> FindBinding(db::Session& session,
                                                       const std::string& id) {
  return session.QueryOptional<RoleBinding>(
      ReadBinding, std::string(kBindingColumns) + " WHERE binding_id = ?", id);
}

absl::StatusOr<std::optional<RoleBinding>> LockBinding(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<RoleBinding>(
      ReadBinding, std::string(kBindingColumns) + " WHERE binding_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::vector<RoleBinding>> ListBindings(db::Session& session,
                                                      const BindingFilter& filter,
                                                      const std::string& after, int limit) {
  std::string sql = std::string(kBindingColumns) + " WHERE binding_id > ?";
  std::vector<db::Value> values = {db::ToValue(after)};
  const auto where = [&](const char* condition, const std::string& value) {
    if (value.empty()) return;
    sql += condition;
    values.push_back(db::ToValue(value));
  };
  where(" AND principal_kind = ?", filter.principal_kind);
  where(" AND principal_id = ?", filter.principal_id);
  where(" AND unit_id = ?", filter.unit_id);
  where(" AND role_id = ?", filter.role_id);
  sql += " ORDER BY binding_id LIMIT ?";
  values.push_back(db::ToValue(limit));
  std::vector<RoleBinding> bindings;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        bindings.push_back(ReadBinding(row));
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return bindings;
}

absl::Status InsertBinding(db::Tx& tx, const RoleBinding& binding, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO access_role_bindings (binding_id, role_id, principal_kind, principal_id, "
          "unit_id, "
          "valid_from, valid_to, row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, "
          "1, ?, ?)",
          binding.id, binding.binding.role_id, binding.principal_kind, binding.principal_id,
          binding.binding.unit_id, binding.binding.from, binding.binding.to, now, now)
      .status();
}

absl::Status SetBindingEnd(db::Tx& tx, const std::string& id, absl::CivilDay last_day,
                           absl::Time now) {
  return tx
      .Execute(
          "UPDATE access_role_bindings SET valid_to = ?, row_version = row_version + 1, updated_at "
          "= ? "
          "WHERE binding_id = ?",
          last_day, now, id)
      .status();
}

absl::StatusOr<bool> LockPrincipal(db::Tx& tx, const std::string& principal_kind,
                                   const std::string& principal_id) {
  bool found = false;
  RETURN_IF_ERROR(tx.Query(
      [&](const db::Row&) {
        found = true;
        return absl::OkStatus();
      },
      principal_kind == "person"
          ? "SELECT person_id FROM people WHERE person_id = ? FOR UPDATE"
          : "SELECT client_id FROM access_clients WHERE client_id = ? FOR UPDATE",
      principal_id));
  return found;
}

absl::StatusOr<std::optional<Client>> FindClient(db::Session& session, const std::string& id) {
  return session.QueryOptional<Client>(ReadClient,
                                       std::string(kClientColumns) + " WHERE client_id = ?", id);
}

absl::StatusOr<std::optional<Client>> LockClient(db::Tx& tx, const std::string& id) {
  return tx.QueryOptional<Client>(
      ReadClient, std::string(kClientColumns) + " WHERE client_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::vector<Client>> ListClients(db::Session& session, const std::string& after,
                                                int limit) {
  return session.QueryAll<Client>(
      ReadClient, std::string(kClientColumns) + " WHERE client_id > ? ORDER BY client_id LIMIT ?",
      after, limit);
}

absl::Status InsertClient(db::Tx& tx, const Client& client, absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO access_clients (client_id, title, unit_id, secret_sha256, secret_set_at, "
          "disabled, "
          "row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 1, ?, ?)",
          client.id, client.title, client.unit_id, client.secret_sha256, client.secret_time, now,
          now)
      .status();
}

absl::Status ReplaceClient(db::Tx& tx, const Client& client, absl::Time now) {
  return tx
      .Execute(
          "UPDATE access_clients SET secret_sha256 = ?, secret_set_at = ?, disabled = ?, "
          "row_version = row_version + 1, updated_at = ? WHERE client_id = ?",
          client.secret_sha256, client.secret_time, client.disabled, now, client.id)
      .status();
}

}  // namespace thidua::campaign::access
