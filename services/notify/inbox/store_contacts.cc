#include "notify/inbox/store_contacts.h"

namespace thidua::notify::inbox {

absl::Status PutContact(db::Tx& tx, const Contact& contact) {
  return tx
      .Execute(
          "INSERT INTO contacts (person_id, full_name, unit_id, position, email, valid_from, "
          "valid_to) VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE full_name = "
          "VALUES(full_name), unit_id = VALUES(unit_id), position = VALUES(position), email = "
          "VALUES(email), valid_from = VALUES(valid_from), valid_to = VALUES(valid_to)",
          contact.person_id, contact.full_name, contact.post.unit_id, contact.position,
          contact.email, contact.post.valid_from, contact.post.valid_to)
      .status();
}

absl::StatusOr<std::vector<Contact>> ContactsOfUnit(db::Session& session,
                                                    const std::string& unit_id) {
  return session.QueryAll<Contact>(
      [](const db::Row& row) {
        Contact contact;
        contact.person_id = row.Get<std::string>(0);
        contact.full_name = row.Get<std::string>(1);
        contact.position = row.Get<std::string>(2);
        contact.email = row.Get<std::string>(3);
        contact.post.unit_id = row.Get<std::string>(4);
        contact.post.valid_from = row.Get<absl::CivilDay>(5);
        contact.post.valid_to = row.Get<std::optional<absl::CivilDay>>(6);
        return contact;
      },
      "SELECT person_id, full_name, position, email, unit_id, valid_from, valid_to FROM contacts "
      "WHERE unit_id = ? ORDER BY person_id",
      unit_id);
}

absl::StatusOr<std::optional<std::string>> FullNameOf(db::Session& session,
                                                      const std::string& person_id) {
  return session.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT full_name FROM contacts WHERE person_id = ?", person_id);
}

absl::Status ClearContacts(db::Tx& tx) { return tx.Execute("DELETE FROM contacts").status(); }

}  // namespace thidua::notify::inbox
