// Changes of people inside a transaction: judge, store, tell the feed.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "campaign/directory/rules_people.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::directory {

// Spans of the units of a person's posts that exist.
absl::StatusOr<std::map<std::string, Span>> UnitSpansOf(db::Session& session, const Person& person);

// Field paths in errors begin with "person.".
absl::StatusOr<Person> CreatePerson(db::Tx& tx, const platform::Call& call, Person person);
absl::StatusOr<Person> ChangePerson(db::Tx& tx, const platform::Call& call, const std::string& id,
                                    const std::string& etag,
                                    const std::function<void(Person&)>& change,
                                    const std::string& reason);

absl::Status UnknownPerson(const std::string& person_id);

}  // namespace thidua::campaign::directory
