// Making notices: one notice to a unit or to people named, an inbox item for each of them, a mail
// for each who has an address and an SMS where the notice asks for it, one event; all in the
// caller's transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

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
  std::string unit_id;  // whose people are addressed, or which lets the people named know
  absl::CivilDay date;  // business date of the act; chooses the template and the posts
  std::string link;     // resource name
  std::map<std::string, std::string> values;  // of the template's placeholders
  std::string source_event_id;                // empty for reminders
};

// Ways besides the inbox.
enum class Ways {
  kMail,
  kMailAndSms,
  kSms,  // and mail to those of whom no telephone number is known
};

// Makes the notice. Returns its id, or nullopt when a notice with this key exists already: then
// nothing is done.
absl::StatusOr<std::optional<std::string>> MakeNotice(db::Tx& tx, const feed::Origin& origin,
                                                      const NoticeDraft& draft);

// The same to people by their ids, whatever their unit and post. Who is not known yet gets it by
// Backfill.
absl::StatusOr<std::optional<std::string>> MakeNoticeToPeople(
    db::Tx& tx, const feed::Origin& origin, const NoticeDraft& draft,
    const std::vector<std::string>& person_ids, Ways ways);

// Gives a person learned of on a day the notices of their unit that they missed (R-NOT-51), and
// those that name them (R-NOT-52); by mail. The caller holds the lock of the unit and of the person
// from before it stored the contact.
absl::Status Backfill(db::Tx& tx, const feed::Origin& origin, const Contact& contact,
                      absl::CivilDay learned_on);

}  // namespace thidua::notify::inbox
