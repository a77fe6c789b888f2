#include "campaign/access/convert.h"

#include "platform/clock.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/timestamp.h"

namespace thidua::campaign::access {

v1::Role ToProto(const Role& role) {
  v1::Role out;
  out.set_name("roles/" + role.id);
  out.set_title(role.title);
  for (const std::string& permission : role.permissions) out.add_permissions(permission);
  for (const std::string& id : role.excluded) out.add_excluded_roles("roles/" + id);
  return out;
}

v1::RoleBinding ToProto(const RoleBinding& binding) {
  v1::RoleBinding out;
  out.set_name(platform::NameOf("roleBindings", binding.id));
  out.set_role("roles/" + binding.binding.role_id);
  out.set_principal(platform::NameOf(binding.principal_kind == "person" ? "people" : "clients",
                                     binding.principal_id));
  const std::string& unit = binding.binding.unit_id;
  out.set_unit(unit == "*" ? unit : platform::NameOf("units", unit));
  out.set_valid_from(platform::FormatDate(binding.binding.from));
  if (binding.binding.to) out.set_valid_to(platform::FormatDate(*binding.binding.to));
  out.set_etag(platform::EtagOf(binding.row_version));
  return out;
}

v1::Client ToProto(const Client& client) {
  v1::Client out;
  out.set_name(platform::NameOf("clients", client.id));
  out.set_title(client.title);
  out.set_unit(platform::NameOf("units", client.unit_id));
  out.set_disabled(client.disabled);
  *out.mutable_secret_time() = platform::ToTimestamp(client.secret_time);
  out.set_etag(platform::EtagOf(client.row_version));
  return out;
}

PrincipalName PrincipalFrom(const std::string& name, const std::string& field, Fields* fields) {
  if (name.rfind("clients/", 0) == 0) return {"client", fields->Id(name, "clients", field)};
  return {"person", fields->Id(name, "people", field)};
}

std::string RoleFrom(const std::string& name, const std::string& field, Fields* fields) {
  constexpr char kPrefix[] = "roles/";
  std::string id = name.rfind(kPrefix, 0) == 0 ? name.substr(sizeof(kPrefix) - 1) : "";
  if (id.empty() || id.size() > 40 ||
      id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") != std::string::npos) {
    fields->Refuse(field, "NAME_MALFORMED",
                   {"phải có dạng \"roles/<VAI_TRO>\"", "must have the form \"roles/<ROLE>\""});
  }
  return id;
}

std::string PlaceFrom(const std::string& name, const std::string& field, Fields* fields) {
  return name == "*" ? name : fields->Id(name, "units", field);
}

}  // namespace thidua::campaign::access
