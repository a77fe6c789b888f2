#include "platform/feed/consumer_position.h"

#include <optional>

#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

FeedPlace Place(const db::Row& row) {
  return {.epoch = row.Get<std::string>(0), .position = row.Get<int64_t>(1)};
}

}  // namespace

absl::StatusOr<StoredPlace> ReadPlace(db::Session& session, const std::string& producer) {
  ASSIGN_OR_RETURN(
      const std::optional<StoredPlace> stored,
      session.QueryOptional<StoredPlace>(
          [](const db::Row& row) {
            return StoredPlace{.place = Place(row), .last_error = row.Get<std::string>(2)};
          },
          "SELECT epoch, position, last_error FROM consumer_positions WHERE producer = ?",
          producer));
  return stored.value_or(StoredPlace{});
}

absl::StatusOr<FeedPlace> LockPlace(db::Tx& tx, const std::string& producer, absl::Time now) {
  constexpr char kLock[] =
      "SELECT epoch, position FROM consumer_positions WHERE producer = ? FOR UPDATE";
  ASSIGN_OR_RETURN(const std::optional<FeedPlace> place,
                   tx.QueryOptional<FeedPlace>(Place, kLock, producer));
  if (place.has_value()) return *place;
  // When another replica makes the row at the same moment, this waits for it and then finds it.
  RETURN_IF_ERROR(tx.Execute("INSERT INTO consumer_positions "
                             "(producer, epoch, position, last_error, updated_at) "
                             "VALUES (?, '', 0, '', ?) ON DUPLICATE KEY UPDATE producer = producer",
                             producer, now)
                      .status());
  ASSIGN_OR_RETURN(const std::optional<FeedPlace> made,
                   tx.QueryOptional<FeedPlace>(Place, kLock, producer));
  return made.value_or(FeedPlace{});
}

absl::Status MovePlace(db::Tx& tx, const std::string& producer, const FeedPlace& place,
                       absl::Time now) {
  return tx
      .Execute(
          "UPDATE consumer_positions SET epoch = ?, position = ?, last_error = '', "
          "updated_at = ? WHERE producer = ?",
          place.epoch, place.position, now, producer)
      .status();
}

absl::Status StoreError(db::Tx& tx, const std::string& producer, const std::string& error,
                        absl::Time now) {
  return tx
      .Execute(
          "INSERT INTO consumer_positions (producer, epoch, position, last_error, updated_at) "
          "VALUES (?, '', 0, ?, ?) ON DUPLICATE KEY UPDATE last_error = VALUES(last_error), "
          "updated_at = VALUES(updated_at)",
          producer, error, now)
      .status();
}

}  // namespace thidua::feed
