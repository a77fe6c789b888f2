#include "campaign/access/validate.h"

#include "platform/clock.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::access {
namespace {

// "people/<id>" or "clients/<id>" to kind and id.
absl::Status SplitPrincipal(const std::string& name, const std::string& field, std::string* kind,
                            std::string* id) {
  const bool client = name.rfind("clients/", 0) == 0;
  ASSIGN_OR_RETURN(*id, platform::IdFromName(name, client ? "clients" : "people", field));
  *kind = client ? "client" : "person";
  return absl::OkStatus();
}

absl::StatusOr<std::string> RoleId(const std::string& name, const std::string& field) {
  if (name.rfind("roles/", 0) == 0 && name.size() > 6 && name.size() <= 46) return name.substr(6);
  return platform::InvalidField(
      field, "NAME_MALFORMED",
      {"phải có dạng \"roles/<mã>\"", "must have the form \"roles/<id>\""});
}

size_t Characters(const std::string& text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

}  // namespace

absl::StatusOr<BindingRow> WantedBinding(const v1::RoleBinding& binding, absl::CivilDay today) {
  BindingRow row;
  ASSIGN_OR_RETURN(row.binding.role_id, RoleId(binding.role(), "role_binding.role"));
  RETURN_IF_ERROR(SplitPrincipal(binding.principal(), "role_binding.principal", &row.principal_kind,
                                 &row.principal_id));
  if (binding.unit() == "*") {
    row.binding.unit_id = "*";
  } else {
    ASSIGN_OR_RETURN(row.binding.unit_id,
                     platform::IdFromName(binding.unit(), "units", "role_binding.unit"));
  }
  row.binding.from = today;
  if (!binding.valid_from().empty()) {
    ASSIGN_OR_RETURN(row.binding.from,
                     platform::ParseDate(binding.valid_from(), "role_binding.valid_from"));
  }
  if (!binding.valid_to().empty()) {
    ASSIGN_OR_RETURN(row.binding.to,
                     platform::ParseDate(binding.valid_to(), "role_binding.valid_to"));
    if (*row.binding.to < row.binding.from) {
      return platform::InvalidField(
          "role_binding.valid_to", "DATES_REVERSED",
          {"ngày cuối trước ngày đầu", "the last day comes before the first"});
    }
  }
  return row;
}

absl::StatusOr<BindingFilter> WantedFilter(const v1::ListRoleBindingsRequest& request) {
  BindingFilter filter;
  if (!request.principal().empty()) {
    RETURN_IF_ERROR(SplitPrincipal(request.principal(), "principal", &filter.principal_kind,
                                   &filter.principal_id));
  }
  if (!request.unit().empty()) {
    ASSIGN_OR_RETURN(filter.unit_id, platform::IdFromName(request.unit(), "units", "unit"));
  }
  if (!request.role().empty()) {
    ASSIGN_OR_RETURN(filter.role_id, RoleId(request.role(), "role"));
  }
  return filter;
}

absl::StatusOr<std::string> UnitOfNewClient(const v1::Client& client) {
  if (client.title().empty() || Characters(client.title()) > 200) {
    return platform::InvalidField("client.title", "FIELD_LENGTH",
                                  {"phải có 1 đến 200 ký tự", "must have 1 to 200 characters"});
  }
  return platform::IdFromName(client.unit(), "units", "client.unit");
}

absl::Status CheckReason(const std::string& reason) {
  if (!reason.empty() && Characters(reason) <= 500) return absl::OkStatus();
  return platform::InvalidField("reason", "FIELD_LENGTH",
                                {"phải có 1 đến 500 ký tự", "must have 1 to 500 characters"});
}

absl::Status CheckEtag(const std::string& etag, int64_t row_version) {
  const std::string current = "\"" + std::to_string(row_version) + "\"";
  return etag == current ? absl::OkStatus() : platform::EtagMismatch(etag, current);
}

}  // namespace thidua::campaign::access
