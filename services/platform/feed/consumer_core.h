// The consumer without its thread and its channel: what one round does.
#pragma once

#include <memory>
#include <optional>

#include "platform/feed/consumer.h"
#include "platform/feed/consumer_position.h"
#include "platform/feed/peer_feed.h"

namespace thidua::feed {

// Not thread-safe.
class ConsumerCore {
 public:
  ConsumerCore(ConsumerOptions options, db::Pool& pool, FeedReader& reader,
               const platform::Clock& clock);

  // Reads a page and applies it whole, in one transaction with the new position. True when there is
  // likely more to read. After an error nothing of it has taken effect, and the error is stored for
  // ListConsumers. `include_waiting` as in ReadEventsRequest.
  absl::StatusOr<bool> Round(bool include_waiting = false);

  int64_t lag() const { return lag_; }  // places between the reader and the head, as last seen
  // Where this process last saw or left the feed, and the head as the last good round saw it.
  FeedPlace place() const { return seen_.value_or(FeedPlace()); }
  FeedPlace head() const { return head_; }

 private:
  absl::StatusOr<bool> ReadAndApply(const FeedPlace& from, bool include_waiting);
  absl::StatusOr<bool> ApplyPage(const FeedPlace& from, const common::v1::ReadEventsResponse& page);
  absl::StatusOr<bool> StartAgain(const FeedPlace& from);
  absl::Status Handle(db::Tx& tx, const common::v1::Event& event) const;
  void NoteError(const absl::Status& error, const std::string& stored);

  const ConsumerOptions options_;
  db::Pool& pool_;
  FeedReader& reader_;
  const platform::Clock& clock_;
  std::optional<FeedPlace> seen_;  // where this process last saw or left the feed
  // After a failure in the middle of a page: how many events before it may be applied without it.
  int good_prefix_ = 0;
  std::string failed_event_;  // names it in the stored error
  int64_t lag_ = 0;
  FeedPlace head_;
};

// NewConsumer over any reader.
std::unique_ptr<Consumer> NewConsumerOf(ConsumerOptions options, db::Pool& pool,
                                        std::unique_ptr<FeedReader> reader,
                                        const platform::Clock& clock);

}  // namespace thidua::feed
