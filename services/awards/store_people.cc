#include "awards/people.h"

namespace thidua::awards {

absl::StatusOr<std::optional<KnownPerson>> ReadPerson(db::Session& session,
                                                      const std::string& person_id) {
  return session.QueryOptional<KnownPerson>(
      [](const db::Row& row) {
        return KnownPerson{row.Get<std::string>(0), row.Get<std::string>(1)};
      },
      "SELECT unit_id, name_sha256 FROM people WHERE person_id = ?", person_id);
}

}  // namespace thidua::awards
