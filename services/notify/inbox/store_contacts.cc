#include "notify/inbox/store_contacts.h"

#include <string_view>
#include <utility>

#include "platform/status_macros.h"

namespace thidua::notify::inbox {
namespace {

constexpr std::string_view kSelect =
    "SELECT person_id, full_name, position, email, phone, unit_id, valid_from, valid_to FROM "
    "contacts ";

Contact ReadContact(const db::Row& row) {
  Contact contact;
  contact.person_id = row.Get<std::string>(0);
  contact.full_name = row.Get<std::string>(1);
  contact.position = row.Get<std::string>(2);
  contact.email = row.Get<std::string>(3);
  contact.phone = row.Get<std::string>(4);
  contact.post.unit_id = row.Get<std::string>(5);
  contact.post.valid_from = row.Get<absl::CivilDay>(6);
  contact.post.valid_to = row.Get<std::optional<absl::CivilDay>>(7);
  return contact;
}

}  // namespace

absl::Status PutContact(db::Tx& tx, const Contact& contact) {
  return tx
      .Execute(
          "INSERT INTO contacts (person_id, full_name, unit_id, position, email, phone, "
          "valid_from, "
          "valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE full_name = "
          "VALUES(full_name), unit_id = VALUES(unit_id), position = VALUES(position), email = "
          "VALUES(email), phone = VALUES(phone), valid_from = VALUES(valid_from), valid_to = "
          "VALUES(valid_to)",
          contact.person_id, contact.full_name, contact.post.unit_id, contact.position,
          contact.email, contact.phone, contact.post.valid_from, contact.post.valid_to)
      .status();
}

absl::StatusOr<std::vector<Contact>> ContactsOfUnit(db::Session& session,
                                                    const std::string& unit_id) {
  return session.QueryAll<Contact>(
      ReadContact, std::string(kSelect) + "WHERE unit_id = ? ORDER BY person_id", unit_id);
}

absl::StatusOr<std::vector<Contact>> ContactsNamed(db::Session& session,
                                                   const std::vector<std::string>& person_ids) {
  std::vector<Contact> contacts;
  if (person_ids.empty()) return contacts;
  std::vector<db::Value> values;
  values.reserve(person_ids.size());
  for (const std::string& id : person_ids) values.push_back(db::ToValue(id));
  const absl::Status status = session.QueryValues(
      [&](const db::Row& row) {
        contacts.push_back(ReadContact(row));
        return absl::OkStatus();
      },
      std::string(kSelect) + "WHERE person_id IN " +
          db::Placeholders(1, static_cast<int>(person_ids.size())) + " ORDER BY person_id",
      std::move(values));
  if (!status.ok()) return status;
  return contacts;
}

absl::StatusOr<std::optional<std::string>> FullNameOf(db::Session& session,
                                                      const std::string& person_id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT full_name FROM contacts WHERE person_id = ?", person_id);
}

absl::Status ClearContacts(db::Tx& tx) { return tx.Execute("DELETE FROM contacts").status(); }

absl::StatusOr<bool> KnowsUnits(db::Session& session) {
  ASSIGN_OR_RETURN(
      const std::optional<int64_t> units,
      session.QueryOptional<int64_t>([](const db::Row& row) { return row.Get<int64_t>(0); },
                                     "SELECT EXISTS (SELECT 1 FROM units)"));
  return units.value_or(0) > 0;
}

}  // namespace thidua::notify::inbox
