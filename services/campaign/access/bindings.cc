#include "campaign/access/bindings.h"

#include <optional>
#include <set>

#include "campaign/access/convert.h"
#include "campaign/directory/people_changes.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "campaign/directory/unit_changes.h"
#include "platform/etag.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {

namespace {

absl::Status Append(db::Tx& tx, const platform::Call& call, const RoleBinding* before,
                    const RoleBinding& after, const std::string& reason) {
  const v1::RoleBinding payload = ToProto(after);
  v1::RoleBinding earlier;
  feed::Draft draft;
  draft.aggregate_type = "role_binding";
  draft.aggregate_id = after.id;
  draft.aggregate_version = after.row_version;
  if (after.binding.unit_id != "*") draft.unit_id = after.binding.unit_id;
  draft.payload = &payload;
  if (before != nullptr) {
    earlier = ToProto(*before);
    draft.before = &earlier;
  }
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

absl::Status UnknownRole(const std::string& role_id) {
  return platform::NotFound("UNKNOWN_ROLE", {"không có vai trò này", "there is no such role"},
                            {{"role", role_id}});
}

std::map<std::string, std::set<std::string>> ExclusionsOf(
    const std::map<std::string, Role>& roles) {
  std::map<std::string, std::set<std::string>> exclusions;
  for (const auto& [id, role] : roles) exclusions[id] = role.excluded;
  return exclusions;
}

}  // namespace

absl::Status JudgeBinding(const RoleBinding& wanted, const std::vector<RoleBinding>& held,
                          const std::map<std::string, Role>& roles) {
  std::vector<Binding> bindings;
  bindings.reserve(held.size());
  for (const RoleBinding& one : held) bindings.push_back(one.binding);
  if (HeldTwice(wanted.binding, bindings)) {
    return platform::AlreadyExists("ROLE_HELD",
                                   {"đã giữ vai trò này tại đơn vị trong thời gian đó",
                                    "the role is held at that unit during that time already"},
                                   {{"role", wanted.binding.role_id}});
  }
  if (const std::optional<std::string> other =
          ExcludedBy(wanted.binding, bindings, ExclusionsOf(roles))) {
    return platform::FailedPrecondition(
        "ROLE_EXCLUDED",
        {"tách bạch nhiệm vụ: đang giữ vai trò “" + roles.at(*other).title +
             "” tại chính đơn vị này",
         "separation of duties: role " + *other + " is held at the same unit"},
        {{"role", wanted.binding.role_id}, {"held_role", *other}});
  }
  return absl::OkStatus();
}

absl::Status StoreBinding(db::Tx& tx, const platform::Call& call, RoleBinding* wanted) {
  wanted->id = platform::NewId(call.machine_now());
  wanted->row_version = 1;
  RETURN_IF_ERROR(InsertBinding(tx, *wanted, call.machine_now()));
  return Append(tx, call, nullptr, *wanted, "");
}

absl::StatusOr<RoleBinding> MoveEnd(db::Tx& tx, const platform::Call& call,
                                    const RoleBinding& before, absl::CivilDay last_day,
                                    const std::string& reason) {
  RoleBinding after = before;
  after.binding.to = last_day;
  ++after.row_version;
  RETURN_IF_ERROR(SetBindingEnd(tx, after.id, last_day, call.machine_now()));
  RETURN_IF_ERROR(Append(tx, call, &before, after, reason));
  return after;
}

absl::Status UnknownRoleBinding(const std::string& id) {
  return platform::NotFound("UNKNOWN_ROLE_BINDING",
                            {"không có phép gán vai trò này", "there is no such role binding"},
                            {{"role_binding", id}});
}

absl::Status RequireToGive(const platform::Call& call, const std::map<std::string, Role>& roles,
                           const std::string& role_id, const std::string& unit_id) {
  RETURN_IF_ERROR(call.Require(unit_id));
  const auto role = roles.find(role_id);
  if (role == roles.end()) return UnknownRole(role_id);
  for (const std::string& permission : role->second.permissions) {
    RETURN_IF_ERROR(call.RequirePermission(permission, unit_id));
  }
  return absl::OkStatus();
}

absl::StatusOr<RoleBinding> GiveRole(db::Tx& tx, const platform::Call& call, RoleBinding wanted) {
  ASSIGN_OR_RETURN(const bool known, LockPrincipal(tx, wanted.principal_kind, wanted.principal_id));
  if (!known) {
    return platform::NotFound(
        "UNKNOWN_PRINCIPAL",
        {"không có người hoặc máy khách này", "there is no such person or client"},
        {{"principal", wanted.principal_id}});
  }
  ASSIGN_OR_RETURN(const auto roles, LoadRoles(tx));
  if (roles.count(wanted.binding.role_id) == 0) return UnknownRole(wanted.binding.role_id);
  if (wanted.binding.unit_id != "*") {
    ASSIGN_OR_RETURN(const std::optional<directory::Unit> unit,
                     directory::FindUnit(tx, wanted.binding.unit_id));
    if (!unit) return directory::UnknownUnit(wanted.binding.unit_id);
  }
  ASSIGN_OR_RETURN(const std::vector<RoleBinding> held,
                   BindingsOf(tx, wanted.principal_kind, wanted.principal_id));
  RETURN_IF_ERROR(JudgeBinding(wanted, held, roles));
  RETURN_IF_ERROR(StoreBinding(tx, call, &wanted));
  return wanted;
}

absl::StatusOr<RoleBinding> EndRole(db::Tx& tx, const platform::Call& call,
                                    const std::string& binding_id, absl::CivilDay last_day,
                                    const std::string& etag, const std::string& reason) {
  ASSIGN_OR_RETURN(const std::optional<RoleBinding> before, LockBinding(tx, binding_id));
  if (!before) {
    return UnknownRoleBinding(binding_id);
  }
  RETURN_IF_ERROR(platform::CheckEtag(etag, before->row_version));
  if (last_day < before->binding.from - 1) {
    return platform::InvalidField("last_day", "SPAN_REVERSED",
                                  {"ngày cuối trước ngày đầu", "the last day is before the first"});
  }
  return MoveEnd(tx, call, *before, last_day, reason);
}

}  // namespace thidua::campaign::access
