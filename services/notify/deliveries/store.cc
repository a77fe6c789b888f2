#include "notify/deliveries/store.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace thidua::notify::deliveries {
namespace {

constexpr std::string_view kSelect =
    "SELECT d.delivery_id, d.item_id, d.notice_id, d.person_id, d.unit_id, d.address, "
    "d.message_id, d.state, d.attempts, d.possible_repeats, d.due_at, d.fence, d.failure, "
    "d.last_error, d.created_at, d.sent_at, n.title, n.body, n.sms, d.channel FROM deliveries d "
    "JOIN notices n ON n.notice_id = d.notice_id ";

constexpr size_t kRowsInOneStatement = 300;

Delivery ReadDelivery(const db::Row& row) {
  Delivery delivery;
  delivery.id = row.Get<std::string>(0);
  delivery.item_id = row.Get<std::string>(1);
  delivery.notice_id = row.Get<std::string>(2);
  delivery.person_id = row.Get<std::string>(3);
  delivery.unit_id = row.Get<std::string>(4);
  delivery.address = row.Get<std::string>(5);
  delivery.message_id = row.Get<std::string>(6);
  delivery.state = row.Get<std::string>(7);
  delivery.attempts = row.Get<int32_t>(8);
  delivery.possible_repeats = row.Get<int32_t>(9);
  delivery.due_at = row.Get<std::optional<absl::Time>>(10);
  delivery.fence = row.Get<int64_t>(11);
  delivery.failure = row.Get<std::string>(12);
  delivery.last_error = row.Get<std::string>(13);
  delivery.created_at = row.Get<absl::Time>(14);
  delivery.sent_at = row.Get<std::optional<absl::Time>>(15);
  delivery.subject = row.Get<std::string>(16);
  delivery.body = row.Get<std::string>(17);
  delivery.sms = row.Get<std::string>(18);
  delivery.channel =
      row.Get<std::string>(19) == NameOf(Channel::kSms) ? Channel::kSms : Channel::kMail;
  return delivery;
}

// " AND <column> IN (?,?)"; a list that is empty lets nothing through.
void RestrictTo(const std::optional<std::vector<std::string>>& units, std::string* sql,
                std::vector<db::Value>* values) {
  if (!units.has_value()) return;
  if (units->empty()) {
    *sql += " AND FALSE";
    return;
  }
  *sql += " AND d.unit_id IN " + db::Placeholders(1, static_cast<int>(units->size()));
  for (const std::string& unit : *units) values->push_back(db::ToValue(unit));
}

void RestrictTo(std::optional<Channel> channel, std::string* sql, std::vector<db::Value>* values) {
  if (!channel.has_value()) return;
  *sql += " AND d.channel = ?";
  values->push_back(db::ToValue(NameOf(*channel)));
}

}  // namespace

absl::Status InsertDeliveries(db::Tx& tx, const std::vector<Delivery>& deliveries) {
  for (size_t begin = 0; begin < deliveries.size(); begin += kRowsInOneStatement) {
    const size_t end = std::min(begin + kRowsInOneStatement, deliveries.size());
    std::vector<db::Value> values;
    for (size_t i = begin; i < end; ++i) {
      const Delivery& d = deliveries[i];
      for (const std::string* text : {&d.id, &d.item_id, &d.notice_id, &d.person_id, &d.unit_id,
                                      &d.address, &d.message_id, &d.state}) {
        values.push_back(db::ToValue(*text));
      }
      values.push_back(db::ToValue(NameOf(d.channel)));
      values.push_back(db::ToValue(d.attempts));
      values.push_back(db::ToValue(d.possible_repeats));
      values.push_back(db::ToValue(d.due_at));
      values.push_back(db::ToValue(""));
      values.push_back(db::ToValue(d.fence));
      values.push_back(db::ToValue(d.failure));
      values.push_back(db::ToValue(d.last_error));
      values.push_back(db::ToValue(d.created_at));
      values.push_back(db::ToValue(d.sent_at));
    }
    const auto inserted = tx.ExecuteValues(
        "INSERT INTO deliveries (delivery_id, item_id, notice_id, person_id, unit_id, address, "
        "message_id, state, channel, attempts, possible_repeats, due_at, lease_holder, fence, "
        "failure, "
        "last_error, created_at, sent_at) VALUES " +
            db::Placeholders(static_cast<int>(end - begin), 18),
        std::move(values));
    if (!inserted.ok()) return inserted.status();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Delivery>> LockNextDue(db::Tx& tx, Channel channel, absl::Time now) {
  // The lock is on the queue's row alone; the notice, which never changes, is read after.
  auto id = tx.QueryOptional<std::string>(
      [](const db::Row& row) { return row.Get<std::string>(0); },
      "SELECT delivery_id FROM deliveries WHERE channel = ? AND due_at <= ? ORDER BY due_at, "
      "delivery_id LIMIT 1 FOR UPDATE SKIP LOCKED",
      NameOf(channel), now);
  if (!id.ok()) return id.status();
  if (!id->has_value()) return std::optional<Delivery>();
  return FindDelivery(tx, **id);
}

absl::StatusOr<std::vector<absl::Time>> SentTo(db::Session& session, const std::string& number,
                                               absl::Time since, absl::Time now) {
  return session.QueryAll<absl::Time>(
      [&](const db::Row& row) { return row.Get<std::optional<absl::Time>>(0).value_or(now); },
      "SELECT sent_at FROM deliveries WHERE channel = 'SMS' AND address = ? AND (sent_at > ? OR "
      "state = 'SENDING')",
      number, since);
}

absl::StatusOr<Backlog> ReadBacklog(db::Session& session, Channel channel) {
  auto backlog = session.QueryOptional<Backlog>(
      [](const db::Row& row) {
        return Backlog{row.Get<int64_t>(0), row.Get<std::optional<absl::Time>>(1)};
      },
      "SELECT COUNT(*), MIN(created_at) FROM deliveries WHERE channel = ? AND due_at IS NOT NULL",
      NameOf(channel));
  if (!backlog.ok()) return backlog.status();
  return backlog->value_or(Backlog{});
}

absl::Status UpdateClaimed(db::Tx& tx, const Delivery& d, const std::string& holder) {
  return tx
      .Execute(
          "UPDATE deliveries SET state = ?, attempts = ?, possible_repeats = ?, due_at = ?, "
          "lease_holder = ?, fence = ?, failure = ?, last_error = ?, sent_at = ? WHERE "
          "delivery_id = ?",
          d.state, d.attempts, d.possible_repeats, d.due_at, holder, d.fence, d.failure,
          d.last_error, d.sent_at, d.id)
      .status();
}

absl::StatusOr<bool> UpdateIfHeld(db::Tx& tx, const Delivery& d, int64_t fence) {
  auto matched = tx.Execute(
      "UPDATE deliveries SET state = ?, possible_repeats = ?, due_at = ?, lease_holder = '', "
      "failure = ?, last_error = ?, sent_at = ? WHERE delivery_id = ? AND state = 'SENDING' AND "
      "fence = ?",
      d.state, d.possible_repeats, d.due_at, d.failure, d.last_error, d.sent_at, d.id, fence);
  if (!matched.ok()) return matched.status();
  return *matched == 1;
}

absl::Status InsertAttempt(db::Tx& tx, const std::string& delivery_id, const Attempt& attempt) {
  return tx
      .Execute(
          "INSERT INTO delivery_attempts (delivery_id, number, outcome, detail, started_at, "
          "ended_at) VALUES (?, ?, ?, ?, ?, ?)",
          delivery_id, attempt.number, attempt.outcome, attempt.detail, attempt.started_at,
          attempt.ended_at)
      .status();
}

absl::Status EndAttempt(db::Tx& tx, const std::string& delivery_id, const Attempt& attempt) {
  return tx
      .Execute(
          "UPDATE delivery_attempts SET outcome = ?, detail = ?, ended_at = ? WHERE delivery_id = "
          "? AND number = ? AND outcome = 'SENDING'",
          attempt.outcome, attempt.detail, attempt.ended_at, delivery_id, attempt.number)
      .status();
}

absl::StatusOr<std::vector<Attempt>> ListAttempts(db::Session& session,
                                                  const std::string& delivery_id) {
  return session.QueryAll<Attempt>(
      [](const db::Row& row) {
        Attempt attempt;
        attempt.number = row.Get<int32_t>(0);
        attempt.outcome = row.Get<std::string>(1);
        attempt.detail = row.Get<std::string>(2);
        attempt.started_at = row.Get<absl::Time>(3);
        attempt.ended_at = row.Get<std::optional<absl::Time>>(4);
        return attempt;
      },
      "SELECT number, outcome, detail, started_at, ended_at FROM delivery_attempts WHERE "
      "delivery_id = ? ORDER BY number",
      delivery_id);
}

absl::StatusOr<std::vector<Delivery>> ListDeliveries(db::Session& session,
                                                     const DeliveryFilter& filter) {
  std::string sql = std::string(kSelect) + "WHERE TRUE";
  std::vector<db::Value> values;
  RestrictTo(filter.units, &sql, &values);
  if (filter.state.has_value()) {
    sql += " AND d.state = ?";
    values.push_back(db::ToValue(*filter.state));
  }
  RestrictTo(filter.channel, &sql, &values);
  if (!filter.before_id.empty()) {
    sql += " AND d.delivery_id < ?";
    values.push_back(db::ToValue(filter.before_id));
  }
  sql += " ORDER BY d.delivery_id DESC LIMIT ?";
  values.push_back(db::ToValue(filter.limit));
  std::vector<Delivery> deliveries;
  const absl::Status status = session.QueryValues(
      [&](const db::Row& row) {
        deliveries.push_back(ReadDelivery(row));
        return absl::OkStatus();
      },
      sql, std::move(values));
  if (!status.ok()) return status;
  return deliveries;
}

absl::StatusOr<std::optional<Delivery>> FindDelivery(db::Session& session, const std::string& id) {
  return session.QueryOptional<Delivery>(ReadDelivery,
                                         std::string(kSelect) + "WHERE d.delivery_id = ?", id);
}

absl::StatusOr<DeliveryCounts> CountDeliveries(db::Session& session,
                                               const std::optional<std::vector<std::string>>& units,
                                               std::optional<Channel> channel) {
  std::string sql =
      "SELECT d.state, COUNT(*), CAST(SUM(d.possible_repeats) AS UNSIGNED), CAST(SUM(d.attempts) "
      "AS UNSIGNED) FROM deliveries d WHERE TRUE";
  std::vector<db::Value> values;
  RestrictTo(units, &sql, &values);
  RestrictTo(channel, &sql, &values);
  sql += " GROUP BY d.state";
  DeliveryCounts counts;
  const absl::Status status = session.QueryValues(
      [&](const db::Row& row) {
        const std::string state = row.Get<std::string>(0);
        const auto number = row.Get<int64_t>(1);
        if (state == "SENT") {
          counts.sent += number;
        } else if (state == "FAILED") {
          counts.failed += number;
        } else {
          counts.pending += number;
        }
        counts.possible_repeats += row.Get<int64_t>(2);
        counts.attempts += row.Get<int64_t>(3);
        return absl::OkStatus();
      },
      sql, std::move(values));
  if (!status.ok()) return status;
  return counts;
}

}  // namespace thidua::notify::deliveries
