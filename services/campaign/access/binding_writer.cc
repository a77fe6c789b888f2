#include "campaign/access/binding_writer.h"

#include <set>
#include <utility>
#include <vector>

#include "platform/clock.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {

v1::RoleBinding ToProto(const BindingRow& row) {
  v1::RoleBinding out;
  out.set_name(platform::NameOf("roleBindings", row.binding_id));
  out.set_role(platform::NameOf("roles", row.binding.role_id));
  out.set_principal(
      platform::NameOf(row.principal_kind == "person" ? "people" : "clients", row.principal_id));
  out.set_unit(row.binding.unit_id == "*" ? "*" : platform::NameOf("units", row.binding.unit_id));
  out.set_valid_from(platform::FormatDate(row.binding.from));
  if (row.binding.to) out.set_valid_to(platform::FormatDate(*row.binding.to));
  out.set_etag("\"" + std::to_string(row.row_version) + "\"");
  return out;
}

absl::Status BindingWriter::Load() {
  if (!roles_.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<RoleRow> roles, ListRoles(tx_));
  for (RoleRow& role : roles) roles_[role.role_id] = std::move(role);
  return absl::OkStatus();
}

// Nobody gives away what he does not hold.
absl::Status BindingWriter::GiverMay(const RoleRow& role, const std::string& unit_id) const {
  RETURN_IF_ERROR(call_.Require(unit_id));
  for (const std::string& permission : role.permissions) {
    RETURN_IF_ERROR(call_.RequirePermission(permission, unit_id));
  }
  return absl::OkStatus();
}

absl::StatusOr<BindingRow> BindingWriter::Add(BindingRow wanted) {
  RETURN_IF_ERROR(Load());
  const auto role = roles_.find(wanted.binding.role_id);
  if (role == roles_.end()) {
    return platform::InvalidField("role_binding.role", "UNKNOWN_ROLE",
                                  {"không có vai trò " + wanted.binding.role_id,
                                   "there is no role " + wanted.binding.role_id});
  }
  if (wanted.binding.unit_id != "*") {
    ASSIGN_OR_RETURN(const bool known, UnitExists(tx_, wanted.binding.unit_id));
    if (!known) {
      return platform::InvalidField("role_binding.unit", "UNKNOWN_UNIT",
                                    {"không có đơn vị này", "there is no such unit"});
    }
  }
  RETURN_IF_ERROR(GiverMay(role->second, wanted.binding.unit_id));
  ASSIGN_OR_RETURN(const bool found,
                   LockPrincipal(tx_, wanted.principal_kind, wanted.principal_id));
  if (!found) {
    return platform::InvalidField(
        "role_binding.principal", "UNKNOWN_PRINCIPAL",
        {"không có người hoặc hệ thống này", "there is no such principal"});
  }
  ASSIGN_OR_RETURN(const std::vector<BindingRow> rows,
                   BindingsOf(tx_, wanted.principal_kind, wanted.principal_id));
  std::vector<Binding> held;
  for (const BindingRow& row : rows) held.push_back(row.binding);
  if (HeldTwice(wanted.binding, held)) {
    return platform::AlreadyExists("ROLE_HELD", {"vai trò này đã có tại đơn vị trong thời gian đó",
                                                 "the role is already held there at that time"});
  }
  std::map<std::string, std::set<std::string>> exclusions;
  for (const auto& [id, row] : roles_) exclusions[id] = row.excluded;
  if (const auto excluded = ExcludedBy(wanted.binding, held, exclusions); excluded.has_value()) {
    return platform::FailedPrecondition(
        "ROLE_EXCLUDED",
        {"không thể cùng giữ vai trò " + *excluded + " tại đơn vị này",
         "excluded by the role " + *excluded},
        {{"role", wanted.binding.role_id}, {"held", *excluded}});
  }
  wanted.binding_id = platform::NewId(call_.machine_now());
  wanted.row_version = 1;
  RETURN_IF_ERROR(InsertBinding(tx_, wanted, call_.machine_now()));
  const v1::RoleBinding payload = ToProto(wanted);
  feed::Draft draft{.aggregate_type = "role_binding", .aggregate_id = wanted.binding_id};
  draft.unit_id = wanted.binding.unit_id == "*" ? "" : wanted.binding.unit_id;
  draft.payload = &payload;
  RETURN_IF_ERROR(feed::Append(tx_, call_, draft));
  return wanted;
}

}  // namespace thidua::campaign::access
