// Making notices: one notice to a unit, an inbox item for each of its people, a mail for each who
// has an address, one event; all in the caller's transaction.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "notify/inbox/store_contacts.h"
#include "notify/templates/rules.h"
#include "platform/clock.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"

namespace thidua::notify::inbox {

// A notice before it has an identity.
struct NoticeDraft {
  // What it tells of, from the ids of the act: "plan_launched:<plan>:<unit>". Unique for ever.
  std::string key;
  templates::Kind kind = templates::Kind::kPlanLaunched;
  std::string unit_id;  // whose people are addressed
  absl::CivilDay date;  // business date of the act; chooses the template and the posts
  std::string link;     // resource name
  std::map<std::string, std::string> values;  // of the template's placeholders
  std::string source_event_id;                // empty for reminders
};

// Makes the notice. Returns its id, or nullopt when a notice with this key exists already: then
// nothing is done.
absl::StatusOr<std::optional<std::string>> MakeNotice(db::Tx& tx, const feed::Origin& origin,
                                                      const NoticeDraft& draft);

// Gives a person learned of on a day the notices of their unit that they missed (R-NOT-51). The
// caller holds the lock of the unit from before it stored the contact.
absl::Status Backfill(db::Tx& tx, const feed::Origin& origin, const Contact& contact,
                      absl::CivilDay learned_on);

}  // namespace thidua::notify::inbox
