// All SQL of roles, bindings and clients.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/access/rules_roles.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::access {

struct RoleRow {
  std::string role_id;
  std::string title;
  std::vector<std::string> permissions;
  std::set<std::string> excluded;
};

struct BindingRow {
  std::string binding_id;
  std::string principal_kind;  // "person" or "client"
  std::string principal_id;
  Binding binding;
  int64_t row_version = 1;
};

struct ClientRow {
  std::string client_id;
  std::string title;
  std::string unit_id;
  std::string secret_sha256;  // 32 bytes
  absl::Time secret_set_at;
  bool disabled = false;
  int64_t row_version = 1;
};

struct BindingFilter {
  std::string principal_kind;  // empty: all
  std::string principal_id;
  std::string unit_id;
  std::string role_id;
  std::string after;  // binding id
  int limit = 50;
};

absl::StatusOr<std::vector<RoleRow>> ListRoles(db::Session& session);

// Locks the principal's own row, so that judging and adding bindings follow one another. False when
// there is no such principal.
absl::StatusOr<bool> LockPrincipal(db::Tx& tx, const std::string& kind, const std::string& id);
absl::StatusOr<std::vector<BindingRow>> BindingsOf(db::Session& session, const std::string& kind,
                                                   const std::string& id);
absl::StatusOr<std::vector<BindingRow>> ListBindings(db::Session& session,
                                                     const BindingFilter& filter,
                                                     const platform::VisibleUnits& visible);
absl::StatusOr<std::optional<BindingRow>> LockBinding(db::Tx& tx, const std::string& binding_id);
absl::Status InsertBinding(db::Tx& tx, const BindingRow& row, absl::Time now);
// Sets the last day; row_version is the new one.
absl::Status UpdateBindingEnd(db::Tx& tx, const BindingRow& row, absl::Time now);

absl::Status InsertClient(db::Tx& tx, const ClientRow& row, absl::Time now);
absl::Status UpdateClient(db::Tx& tx, const ClientRow& row, absl::Time now);
absl::StatusOr<std::optional<ClientRow>> FindClient(db::Session& session,
                                                    const std::string& client_id);
absl::StatusOr<std::optional<ClientRow>> LockClient(db::Tx& tx, const std::string& client_id);
absl::StatusOr<std::vector<ClientRow>> ListClients(db::Session& session, const std::string& after,
                                                   int limit,
                                                   const platform::VisibleUnits& visible);

absl::StatusOr<std::optional<std::string>> PersonIdByStaffCode(db::Session& session,
                                                               const std::string& staff_code);
absl::StatusOr<bool> PersonExists(db::Session& session, const std::string& person_id);
// The unit that carries the code on the date.
absl::StatusOr<std::optional<std::string>> UnitIdByCode(db::Session& session,
                                                        const std::string& scheme,
                                                        const std::string& code,
                                                        absl::CivilDay as_of);
absl::StatusOr<bool> UnitExists(db::Session& session, const std::string& unit_id);

}  // namespace thidua::campaign::access
