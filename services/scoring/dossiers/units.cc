#include "scoring/dossiers/units.h"

#include <utility>

#include "platform/clock.h"
#include "platform/status_macros.h"

namespace thidua::scoring::dossiers {

absl::StatusOr<UnitAnswer> UnitResolver::Resolve(const std::string& code, absl::CivilDay day) {
  auto found = holders_.find(code);
  if (found == holders_.end()) {
    ASSIGN_OR_RETURN(std::vector<units::CodeHolder> holders,
                     units::Projection::HoldersOf(session_, "QD20", code));
    found = holders_.emplace(code, std::move(holders)).first;
  }
  std::string holder;
  bool several = false;
  for (const units::CodeHolder& one : found->second) {
    if (!one.code.Holds(day) || !one.unit.Holds(day)) continue;
    several = several || (!holder.empty() && holder != one.unit_id);
    holder = one.unit_id;
  }
  if (!holder.empty() && !several) return UnitAnswer{holder, std::nullopt};
  missed_ = missed_ || !several;
  if (found->second.empty() || several) {
    return UnitAnswer{"", RowIssue{"unit_code", "UNKNOWN_UNIT", "Không có đơn vị mang mã " + code,
                                   "No unit carries the code " + code}};
  }
  return UnitAnswer{"",
                    RowIssue{"unit_code", "UNIT_NOT_VALID",
                             "Mã " + code + " không thuộc đơn vị nào vào ngày tiếp nhận " +
                                 platform::FormatDateVi(day),
                             "The code " + code + " belongs to no unit on the date of receipt " +
                                 platform::FormatDate(day)}};
}

}  // namespace thidua::scoring::dossiers
