// Giving and ending roles inside a transaction: judge, store, tell the audit log.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/access/store.h"
#include "platform/call.h"
#include "platform/db/session.h"

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

// R-ACC-02 and R-ACC-03 against what the principal holds: ROLE_HELD, ROLE_EXCLUDED.
absl::Status JudgeBinding(const RoleBinding& wanted, const std::vector<RoleBinding>& held,
                          const std::map<std::string, Role>& roles);
// A new binding, judged before; fills its id and version.
absl::Status StoreBinding(db::Tx& tx, const platform::Call& call, RoleBinding* wanted);
// Moves the last day of a stored binding.
absl::StatusOr<RoleBinding> MoveEnd(db::Tx& tx, const platform::Call& call,
                                    const RoleBinding& before, absl::CivilDay last_day,
                                    const std::string& reason);

}  // namespace thidua::campaign::access
