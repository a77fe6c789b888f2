// The table contacts: whom a notice can reach.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "notify/inbox/rules.h"
#include "platform/db/session.h"

namespace thidua::notify::inbox {

struct Contact {
  std::string person_id;
  std::string full_name;
  std::string position;
  std::string email;  // empty when unknown
  std::string phone;  // E.164 as campaign tells it; empty when unknown
  Post post;
};

absl::Status PutContact(db::Tx& tx, const Contact& contact);
// People with a post in the unit, past and future ones too, by person id.
absl::StatusOr<std::vector<Contact>> ContactsOfUnit(db::Session& session,
                                                    const std::string& unit_id);
// The name of a person; nothing while campaign's feed has not told of them.
absl::StatusOr<std::optional<std::string>> FullNameOf(db::Session& session,
                                                      const std::string& person_id);
// Those of them that are known, by person id.
absl::StatusOr<std::vector<Contact>> ContactsNamed(db::Session& session,
                                                   const std::vector<std::string>& person_ids);
absl::Status ClearContacts(db::Tx& tx);

// Whether campaign's feed has told of any unit.
absl::StatusOr<bool> KnowsUnits(db::Session& session);

}  // namespace thidua::notify::inbox
