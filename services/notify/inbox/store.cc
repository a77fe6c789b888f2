#include "notify/inbox/store.h"

#include <string_view>

namespace thidua::notify::inbox {
namespace {

constexpr std::string_view kItemColumns =
    "SELECT i.item_id, i.person_id, i.created_at, i.read_at, n.notice_id, n.notice_key, n.kind, "
    "n.unit_id, n.notice_date, n.link, n.template_id, n.title, n.body, n.source_event_id, "
    "n.created_at FROM inbox_items i JOIN notices n ON n.notice_id = i.notice_id ";

constexpr size_t kItemsInOneStatement = 500;

Item ReadItem(const db::Row& row) {
  Item item;
  item.id = row.Get<std::string>(0);
  item.person_id = row.Get<std::string>(1);
  item.created_at = row.Get<absl::Time>(2);
  item.read_at = row.Get<std::optional<absl::Time>>(3);
  item.notice.id = row.Get<std::string>(4);
  item.notice.key = row.Get<std::string>(5);
  item.notice.kind = row.Get<std::string>(6);
  item.notice.unit_id = row.Get<std::string>(7);
  item.notice.date = row.Get<absl::CivilDay>(8);
  item.notice.link = row.Get<std::string>(9);
  item.notice.template_id = row.Get<std::string>(10);
  item.notice.title = row.Get<std::string>(11);
  item.notice.body = row.Get<std::string>(12);
  item.notice.source_event_id = row.Get<std::string>(13);
  item.notice.created_at = row.Get<absl::Time>(14);
  return item;
}

// What a backfill needs of a notice.
Notice ReadSummary(const db::Row& row) {
  Notice notice;
  notice.id = row.Get<std::string>(0);
  notice.key = row.Get<std::string>(1);
  notice.kind = row.Get<std::string>(2);
  notice.unit_id = row.Get<std::string>(3);
  notice.date = row.Get<absl::CivilDay>(4);
  return notice;
}

}  // namespace

absl::StatusOr<bool> NoticeExists(db::Session& session, const std::string& key) {
  auto found =
      session.QueryOptional<std::string>([](const db::Row& row) { return row.Get<std::string>(0); },
                                         "SELECT notice_id FROM notices WHERE notice_key = ?", key);
  if (!found.ok()) return found.status();
  return found->has_value();
}

absl::Status InsertNotice(db::Tx& tx, const Notice& notice) {
  return tx
      .Execute(
          "INSERT INTO notices (notice_id, notice_key, kind, unit_id, to_people, notice_date, "
          "link, template_id, title, body, sms, source_event_id, created_at) VALUES (?, ?, ?, ?, "
          "?, ?, ?, ?, ?, ?, ?, ?, ?)",
          notice.id, notice.key, notice.kind, notice.unit_id, notice.to_people, notice.date,
          notice.link, notice.template_id, notice.title, notice.body, notice.sms,
          notice.source_event_id, notice.created_at)
      .status();
}

absl::Status InsertNamed(db::Tx& tx, const std::string& notice_id,
                         const std::vector<std::string>& person_ids) {
  if (person_ids.empty()) return absl::OkStatus();
  std::vector<db::Value> values;
  for (const std::string& person_id : person_ids) {
    values.push_back(db::ToValue(notice_id));
    values.push_back(db::ToValue(person_id));
  }
  return tx
      .ExecuteValues("INSERT INTO notice_people (notice_id, person_id) VALUES " +
                         db::Placeholders(static_cast<int>(person_ids.size()), 2),
                     std::move(values))
      .status();
}

absl::Status InsertItems(db::Tx& tx, const Notice& notice, const std::vector<NewItem>& items) {
  for (size_t begin = 0; begin < items.size(); begin += kItemsInOneStatement) {
    const size_t end = std::min(begin + kItemsInOneStatement, items.size());
    std::vector<db::Value> values;
    for (size_t i = begin; i < end; ++i) {
      values.push_back(db::ToValue(items[i].id));
      values.push_back(db::ToValue(items[i].person_id));
      values.push_back(db::ToValue(notice.key));
      values.push_back(db::ToValue(notice.id));
      values.push_back(db::ToValue(notice.kind));
      values.push_back(db::ToValue(notice.created_at));
    }
    const auto inserted = tx.ExecuteValues(
        "INSERT INTO inbox_items (item_id, person_id, notice_key, notice_id, kind, created_at) "
        "VALUES " +
            db::Placeholders(static_cast<int>(end - begin), 6),
        std::move(values));
    if (!inserted.ok()) return inserted.status();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Notice>> NoticesWithoutItem(db::Session& session,
                                                       const std::string& person_id,
                                                       const std::string& unit_id,
                                                       absl::CivilDay from, absl::CivilDay to) {
  return session.QueryAll<Notice>(
      ReadSummary,
      "SELECT n.notice_id, n.notice_key, n.kind, n.unit_id, n.notice_date FROM notices n LEFT JOIN "
      "inbox_items i ON i.person_id = ? AND i.notice_key = n.notice_key WHERE n.unit_id = ? AND "
      "NOT n.to_people AND n.notice_date BETWEEN ? AND ? AND i.item_id IS NULL ORDER BY "
      "n.notice_id",
      person_id, unit_id, from, to);
}

absl::StatusOr<std::vector<Notice>> NoticesNaming(db::Session& session,
                                                  const std::string& person_id,
                                                  absl::CivilDay from) {
  return session.QueryAll<Notice>(
      ReadSummary,
      "SELECT n.notice_id, n.notice_key, n.kind, n.unit_id, n.notice_date FROM notice_people p "
      "JOIN notices n ON n.notice_id = p.notice_id LEFT JOIN inbox_items i ON i.person_id = "
      "p.person_id AND i.notice_key = n.notice_key WHERE p.person_id = ? AND n.notice_date >= ? "
      "AND i.item_id IS NULL ORDER BY n.notice_id",
      person_id, from);
}

absl::StatusOr<std::vector<Item>> ListItems(db::Session& session, const std::string& person_id,
                                            const ItemFilter& filter) {
  std::string sql = std::string(kItemColumns) + "WHERE i.person_id = ?";
  std::vector<db::Value> values = {db::ToValue(person_id)};
  if (filter.unread_only) sql += " AND i.read_at IS NULL";
  if (filter.kind.has_value()) {
    sql += " AND i.kind = ?";
    values.push_back(db::ToValue(*filter.kind));
  }
  if (!filter.before_id.empty()) {
    sql += " AND i.item_id < ?";
    values.push_back(db::ToValue(filter.before_id));
  }
  sql += " ORDER BY i.item_id DESC LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Item> items;
  const absl::Status status = session.QueryValues(
      [&](const db::Row& row) {
        items.push_back(ReadItem(row));
        return absl::OkStatus();
      },
      sql, std::move(values));
  if (!status.ok()) return status;
  return items;
}

absl::StatusOr<std::optional<Item>> FindItem(db::Session& session, const std::string& person_id,
                                             const std::string& item_id) {
  return session.QueryOptional<Item>(
      ReadItem, std::string(kItemColumns) + "WHERE i.item_id = ? AND i.person_id = ?", item_id,
      person_id);
}

absl::StatusOr<std::optional<Item>> LockItem(db::Tx& tx, const std::string& person_id,
                                             const std::string& item_id) {
  // The lock is on the item alone; the notice, which never changes, is read after.
  auto locked = tx.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT item_id FROM inbox_items WHERE item_id = ? AND person_id = ? FOR UPDATE", item_id,
      person_id);
  if (!locked.ok()) return locked.status();
  if (!locked->has_value()) return std::optional<Item>();
  return FindItem(tx, person_id, item_id);
}

absl::Status SetRead(db::Tx& tx, const std::string& item_id, absl::Time read_at) {
  return tx.Execute("UPDATE inbox_items SET read_at = ? WHERE item_id = ?", read_at, item_id)
      .status();
}

absl::StatusOr<int64_t> CountUnread(db::Session& session, const std::string& person_id) {
  auto count = session.QueryOptional<int64_t>(
      [](const db::Row& row) { return row.Get<int64_t>(0); },
      "SELECT COUNT(*) FROM inbox_items WHERE person_id = ? AND read_at IS NULL", person_id);
  if (!count.ok()) return count.status();
  return count->value_or(0);
}

absl::StatusOr<std::vector<NoticeSummary>> NoticesAfter(db::Session& session,
                                                        const std::string& after_id, int limit) {
  return session.QueryAll<NoticeSummary>(
      [](const db::Row& row) {
        NoticeSummary summary;
        summary.notice.id = row.Get<std::string>(0);
        summary.notice.kind = row.Get<std::string>(1);
        summary.notice.unit_id = row.Get<std::string>(2);
        summary.notice.date = row.Get<absl::CivilDay>(3);
        summary.notice.link = row.Get<std::string>(4);
        summary.notice.template_id = row.Get<std::string>(5);
        summary.notice.source_event_id = row.Get<std::string>(6);
        summary.notice.created_at = row.Get<absl::Time>(7);
        summary.recipients = row.Get<int64_t>(8);
        summary.mails = row.Get<int64_t>(9);
        summary.sms = row.Get<int64_t>(10);
        return summary;
      },
      "SELECT n.notice_id, n.kind, n.unit_id, n.notice_date, n.link, n.template_id, "
      "n.source_event_id, n.created_at, (SELECT COUNT(*) FROM inbox_items i WHERE i.notice_id = "
      "n.notice_id), (SELECT COUNT(*) FROM inbox_items i JOIN deliveries d ON d.item_id = "
      "i.item_id AND d.channel = 'MAIL' WHERE i.notice_id = n.notice_id), (SELECT COUNT(*) FROM "
      "inbox_items i JOIN deliveries d ON d.item_id = i.item_id AND d.channel = 'SMS' WHERE "
      "i.notice_id = n.notice_id) FROM notices n WHERE n.notice_id > ? ORDER BY n.notice_id "
      "LIMIT ?",
      after_id, limit);
}

}  // namespace thidua::notify::inbox
