// Adding role bindings: one judged addition, used by CreateRoleBinding and by the import.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "campaign/access/store.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/access_service.pb.h"

namespace thidua::campaign::access {

v1::RoleBinding ToProto(const BindingRow& row);

class BindingWriter {
 public:
  BindingWriter(db::Tx& tx, const platform::Call& call) : tx_(tx), call_(call) {}

  // Judges and inserts; the row comes back with id and version. Errors: UNKNOWN_ROLE,
  // UNKNOWN_PRINCIPAL, UNKNOWN_UNIT (INVALID_ARGUMENT with the field), PERMISSION_DENIED when the
  // giver lacks something the role gives, ROLE_EXCLUDED, ROLE_HELD (ALREADY_EXISTS).
  absl::StatusOr<BindingRow> Add(BindingRow wanted);

 private:
  absl::Status Load();
  absl::Status GiverMay(const RoleRow& role, const std::string& unit_id) const;
  db::Tx& tx_;
  const platform::Call& call_;
  std::map<std::string, RoleRow> roles_;
};

}  // namespace thidua::campaign::access
