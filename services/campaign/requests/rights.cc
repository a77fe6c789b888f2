#include "campaign/requests/rights.h"

#include <utility>

#include "platform/status.h"

namespace thidua::campaign {

absl::Status RequireAtOne(const platform::Call& call, const std::vector<std::string>& unit_ids) {
  absl::Status refused = platform::Internal("a right is asked for at no unit");
  for (const std::string& unit : unit_ids) {
    refused = call.Require(unit);
    if (refused.ok()) return refused;
  }
  return refused;
}

absl::StatusOr<platform::VisibleUnits> VisibleFor(const platform::Call& call,
                                                  std::string_view permission) {
  platform::Call::Context context = call.context();
  context.policy.set_permission(std::string(permission));
  return platform::Call(std::move(context)).Visible();
}

}  // namespace thidua::campaign
