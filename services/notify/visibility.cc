#include "notify/visibility.h"

#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::notify {

absl::StatusOr<std::optional<std::vector<std::string>>> VisibleUnitsOf(const platform::Call& call,
                                                                       const std::string& unit) {
  using Units = std::optional<std::vector<std::string>>;
  std::string asked;
  if (!unit.empty()) {
    ASSIGN_OR_RETURN(asked, platform::IdFromName(unit, "units", "unit"));
  }
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  if (asked.empty()) return visible.all ? Units() : Units(visible.ids);
  return visible.Contains(asked) ? Units({asked}) : Units(std::vector<std::string>());
}

}  // namespace thidua::notify
