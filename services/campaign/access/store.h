// All SQL of roles, bindings and clients.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "campaign/access/rules_roles.h"
#include "platform/db/session.h"

namespace thidua::campaign::access {

struct Role {
  std::string id;
  std::string title;
  std::vector<std::string> permissions;
  std::set<std::string> excluded;
};
absl::StatusOr<std::map<std::string, Role>> LoadRoles(db::Session& session);

struct RoleBinding {
  std::string id;
  std::string principal_kind;  // "person" or "client"
  std::string principal_id;
  Binding binding;
  int64_t row_version = 0;
};
absl::StatusOr<std::vector<RoleBinding>> BindingsOf(db::Session& session,
                                                    const std::string& principal_kind,
                                                    const std::string& principal_id);
absl::StatusOr<std::optional<RoleBinding>> FindBinding(db::Session& session, const std::string& id);
absl::StatusOr<std::optional<RoleBinding>> LockBinding(db::Tx& tx, const std::string& id);
// By id, after `after`; what is empty does not filter.
struct BindingFilter {
  std::string principal_kind;
  std::string principal_id;
  std::string unit_id;
  std::string role_id;
};
absl::StatusOr<std::vector<RoleBinding>> ListBindings(db::Session& session,
                                                      const BindingFilter& filter,
                                                      const std::string& after, int limit);
absl::Status InsertBinding(db::Tx& tx, const RoleBinding& binding, absl::Time now);
absl::Status SetBindingEnd(db::Tx& tx, const std::string& id, absl::CivilDay last_day,
                           absl::Time now);

// Bindings of one principal are judged together: held until the transaction ends. False when there
// is no such principal.
absl::StatusOr<bool> LockPrincipal(db::Tx& tx, const std::string& principal_kind,
                                   const std::string& principal_id);

struct Client {
  std::string id;
  std::string title;
  std::string unit_id;
  std::string secret_sha256;  // 32 bytes
  absl::Time secret_time;
  bool disabled = false;
  int64_t row_version = 0;
};
absl::StatusOr<std::optional<Client>> FindClient(db::Session& session, const std::string& id);
absl::StatusOr<std::optional<Client>> LockClient(db::Tx& tx, const std::string& id);
absl::StatusOr<std::vector<Client>> ListClients(db::Session& session, const std::string& after,
                                                int limit);
absl::Status InsertClient(db::Tx& tx, const Client& client, absl::Time now);
// Stores secret, its time and `disabled`; row_version becomes client.row_version + 1.
absl::Status ReplaceClient(db::Tx& tx, const Client& client, absl::Time now);

}  // namespace thidua::campaign::access
