#include "awards/decisions/store_authority.h"

namespace thidua::awards::decisions {

absl::StatusOr<std::vector<Authority>> ReadAuthorities(db::Session& session) {
  return session.QueryAll<Authority>(
      [](const db::Row& row) {
        return Authority{row.Get<std::string>(0), row.Get<std::string>(1),
                         row.Get<absl::CivilDay>(2), row.Get<std::optional<absl::CivilDay>>(3),
                         row.Get<std::string>(4)};
      },
      "SELECT unit_type, award_form, valid_from, valid_to, legal_basis FROM award_authorities "
      "ORDER BY unit_type, award_form, valid_from");
}

}  // namespace thidua::awards::decisions
