#include "platform/feed/feed_reads.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "platform/db/deadline.h"
#include "platform/feed/event_row.h"
#include "platform/feed/sequencer.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

using common::v1::Event;
using common::v1::ReadEventsRequest;
using common::v1::ReadEventsResponse;
using common::v1::SnapshotItem;

constexpr int kDefaultPage = 500;
constexpr int kLargestPage = 1000;
constexpr int kMostTypes = 100;
constexpr int64_t kStretch = 20'000;                    // positions looked at in one call
constexpr int kChunk = 64;                              // rows in memory at a time
constexpr size_t kPageBytes = size_t{2} * 1024 * 1024;  // a message of gRPC may have 4 MiB
constexpr absl::Duration kQuery = absl::Seconds(10);
constexpr absl::Duration kWatchPoll = absl::Milliseconds(50);
constexpr absl::Duration kWatchRights = absl::Seconds(5);  // how often rights are looked at again
constexpr int64_t kWatchSilence = 1000;  // positions passed over before an empty page is sent
constexpr int kAttempts = 40;
constexpr int kBatch = 500;

absl::Status CheckRequest(const ReadEventsRequest& request) {
  if (request.page_size() < 0) {
    return platform::InvalidField(
        "page_size", "PAGE_SIZE_NEGATIVE",
        {"Số sự kiện mỗi trang không được âm.", "page_size must not be negative."});
  }
  if (request.after_position() < 0) {
    return platform::InvalidField(
        "after_position", "POSITION_NEGATIVE",
        {"Vị trí không được âm.", "after_position must not be negative."});
  }
  if (request.types_size() > kMostTypes) {
    return platform::InvalidField("types", "TOO_MANY_TYPES",
                                  {absl::StrCat("Tối đa ", kMostTypes, " loại sự kiện."),
                                   absl::StrCat("At most ", kMostTypes, " types.")});
  }
  for (int i = 0; i < request.types_size(); ++i) {
    const std::string& type = request.types(i);
    if (type.empty() || type.size() > 128 ||
        type.find_first_not_of(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") !=
            std::string::npos) {
      return platform::InvalidField(
          absl::StrCat("types[", i, "]"), "TYPE_MALFORMED",
          {"Không phải tên của một loại sự kiện.", "Not the full name of a payload message."});
    }
  }
  return absl::OkStatus();
}

// The reader's place must be one of this feed.
absl::Status CheckPlace(const ReadEventsRequest& request, const Head& head) {
  if (!request.epoch().empty() && request.epoch() != head.epoch) {
    return platform::FailedPrecondition(
        "FEED_EPOCH_CHANGED",
        {"Nguồn sự kiện đã bắt đầu kỷ nguyên mới; hãy đọc lại từ ExportSnapshot.",
         "The feed has begun a new epoch; start again from ExportSnapshot."},
        {{"epoch", head.epoch}});
  }
  if (request.after_position() > head.position) {
    return platform::MakeError(
        {absl::StatusCode::kOutOfRange,
         "FEED_POSITION_AHEAD",
         {"Vị trí đã đọc vượt quá cuối nguồn sự kiện: dữ liệu nguồn có thể đã bị mất.",
          "The reader is ahead of the feed's end: the producer may have lost data."},
         {},
         {{"head_position", absl::StrCat(head.position)}},
         {}});
  }
  return absl::OkStatus();
}

size_t SizeOf(const Event& event) { return event.ByteSizeLong(); }

absl::Time QueryDeadline(const platform::Call& call) {
  return std::min(call.deadline(), db::DeadlineIn(kQuery));
}

absl::Status Busy() {
  return platform::Unavailable("FEED_BUSY",
                               {"Đang có quá nhiều thay đổi; hãy thử lại sau giây lát.",
                                "Too many changes are going on; retry shortly."},
                               absl::Seconds(1));
}

absl::StatusOr<int64_t> CountUnnumbered(db::Session& session) {
  ASSIGN_OR_RETURN(const auto count, session.QueryOptional<int64_t>(
                                         [](const db::Row& row) { return row.Get<int64_t>(0); },
                                         "SELECT COUNT(*) FROM events WHERE position IS NULL"));
  return count.value_or(0);
}

}  // namespace

absl::StatusOr<ReadEventsResponse> ReadEventPage(db::Session& session,
                                                 const ReadEventsRequest& request,
                                                 const platform::VisibleUnits& visible) {
  static const std::string* const kSelect = new std::string(
      absl::StrCat("SELECT ", kEventColumns,
                   " FROM events WHERE position > ? AND position <= ? "
                   "AND (? = '' OR FIND_IN_SET(type, ?) > 0) "
                   "AND (? = 1 OR FIND_IN_SET(unit_id, ?) > 0) ORDER BY position LIMIT ?"));
  RETURN_IF_ERROR(CheckRequest(request));
  ASSIGN_OR_RETURN(const Head head, ReadHead(session));
  RETURN_IF_ERROR(CheckPlace(request, head));

  ReadEventsResponse page;
  page.set_epoch(head.epoch);
  page.set_head_position(head.position);
  const int size =
      request.page_size() == 0 ? kDefaultPage : std::min<int>(request.page_size(), kLargestPage);
  const int64_t end = std::min(head.position, request.after_position() + kStretch);
  const std::string types = absl::StrJoin(request.types(), ",");
  const std::string units = visible.all ? "" : absl::StrJoin(visible.ids, ",");
  int64_t position = request.after_position();
  size_t bytes = 0;
  bool full = false;
  while (!full && position < end) {
    const int wanted = std::min(kChunk, size - page.events_size());
    int found = 0;
    RETURN_IF_ERROR(session.Query(
        [&](const db::Row& row) -> absl::Status {
          ++found;
          if (full) return absl::OkStatus();
          Event event = ReadEvent(row);
          bytes += SizeOf(event);
          if (bytes > kPageBytes && page.events_size() > 0) {
            full = true;
            return absl::OkStatus();
          }
          position = event.position();
          *page.add_events() = std::move(event);
          return absl::OkStatus();
        },
        *kSelect, position, end, types, types, visible.all ? 1 : 0, units, wanted));
    full = full || page.events_size() == size;
    if (!full && found < wanted) position = end;
  }
  page.set_next_position(position);
  return page;
}

absl::Status FeedReads::ReadEvents(const platform::Call& call, const ReadEventsRequest& request,
                                   ReadEventsResponse& response) const {
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  if (request.include_waiting()) RETURN_IF_ERROR(NumberWaiting(call));
  RETURN_IF_ERROR(pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(response, ReadEventPage(session, request, visible));
    return absl::OkStatus();
  }));
  // Each service asks several times a second: a line for each question would fill the disk with
  // the days on which nothing happens.
  if (response.events().empty() && call.principal().kind == platform::PrincipalKind::kService) {
    call.Quiet();
  }
  return absl::OkStatus();
}

absl::Status FeedReads::NumberWaiting(const platform::Call& call) const {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    ASSIGN_OR_RETURN(const int numbered, SequenceOnce(pool_, kBatch, QueryDeadline(call)));
    if (numbered > 0 && numbered < kBatch) return absl::OkStatus();  // all that waited
    if (numbered > 0) continue;
    // Nothing waited, or another process was quicker, and what that one took is not known here.
    int64_t waiting = 0;
    RETURN_IF_ERROR(pool_.ReadOnly(QueryDeadline(call), [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(waiting, CountUnnumbered(session));
      return absl::OkStatus();
    }));
    if (waiting == 0) return absl::OkStatus();
  }
  return Busy();
}

absl::Status FeedReads::WatchEvents(const platform::Call& call,
                                    const common::v1::WatchEventsRequest& request,
                                    platform::StreamWriter<ReadEventsResponse>& writer) const {
  ASSIGN_OR_RETURN(platform::VisibleUnits visible, call.Visible());
  ASSIGN_OR_RETURN(const platform::StreamPlaces::Place place, admission_.watches().Take());
  const platform::Clock& clock = *admission_.deps().clock;
  absl::Time rights_read = clock.Now();
  ReadEventsRequest read;
  read.set_epoch(request.epoch());
  read.set_after_position(request.after_position());
  *read.mutable_types() = request.types();
  int64_t told = request.after_position();
  while (!writer.over() && clock.Now() < call.deadline()) {
    if (admission_.stopping()) {
      return platform::Unavailable(
          "SHUTTING_DOWN",
          {"Dịch vụ đang dừng; hãy nối lại.", "The service is stopping; reconnect."},
          absl::Seconds(1));
    }
    if (clock.Now() - rights_read > kWatchRights) {
      ASSIGN_OR_RETURN(platform::Call::Context renewed, admission_.Renewed(call));
      ASSIGN_OR_RETURN(visible, platform::Call(std::move(renewed)).Visible());
      rights_read = clock.Now();
    }
    ReadEventsResponse page;
    RETURN_IF_ERROR(pool_.ReadOnly(QueryDeadline(call), [&](db::Session& session) -> absl::Status {
      ASSIGN_OR_RETURN(page, ReadEventPage(session, read, visible));
      return absl::OkStatus();
    }));
    const bool moved = page.next_position() > read.after_position();
    read.set_epoch(page.epoch());
    read.set_after_position(page.next_position());
    if (page.events_size() > 0 || page.next_position() - told >= kWatchSilence) {
      if (!writer.Write(page)) break;
      told = page.next_position();
    }
    if (!moved) absl::SleepFor(kWatchPoll);
  }
  return absl::CancelledError("the watcher has left or its time is up");
}

absl::Status FeedReads::WriteSnapshot(db::Session& session, const platform::VisibleUnits& visible,
                                      platform::StreamWriter<SnapshotItem>& writer,
                                      bool* busy) const {
  ASSIGN_OR_RETURN(const Head head, ReadHead(session));
  ASSIGN_OR_RETURN(const int64_t unnumbered, CountUnnumbered(session));
  *busy = unnumbered > 0;
  if (*busy) return absl::OkStatus();
  const auto write = [&](SnapshotItem item) -> absl::Status {
    item.set_epoch(head.epoch);
    item.set_position(head.position);
    if (!writer.Write(item)) return absl::CancelledError("the reader has left");
    return absl::OkStatus();
  };
  for (const SnapshotSource& source : snapshot_) {
    RETURN_IF_ERROR(source(session, [&](const Event& event) -> absl::Status {
      if (!visible.all && !visible.Contains(event.unit_id())) return absl::OkStatus();
      SnapshotItem item;
      *item.mutable_event() = event;
      item.mutable_event()->clear_id();
      item.mutable_event()->clear_position();
      return write(std::move(item));
    }));
  }
  return write(SnapshotItem());
}

absl::Status FeedReads::ExportSnapshot(const platform::Call& call,
                                       const common::v1::ExportSnapshotRequest&,
                                       platform::StreamWriter<SnapshotItem>& writer) const {
  ASSIGN_OR_RETURN(const platform::VisibleUnits visible, call.Visible());
  ASSIGN_OR_RETURN(const platform::StreamPlaces::Place place, admission_.snapshots().Take());
  // The state and the position belong together only when no change is committed that has no place
  // yet; otherwise its event would take effect twice. So: number what waits, then look.
  for (int attempt = 0; attempt < kAttempts && !writer.over(); ++attempt) {
    int numbered = 0;
    do {
      ASSIGN_OR_RETURN(numbered, SequenceOnce(pool_, kBatch, QueryDeadline(call)));
    } while (numbered >= kBatch);
    bool busy = false;
    RETURN_IF_ERROR(pool_.Snapshot(call.deadline(), [&](db::Session& session) {
      return WriteSnapshot(session, visible, writer, &busy);
    }));
    if (!busy) return absl::OkStatus();
  }
  return Busy();
}

absl::Status FeedReads::ListConsumers(const platform::Call& call,
                                      const common::v1::ListConsumersRequest&,
                                      common::v1::ListConsumersResponse& response) const {
  RETURN_IF_ERROR(call.Visible().status());
  return pool_.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    response.Clear();
    ASSIGN_OR_RETURN(const Head head, ReadHead(session));
    response.set_head_position(head.position);
    ASSIGN_OR_RETURN(const int64_t unnumbered, CountUnnumbered(session));
    response.set_unnumbered_events(unnumbered);
    return session.Query(
        [&](const db::Row& row) {
          common::v1::ConsumerPosition* consumer = response.add_consumers();
          consumer->set_producer(row.Get<std::string>(0));
          consumer->set_epoch(row.Get<std::string>(1));
          consumer->set_position(row.Get<int64_t>(2));
          consumer->set_last_error(row.Get<std::string>(3));
          return absl::OkStatus();
        },
        "SELECT producer, epoch, position, last_error FROM consumer_positions ORDER BY producer");
  });
}

}  // namespace thidua::feed
