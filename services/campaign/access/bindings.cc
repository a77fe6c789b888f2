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

const std::vector<std::string> kBindingColumns = {"staff_code", "role", "unit_code", "valid_from",
                                                  "valid_to"};

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

// R-ACC-02 and R-ACC-03 against what the principal holds.
absl::Status Judge(const RoleBinding& wanted, const std::vector<RoleBinding>& held,
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
        {"tách bạch nhiệm vụ: đang giữ vai trò " + *other + " tại chính đơn vị này",
         "separation of duties: role " + *other + " is held at the same unit"},
        {{"role", wanted.binding.role_id}, {"held_role", *other}});
  }
  return absl::OkStatus();
}

absl::Status Store(db::Tx& tx, const platform::Call& call, RoleBinding* wanted) {
  wanted->id = platform::NewId(call.machine_now());
  wanted->row_version = 1;
  RETURN_IF_ERROR(InsertBinding(tx, *wanted, call.machine_now()));
  return Append(tx, call, nullptr, *wanted, "");
}

}  // namespace

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
  RETURN_IF_ERROR(Judge(wanted, held, roles));
  RETURN_IF_ERROR(Store(tx, call, &wanted));
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
  RoleBinding after = *before;
  after.binding.to = last_day;
  ++after.row_version;
  RETURN_IF_ERROR(SetBindingEnd(tx, binding_id, last_day, call.machine_now()));
  RETURN_IF_ERROR(Append(tx, call, &*before, after, reason));
  return after;
}

absl::Status RequireForBindings(db::Pool& pool, const platform::Call& call,
                                const intake::Table& table) {
  std::map<std::string, Role> roles;
  std::set<std::pair<std::string, std::string>> asked;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(roles, LoadRoles(session));
    for (const intake::TableRow& row : table.rows()) {
      std::string unit = row["unit_code"];
      if (unit != "*") {
        ASSIGN_OR_RETURN(
            unit, directory::UnitIdByCode(session, directory::kQd20, unit, call.business_today()));
      }
      // Roles and units that are not known are told as errors of their rows, to somebody who has
      // the right at all.
      asked.insert({roles.count(row["role"]) != 0 ? row["role"] : "", unit.empty() ? "*" : unit});
    }
    return absl::OkStatus();
  }));
  if (asked.empty()) return call.Require("*");
  for (const auto& [role, unit] : asked) {
    if (role.empty()) {
      RETURN_IF_ERROR(call.Require(unit));
    } else {
      RETURN_IF_ERROR(RequireToGive(call, roles, role, unit));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::ImportReport> ImportBindings(db::Tx& tx, const platform::Call& call,
                                                intake::Table table, bool validate_only) {
  if (!table.ok()) return table.Report({}, validate_only);
  ASSIGN_OR_RETURN(const auto roles, LoadRoles(tx));
  struct Planned {
    RoleBinding wanted;
    std::optional<RoleBinding> before;
  };
  std::vector<Planned> all;
  std::map<std::string, std::vector<RoleBinding>>
      held_by;  // what a person holds, with the rows read so far
  const std::vector<intake::TableRow> rows = table.rows();
  for (const intake::TableRow& row : rows) {
    Planned planned;
    RoleBinding& wanted = planned.wanted;
    wanted.principal_kind = "person";
    const std::optional<absl::CivilDay> from = table.Day(row, "valid_from");
    const std::optional<absl::CivilDay> to = table.MaybeDay(row, "valid_to");
    if (from && to && *to < *from) {
      table.Refuse(row.line, "valid_to", "SPAN_REVERSED", "ngày cuối trước ngày đầu",
                   "the last day is before the first");
    }
    if (roles.count(row["role"]) == 0) {
      table.Refuse(row.line, "role", "UNKNOWN_ROLE", "không có vai trò này",
                   "there is no such role");
    }
    ASSIGN_OR_RETURN(const auto person, directory::FindPersonByStaffCode(tx, row["staff_code"]));
    if (!person) {
      table.Refuse(row.line, "staff_code", "UNKNOWN_PERSON", "không có người mang mã này",
                   "nobody has this staff code");
    }
    std::string unit = row["unit_code"];
    if (unit != "*") {
      ASSIGN_OR_RETURN(unit, directory::UnitIdByCode(tx, directory::kQd20, unit,
                                                     from.value_or(call.business_today())));
      if (unit.empty()) {
        table.Refuse(row.line, "unit_code", "UNKNOWN_UNIT",
                     "không có đơn vị mang mã này vào ngày đầu",
                     "no unit has this code on the first day");
      }
    }
    if (!table.ok() || !person || !from) continue;
    wanted.principal_id = person->id;
    wanted.binding = {row["role"], unit, *from, to};
    if (held_by.count(person->id) == 0) {
      RETURN_IF_ERROR(LockPrincipal(tx, "person", person->id).status());
      ASSIGN_OR_RETURN(held_by[person->id], BindingsOf(tx, "person", person->id));
    }
    std::vector<RoleBinding>& held = held_by[person->id];
    for (const RoleBinding& one : held) {
      if (!one.id.empty() && one.binding.role_id == row["role"] && one.binding.unit_id == unit &&
          one.binding.from == *from) {
        planned.before = one;
      }
    }
    if (!planned.before) {
      const absl::Status judged = Judge(wanted, held, roles);
      if (!judged.ok()) {
        table.Refuse(row.line, "", platform::ReasonOf(judged), platform::TextOf(judged, "vi"),
                     platform::TextOf(judged, "en"));
      }
      held.push_back(wanted);
    }
    all.push_back(std::move(planned));
  }
  intake::Table::Counts counts;
  if (!table.ok()) return table.Report(counts, validate_only);
  for (Planned& planned : all) {
    if (!planned.before) {
      RETURN_IF_ERROR(Store(tx, call, &planned.wanted));
      ++counts.created;
    } else if (planned.before->binding.to == planned.wanted.binding.to ||
               !planned.wanted.binding.to) {
      // An ended binding is not opened again by an old file.
      ++counts.unchanged;
    } else {
      RoleBinding after = *planned.before;
      after.binding.to = planned.wanted.binding.to;
      ++after.row_version;
      RETURN_IF_ERROR(SetBindingEnd(tx, after.id, *after.binding.to, call.machine_now()));
      RETURN_IF_ERROR(Append(tx, call, &*planned.before, after, ""));
      ++counts.updated;
    }
  }
  return table.Report(counts, validate_only);
}

}  // namespace thidua::campaign::access
