// The tables notices and inbox_items.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::notify::inbox {

// A notice to the people of one unit.
struct Notice {
  std::string id;
  std::string key;
  std::string kind;
  std::string unit_id;     // whose people it addresses, or which lets the people named know
  bool to_people = false;  // to people it names (notice_people), not to those of the unit
  absl::CivilDay date;
  std::string link;
  std::string template_id;
  std::string title;
  std::string body;
  std::string sms;              // empty when it never goes by SMS
  std::string source_event_id;  // empty for reminders
  absl::Time created_at;
};

// A notice in one person's inbox.
struct Item {
  std::string id;
  std::string person_id;
  absl::Time created_at;
  std::optional<absl::Time> read_at;
  Notice notice;
};

// A new row of inbox_items.
struct NewItem {
  std::string id;
  std::string person_id;
};

// Whether a notice with this key exists.
absl::StatusOr<bool> NoticeExists(db::Session& session, const std::string& key);
absl::Status InsertNotice(db::Tx& tx, const Notice& notice);
// Whom a notice to_people names.
absl::Status InsertNamed(db::Tx& tx, const std::string& notice_id,
                         const std::vector<std::string>& person_ids);
// One statement for all; a pair of person and notice key that exists already is an error of the
// whole.
absl::Status InsertItems(db::Tx& tx, const Notice& notice, const std::vector<NewItem>& items);

// Notices to the unit dated within the days, oldest first, that the person has no item of. Without
// texts; not those to people named.
absl::StatusOr<std::vector<Notice>> NoticesWithoutItem(db::Session& session,
                                                       const std::string& person_id,
                                                       const std::string& unit_id,
                                                       absl::CivilDay from, absl::CivilDay to);

// The same of the notices that name the person, dated on the day or later.
absl::StatusOr<std::vector<Notice>> NoticesNaming(db::Session& session,
                                                  const std::string& person_id,
                                                  absl::CivilDay from);

// What a list of one person's inbox asks for.
struct ItemFilter {
  bool unread_only = false;
  std::optional<std::string> kind;
  std::string before_id;  // empty: from the newest
  int limit = 0;
};
// Newest first.
absl::StatusOr<std::vector<Item>> ListItems(db::Session& session, const std::string& person_id,
                                            const ItemFilter& filter);
absl::StatusOr<std::optional<Item>> FindItem(db::Session& session, const std::string& person_id,
                                             const std::string& item_id);
// The same, locked until the end of the transaction.
absl::StatusOr<std::optional<Item>> LockItem(db::Tx& tx, const std::string& person_id,
                                             const std::string& item_id);
absl::Status SetRead(db::Tx& tx, const std::string& item_id, absl::Time read_at);
absl::StatusOr<int64_t> CountUnread(db::Session& session, const std::string& person_id);

// A notice as the snapshot of the feed tells it, with the number of its items and mails.
struct NoticeSummary {
  Notice notice;
  int64_t recipients = 0;
  int64_t mails = 0;
  int64_t sms = 0;
};
absl::StatusOr<std::vector<NoticeSummary>> NoticesAfter(db::Session& session,
                                                        const std::string& after_id, int limit);

}  // namespace thidua::notify::inbox
