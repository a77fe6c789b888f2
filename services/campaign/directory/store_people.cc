#include "campaign/directory/store_people.h"

#include <algorithm>

#include "platform/ascii_text.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::campaign::directory {
namespace {

constexpr char kColumns[] =
    "SELECT person_id, staff_code, full_name, category, email, phone, synthetic, note, row_version "
    "FROM people";

Person ReadPerson(const db::Row& row) {
  Person person;
  person.id = row.Get<std::string>(0);
  person.staff_code = row.Get<std::string>(1);
  person.full_name = row.Get<std::string>(2);
  person.category = CategoryFrom(row.Get<std::string>(3)).value_or(Category::kUnknown);
  person.email = row.Get<std::string>(4);
  person.phone = row.Get<std::string>(5);
  person.synthetic = row.Get<bool>(6);
  person.note = row.Get<std::string>(7);
  person.row_version = row.Get<int64_t>(8);
  return person;
}

absl::Status LoadPosts(db::Session& session, Person* person) {
  return session.Query(
      [&](const db::Row& row) {
        person->posts.push_back(
            {row.Get<std::string>(0),
             row.Get<std::string>(1),
             {row.Get<absl::CivilDay>(2), row.Get<std::optional<absl::CivilDay>>(3)}});
        return absl::OkStatus();
      },
      "SELECT unit_id, position, valid_from, valid_to FROM posts WHERE person_id = ? ORDER BY "
      "valid_from",
      person->id);
}

absl::StatusOr<std::optional<Person>> FindOne(db::Session& session, const std::string& condition,
                                              std::string_view key) {
  ASSIGN_OR_RETURN(std::optional<Person> person,
                   session.QueryOptional<Person>(ReadPerson, kColumns + condition, key));
  if (person) RETURN_IF_ERROR(LoadPosts(session, &*person));
  return person;
}

absl::Status InsertPosts(db::Tx& tx, const Person& person) {
  for (const Post& post : person.posts) {
    RETURN_IF_ERROR(tx.Execute("INSERT INTO posts (person_id, valid_from, valid_to, unit_id, "
                               "position) VALUES (?, ?, ?, ?, ?)",
                               person.id, post.span.from, post.span.to, post.unit_id, post.position)
                        .status());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::optional<Person>> FindPerson(db::Session& session, const std::string& id) {
  return FindOne(session, " WHERE person_id = ?", id);
}

absl::StatusOr<std::optional<Person>> LockPerson(db::Tx& tx, const std::string& id) {
  return FindOne(tx, " WHERE person_id = ? FOR UPDATE", id);
}

absl::StatusOr<std::optional<Person>> FindPersonByStaffCode(db::Session& session,
                                                            std::string_view staff_code) {
  if (!platform::IsAscii(staff_code)) return std::optional<Person>();  // as files may hold
  return FindOne(session, " WHERE staff_code = ?", staff_code);
}

absl::StatusOr<std::vector<Person>> LoadPeople(db::Session& session, const std::string& after,
                                               int limit) {
  ASSIGN_OR_RETURN(
      std::vector<Person> people,
      session.QueryAll<Person>(
          ReadPerson, std::string(kColumns) + " WHERE person_id > ? ORDER BY person_id LIMIT ?",
          after, limit));
  for (Person& person : people) RETURN_IF_ERROR(LoadPosts(session, &person));
  return people;
}

absl::StatusOr<std::vector<PersonAtUnit>> PeopleOn(db::Session& session, absl::CivilDay day,
                                                   const std::string& unit_id,
                                                   const std::string& staff_code,
                                                   const std::string& after, int limit) {
  std::string sql =
      "SELECT p.person_id, o.unit_id FROM people p JOIN posts o ON o.person_id = p.person_id "
      "WHERE p.person_id > ? AND o.valid_from <= ? AND (o.valid_to IS NULL OR o.valid_to >= ?)";
  std::vector<db::Value> values = {db::ToValue(after), db::ToValue(day), db::ToValue(day)};
  if (!unit_id.empty()) {
    sql += " AND o.unit_id = ?";
    values.push_back(db::ToValue(unit_id));
  }
  if (!staff_code.empty()) {
    sql += " AND p.staff_code = ?";
    values.push_back(db::ToValue(staff_code));
  }
  sql += " ORDER BY p.person_id LIMIT ?";
  values.push_back(db::ToValue(limit));
  std::vector<PersonAtUnit> people;
  RETURN_IF_ERROR(session.QueryValues(
      [&](const db::Row& row) {
        people.push_back({row.Get<std::string>(0), row.Get<std::string>(1)});
        return absl::OkStatus();
      },
      sql, std::move(values)));
  return people;
}

absl::StatusOr<std::vector<Person>> PeopleBeyond(db::Tx& tx, const std::string& unit_id,
                                                 absl::CivilDay day) {
  ASSIGN_OR_RETURN(
      const std::vector<std::string> ids,
      tx.QueryAll<std::string>([](const db::Row& row) { return row.Get<std::string>(0); },
                               "SELECT DISTINCT person_id FROM posts WHERE unit_id = ? AND "
                               "(valid_to IS NULL OR valid_to > ?) "
                               "ORDER BY person_id",
                               unit_id, day));
  std::vector<Person> people;
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(std::optional<Person> person, LockPerson(tx, id));
    if (person) people.push_back(*std::move(person));
  }
  return people;
}

absl::Status InsertPerson(db::Tx& tx, const Person& person, absl::Time now) {
  const absl::Status inserted =
      tx.Execute(
            "INSERT INTO people (person_id, staff_code, full_name, category, email, phone, "
            "synthetic, note, "
            "row_version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
            person.id, person.staff_code, person.full_name, TextOf(person.category), person.email,
            person.phone, person.synthetic, person.note, now, now)
          .status();
  if (platform::ReasonOf(inserted) == "DUPLICATE_KEY") {
    return platform::AlreadyExists(
        "STAFF_CODE_TAKEN",
        {"mã cán bộ đã có người mang", "the staff code belongs to somebody else"},
        {{"staff_code", person.staff_code}});
  }
  RETURN_IF_ERROR(inserted);
  return InsertPosts(tx, person);
}

absl::Status ReplacePerson(db::Tx& tx, const Person& person, absl::Time now) {
  RETURN_IF_ERROR(
      tx.Execute(
            "UPDATE people SET full_name = ?, category = ?, email = ?, phone = ?, synthetic = ?, "
            "note = ?, row_version = row_version + 1, updated_at = ? WHERE person_id = ?",
            person.full_name, TextOf(person.category), person.email, person.phone, person.synthetic,
            person.note, now, person.id)
          .status());
  RETURN_IF_ERROR(tx.Execute("DELETE FROM posts WHERE person_id = ?", person.id).status());
  return InsertPosts(tx, person);
}

}  // namespace thidua::campaign::directory
