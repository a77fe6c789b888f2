// The roster of a plan, from the units of today.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "campaign/directory/unit_tree.h"
#include "campaign/plans/record.h"
#include "campaign/plans/rules_roster.h"
#include "platform/db/session.h"

namespace thidua::campaign::plans {

// Who would take part if the plan were launched on the day (R-PLN-10), by id.
absl::StatusOr<std::vector<Participant>> RosterOn(db::Session& session, const directory::Tree& tree,
                                                  const Record& record, absl::CivilDay day);
// How many people are in scope on the day; nothing when the plan has no group of individuals.
absl::StatusOr<std::optional<int>> PersonCountOn(db::Session& session, const directory::Tree& tree,
                                                 const Record& record, absl::CivilDay day);
// Where the people in scope are on the day (R-PLN-11).
absl::StatusOr<std::vector<PeopleScope>> PeopleScopesOn(db::Session& session,
                                                        const directory::Tree& tree,
                                                        const Record& record, absl::CivilDay day);

}  // namespace thidua::campaign::plans
