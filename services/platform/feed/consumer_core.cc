#include "platform/feed/consumer_core.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/db/deadline.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::feed {
namespace {

// Physical limits on the database, not recorded times.
constexpr absl::Duration kApply = absl::Seconds(20);
constexpr absl::Duration kApplySnapshot = absl::Minutes(2);
constexpr size_t kLongestError = 1000;

}  // namespace

ConsumerCore::ConsumerCore(ConsumerOptions options, db::Pool& pool, FeedReader& reader,
                           const platform::Clock& clock)
    : options_(std::move(options)), pool_(pool), reader_(reader), clock_(clock) {}

absl::StatusOr<bool> ConsumerCore::Round(bool include_waiting) {
  StoredPlace stored;
  RETURN_IF_ERROR(pool_.ReadOnly(db::DeadlineIn(kApply), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(stored, ReadPlace(session, options_.producer));
    return absl::OkStatus();
  }));
  seen_ = stored.place;
  failed_event_.clear();
  absl::StatusOr<bool> more = ReadAndApply(stored.place, include_waiting);
  if (absl::IsCancelled(more.status())) return more;  // stopping, here or there
  if (!more.ok()) {
    NoteError(more.status(), stored.last_error);
  } else if (!stored.last_error.empty() && seen_ == stored.place) {
    NoteError(absl::OkStatus(), stored.last_error);  // well again, and nothing new to apply
  }
  return more;
}

absl::StatusOr<bool> ConsumerCore::ReadAndApply(const FeedPlace& from, bool include_waiting) {
  common::v1::ReadEventsRequest request;
  request.set_epoch(from.epoch);
  request.set_after_position(from.position);
  request.set_page_size(options_.page_size);
  request.set_include_waiting(include_waiting);
  for (const auto& [type, handler] : options_.handlers) request.add_types(type);
  const absl::StatusOr<common::v1::ReadEventsResponse> page = reader_.ReadEvents(request);
  if (!page.ok()) {
    if (platform::ReasonOf(page.status()) == "FEED_EPOCH_CHANGED") return StartAgain(from);
    return page.status();
  }
  if (page->epoch().empty() || page->next_position() < from.position) {
    return absl::DataLossError("the producer answered without an epoch, or went backwards");
  }
  lag_ = page->head_position() - page->next_position();
  head_ = {.epoch = page->epoch(), .position = page->head_position()};
  if (page->next_position() == from.position && page->epoch() == from.epoch) return false;
  return ApplyPage(from, *page);
}

absl::StatusOr<bool> ConsumerCore::ApplyPage(const FeedPlace& from,
                                             const common::v1::ReadEventsResponse& page) {
  int count = page.events_size();
  FeedPlace to{.epoch = page.epoch(), .position = page.next_position()};
  if (good_prefix_ > 0 && good_prefix_ < count) {
    count = good_prefix_;
    to.position = page.events(count - 1).position();
  }
  good_prefix_ = 0;
  const absl::Time now = clock_.Now();
  bool moved_by_another = false;
  int failed_at = -1;
  const absl::Status status =
      pool_.InTransaction(db::DeadlineIn(kApply), [&](db::Tx& tx) -> absl::Status {
        moved_by_another = false;
        failed_at = -1;
        ASSIGN_OR_RETURN(const FeedPlace locked, LockPlace(tx, options_.producer, now));
        moved_by_another = !(locked == from);
        if (moved_by_another) return absl::OkStatus();
        for (int i = 0; i < count; ++i) {
          failed_at = i;
          RETURN_IF_ERROR(Handle(tx, page.events(i)));
        }
        failed_at = -1;
        return MovePlace(tx, options_.producer, to, now);
      });
  if (!status.ok()) {
    if (failed_at >= 0) {
      const common::v1::Event& event = page.events(failed_at);
      failed_event_ = absl::StrCat("position ", event.position(), " (", event.type(), "): ");
      good_prefix_ = failed_at;
      if (good_prefix_ > 0) return true;  // those before it first, at once
    }
    return status;
  }
  if (moved_by_another) return true;
  seen_ = to;
  return to.position < page.head_position();
}

absl::StatusOr<bool> ConsumerCore::StartAgain(const FeedPlace& from) {
  if (options_.reset == nullptr) {
    return platform::FailedPrecondition(
        "FEED_EPOCH_CHANGED",
        {"Nguồn sự kiện đã được khôi phục từ bản sao lưu và bộ đọc này không thể tự bắt đầu lại",
         "The feed was restored from a backup and this reader cannot start again by itself"},
        {{"producer", options_.producer}});
  }
  ASSIGN_OR_RETURN(const FeedSnapshot snapshot, reader_.ExportSnapshot());
  const FeedPlace to{.epoch = snapshot.epoch, .position = snapshot.position};
  const absl::Time now = clock_.Now();
  bool moved_by_another = false;
  RETURN_IF_ERROR(
      pool_.InTransaction(db::DeadlineIn(kApplySnapshot), [&](db::Tx& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const FeedPlace locked, LockPlace(tx, options_.producer, now));
        moved_by_another = !(locked == from);
        if (moved_by_another) return absl::OkStatus();
        RETURN_IF_ERROR(options_.reset(tx));
        for (const common::v1::Event& event : snapshot.events) RETURN_IF_ERROR(Handle(tx, event));
        return MovePlace(tx, options_.producer, to, now);
      }));
  head_ = to;
  if (!moved_by_another) seen_ = to;
  return true;
}

absl::Status ConsumerCore::Handle(db::Tx& tx, const common::v1::Event& event) const {
  const auto handler = options_.handlers.find(event.type());
  if (handler == options_.handlers.end()) return absl::OkStatus();
  return handler->second(tx, event);
}

void ConsumerCore::NoteError(const absl::Status& error, const std::string& stored) {
  std::string text;
  if (!error.ok()) {
    const std::string reason = platform::ReasonOf(error);
    text = absl::StrCat(failed_event_,
                        reason.empty() ? absl::StatusCodeToString(error.code()) : reason, ": ",
                        platform::TextOf(error, "en"));
    // Not in the middle of a character.
    size_t end = std::min(text.size(), kLongestError);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;
    }
    text.resize(end);
  }
  if (text == stored) return;
  pool_
      .InTransaction(
          db::DeadlineIn(kApply),
          [&](db::Tx& tx) { return StoreError(tx, options_.producer, text, clock_.Now()); })
      .IgnoreError();  // what cannot be stored is still retried, counted and logged
}

}  // namespace thidua::feed
