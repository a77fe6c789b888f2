// Giving and ending roles inside a transaction: judge, store, tell the audit log.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/access/store.h"
#include "campaign/intake/table.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/import.pb.h"

namespace thidua::campaign::access {

// The right to give a role at a unit: campaign.access.write there, and each permission of the role
// there, so that nobody gives more than they have.
absl::Status RequireToGive(const platform::Call& call, const std::map<std::string, Role>& roles,
                           const std::string& role_id, const std::string& unit_id);

absl::StatusOr<RoleBinding> GiveRole(db::Tx& tx, const platform::Call& call, RoleBinding wanted);
// NOT_FOUND.
absl::Status UnknownRoleBinding(const std::string& id);
absl::StatusOr<RoleBinding> EndRole(db::Tx& tx, const platform::Call& call,
                                    const std::string& binding_id, absl::CivilDay last_day,
                                    const std::string& etag, const std::string& reason);

extern const std::vector<std::string> kBindingColumns;
absl::Status RequireForBindings(db::Pool& pool, const platform::Call& call,
                                const intake::Table& table);
absl::StatusOr<v1::ImportReport> ImportBindings(db::Tx& tx, const platform::Call& call,
                                                intake::Table table, bool validate_only);

}  // namespace thidua::campaign::access
