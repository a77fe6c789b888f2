#include "campaign/directory/people_changes.h"

#include "campaign/directory/events.h"
#include "campaign/directory/store_people.h"
#include "campaign/directory/store_units.h"
#include "campaign/requests/fields.h"
#include "platform/etag.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

absl::Status Judge(db::Tx& tx, const Person& person) {
  ASSIGN_OR_RETURN(const auto units, UnitSpansOf(tx, person));
  Fields fields;
  fields.Add(CheckPerson(person, units), "person.");
  return fields.status();
}

}  // namespace

absl::StatusOr<std::map<std::string, Span>> UnitSpansOf(db::Session& session,
                                                        const Person& person) {
  std::vector<std::string> ids;
  for (const Post& post : person.posts) ids.push_back(post.unit_id);
  ASSIGN_OR_RETURN(const std::vector<Unit> units, LoadUnits(session, ids));
  std::map<std::string, Span> spans;
  for (const Unit& unit : units) spans[unit.id] = unit.span;
  return spans;
}

absl::StatusOr<Person> CreatePerson(db::Tx& tx, const platform::Call& call, Person person) {
  // Units must not end between the judging of a post and its storing.
  RETURN_IF_ERROR(LockDirectory(tx));
  person.id = platform::NewId(call.machine_now());
  RETURN_IF_ERROR(Judge(tx, person));
  RETURN_IF_ERROR(InsertPerson(tx, person, call.machine_now()));
  person.row_version = 1;
  RETURN_IF_ERROR(AppendPerson(tx, call, nullptr, person, ""));
  return person;
}

absl::StatusOr<Person> ChangePerson(db::Tx& tx, const platform::Call& call, const std::string& id,
                                    const std::string& etag,
                                    const std::function<void(Person&)>& change,
                                    const std::string& reason) {
  RETURN_IF_ERROR(LockDirectory(tx));
  ASSIGN_OR_RETURN(const std::optional<Person> before, LockPerson(tx, id));
  if (!before) return UnknownPerson(id);
  RETURN_IF_ERROR(platform::CheckEtag(etag, before->row_version, "person.etag"));
  Person after = *before;
  change(after);
  RETURN_IF_ERROR(Judge(tx, after));
  RETURN_IF_ERROR(ReplacePerson(tx, after, call.machine_now()));
  after.row_version = before->row_version + 1;
  RETURN_IF_ERROR(AppendPerson(tx, call, &*before, after, reason));
  return after;
}

absl::Status UnknownPerson(const std::string& person_id) {
  return platform::NotFound("UNKNOWN_PERSON", {"không có người này", "there is no such person"},
                            {{"person", person_id}});
}

}  // namespace thidua::campaign::directory
