// One round of numbering: the transaction that gives events their places.
#include <set>
#include <utility>
#include <vector>

#include "platform/feed/event_row.h"
#include "platform/feed/leaf.h"
#include "platform/feed/merkle.h"
#include "platform/feed/numbering.h"
#include "platform/feed/sequencer.h"
#include "platform/ids.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

Waiting ReadWaiting(const db::Row& row) {
  return {.event_id = row.Get<std::string>(0),
          .aggregate_type = row.Get<std::string>(1),
          .aggregate_id = row.Get<std::string>(2),
          .aggregate_version = row.Get<int64_t>(3)};
}

absl::StatusOr<std::vector<Waiting>> ReadBatch(db::Session& session, int batch) {
  ASSIGN_OR_RETURN(
      std::vector<Waiting> waiting,
      session.QueryAll<Waiting>(ReadWaiting,
                                "SELECT event_id, aggregate_type, aggregate_id, aggregate_version "
                                "FROM events WHERE position IS NULL ORDER BY event_id LIMIT ?",
                                batch));
  if (static_cast<int>(waiting.size()) < batch) return waiting;
  // The batch was cut: an earlier version of one of its aggregates may lie behind the cut, made by
  // a process whose clock is ahead. It has to come along.
  ASSIGN_OR_RETURN(const std::vector<Waiting> behind,
                   session.QueryAll<Waiting>(
                       ReadWaiting,
                       "SELECT DISTINCT late.event_id, late.aggregate_type, late.aggregate_id, "
                       "late.aggregate_version FROM events early JOIN events late "
                       "ON late.aggregate_id = early.aggregate_id "
                       "AND late.aggregate_version < early.aggregate_version "
                       "WHERE early.position IS NULL AND early.event_id <= ? "
                       "AND late.position IS NULL AND late.event_id > ? "
                       "AND late.aggregate_type = early.aggregate_type",
                       waiting.back().event_id, waiting.back().event_id));
  waiting.insert(waiting.end(), behind.begin(), behind.end());
  return waiting;
}

struct Place {
  std::string event_id;
  int64_t position;
  std::string leaf_hash;
};

absl::StatusOr<Place> Leaf(db::Session& session, const std::string& event_id, int64_t position) {
  static const std::string* const kSelect =
      new std::string(std::string("SELECT ") + kEventColumns + " FROM events WHERE event_id = ?");
  ASSIGN_OR_RETURN(const std::optional<common::v1::Event> event,
                   session.QueryOptional<common::v1::Event>(ReadEvent, *kSelect, event_id));
  if (!event.has_value()) return platform::Internal("a waiting event is gone: " + event_id);
  ASSIGN_OR_RETURN(const std::string content, LeafContent(*event));
  return Place{.event_id = event_id, .position = position, .leaf_hash = LeafHash(content)};
}

// Moves the head from where it was read. False when another sequencer has moved it in between: that
// is the fence, and nothing of this round may stay.
absl::StatusOr<bool> MoveHead(db::Tx& tx, const Head& from, const Frontier& to) {
  ASSIGN_OR_RETURN(const int64_t moved,
                   tx.Execute("UPDATE feed_head SET position = ?, frontier = ? "
                              "WHERE id = 1 AND position = ? AND epoch = ?",
                              to.size(), to.Bytes(), from.position, from.epoch));
  return moved == 1;
}

}  // namespace

absl::StatusOr<int> SequenceOnce(db::Pool& pool, int batch, absl::Time deadline) {
  int numbered = 0;
  bool overtaken = false;
  const absl::Status status = pool.InTransaction(deadline, [&](db::Tx& tx) -> absl::Status {
    numbered = 0;
    overtaken = false;
    // The head is read before the events: what another sequencer numbers in between makes the fence
    // hold, never a place be given twice.
    ASSIGN_OR_RETURN(const Head head, ReadHead(tx));
    ASSIGN_OR_RETURN(std::vector<Waiting> waiting, ReadBatch(tx, batch));
    if (waiting.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(Frontier frontier, Frontier::Parse(head.position, head.frontier));
    std::vector<Place> places;
    for (const Waiting& event : NumberingOrder(std::move(waiting))) {
      ASSIGN_OR_RETURN(Place place, Leaf(tx, event.event_id, frontier.size() + 1));
      frontier.Append(place.leaf_hash);
      places.push_back(std::move(place));
    }
    ASSIGN_OR_RETURN(const bool moved, MoveHead(tx, head, frontier));
    overtaken = !moved;
    if (overtaken) return absl::AbortedError("another sequencer was quicker");
    for (const Place& place : places) {
      ASSIGN_OR_RETURN(const int64_t updated,
                       tx.Execute("UPDATE events SET position = ?, leaf_hash = ? "
                                  "WHERE event_id = ? AND position IS NULL",
                                  place.position, place.leaf_hash, place.event_id));
      if (updated != 1) return platform::Internal("a waiting event got a place elsewhere");
    }
    numbered = static_cast<int>(places.size());
    return absl::OkStatus();
  });
  if (overtaken) return 0;
  RETURN_IF_ERROR(status);
  return numbered;
}

absl::StatusOr<std::string> StartNewEpoch(db::Pool& pool, absl::Time now, absl::Time deadline) {
  const std::string epoch = platform::NewId(now);
  RETURN_IF_ERROR(pool.InTransaction(deadline, [&](db::Tx& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const int64_t updated,
                     tx.Execute("UPDATE feed_head SET epoch = ?, lease_holder = '', "
                                "lease_until = NULL WHERE id = 1",
                                epoch));
    if (updated != 1) return platform::Internal("feed_head has no row: is the schema migrated?");
    return absl::OkStatus();
  }));
  return epoch;
}

}  // namespace thidua::feed
