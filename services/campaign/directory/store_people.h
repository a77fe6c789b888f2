// All SQL of people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "campaign/directory/rules_people.h"
#include "platform/db/session.h"

namespace thidua::campaign::directory {

absl::StatusOr<std::optional<Person>> FindPerson(db::Session& session, const std::string& id);
// Locks the person's row.
absl::StatusOr<std::optional<Person>> LockPerson(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<Person>> FindPersonByStaffCode(db::Session& session,
                                                            std::string_view staff_code);
// All people, by id, `after` excluded, at most `limit`.
absl::StatusOr<std::vector<Person>> LoadPeople(db::Session& session, const std::string& after,
                                               int limit);

// A person and the unit of the post held on the day.
struct PersonAtUnit {
  std::string person_id;
  std::string unit_id;
};
// Those after `after`, by id, at most `limit`. What is empty does not filter.
absl::StatusOr<std::vector<PersonAtUnit>> PeopleOn(db::Session& session, absl::CivilDay day,
                                                   const std::string& unit_id,
                                                   const std::string& staff_code,
                                                   const std::string& after, int limit);

// People with a post at the unit that lasts, or begins, after the day; locked.
absl::StatusOr<std::vector<Person>> PeopleBeyond(db::Tx& tx, const std::string& unit_id,
                                                 absl::CivilDay day);

// STAFF_CODE_TAKEN (ALREADY_EXISTS). row_version becomes 1.
absl::Status InsertPerson(db::Tx& tx, const Person& person, absl::Time now);
// row_version becomes person.row_version + 1.
absl::Status ReplacePerson(db::Tx& tx, const Person& person, absl::Time now);

}  // namespace thidua::campaign::directory
