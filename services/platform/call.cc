#include "platform/call.h"

#include <algorithm>
#include <map>
#include <utility>

#include "platform/clock.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::platform {
namespace {

bool Matches(std::string_view pattern, std::string_view permission) {
  if (pattern == "*" || pattern == permission) return true;
  if (pattern.size() > 2 && pattern.substr(pattern.size() - 2) == ".*") {
    return permission.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
  }
  if (pattern.size() > 2 && pattern.substr(0, 2) == "*.") {
    const std::string_view suffix = pattern.substr(1);
    return permission.size() > suffix.size() &&
           permission.substr(permission.size() - suffix.size()) == suffix;
  }
  return false;
}

bool Holds(const Grant& grant, std::string_view permission) {
  return std::any_of(grant.permissions.begin(), grant.permissions.end(),
                     [&](const std::string& pattern) { return Matches(pattern, permission); });
}

// The unit is told back only when the request named it: that of a resource would tell those out of
// whose reach it is that the resource exists.
absl::Status Denied(const common::v1::Policy& policy, std::string_view permission,
                    const std::string& unit_id) {
  std::map<std::string, std::string> metadata = {{"permission", std::string(permission)}};
  if (policy.unit_from() != "RESOURCE" && policy.unit_from() != "FILTER") {
    metadata["unit"] = unit_id;
  }
  return PermissionDenied("PERMISSION_DENIED",
                          {"Không có quyền " + std::string(permission) + " tại đơn vị này",
                           "Permission " + std::string(permission) + " is not held at this unit"},
                          std::move(metadata));
}

}  // namespace

bool Principal::HoldsAnywhere(std::string_view permission) const {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return Holds(grant, permission); });
}

bool VisibleUnits::Contains(const std::string& unit_id) const {
  return all || std::binary_search(ids.begin(), ids.end(), unit_id);
}

absl::CivilDay Call::business_today() const {
  return absl::ToCivilDay(context_.business_now, VietnamTime());
}

absl::Status Call::Require(const std::string& unit_id) const {
  RETURN_IF_ERROR(RequirePermission(context_.policy.permission(), unit_id));
  checked_.store(true);
  return absl::OkStatus();
}

absl::Status Call::RequirePermission(std::string_view permission,
                                     const std::string& unit_id) const {
  for (const Grant& grant : context_.principal.grants) {
    if (!Holds(grant, permission)) continue;
    if (grant.unit_id == "*") return absl::OkStatus();
    if (unit_id.empty()) continue;
    if (grant.unit_id == unit_id) return absl::OkStatus();
    if (context_.unit_tree == nullptr) continue;
    absl::StatusOr<bool> within =
        context_.unit_tree->IsWithin(unit_id, grant.unit_id, business_today(), context_.deadline);
    // A unit that is not known cannot be covered by anyone's right at a unit: that is a refusal,
    // and it does not tell a stranger which ids exist.
    if (!within.ok() && within.status().code() != absl::StatusCode::kNotFound)
      return within.status();
    if (within.ok() && *within) return absl::OkStatus();
  }
  return Denied(context_.policy, permission, unit_id);
}

absl::StatusOr<VisibleUnits> Call::Visible() const {
  VisibleUnits visible;
  for (const Grant& grant : context_.principal.grants) {
    if (!Holds(grant, context_.policy.permission())) continue;
    if (grant.unit_id == "*") {
      visible.all = true;
      visible.ids.clear();
      break;
    }
    visible.ids.push_back(grant.unit_id);
    if (context_.unit_tree == nullptr) continue;
    absl::StatusOr<std::vector<std::string>> below =
        context_.unit_tree->Subtree(grant.unit_id, business_today(), context_.deadline);
    if (!below.ok() && below.status().code() != absl::StatusCode::kNotFound) return below.status();
    if (below.ok()) visible.ids.insert(visible.ids.end(), below->begin(), below->end());
  }
  std::sort(visible.ids.begin(), visible.ids.end());
  visible.ids.erase(std::unique(visible.ids.begin(), visible.ids.end()), visible.ids.end());
  checked_.store(true);
  return visible;
}

}  // namespace thidua::platform
