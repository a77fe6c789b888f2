// Reading another service's feed: each event takes effect exactly once, because its effect and the
// new position are one transaction.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "grpcpp/channel.h"
#include "platform/background.h"
#include "platform/client.h"
#include "platform/clock.h"
#include "platform/db/pool.h"
#include "platform/log.h"
#include "platform/metrics.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::feed {

// Applies one event inside the transaction that also stores the position. Must be a pure function
// of the event and the tables, and have no effect but on them: another replica may apply the event.
// An error stops this feed (it is retried with back-off and shown in ListConsumers); it never
// skips.
using Handler = std::function<absl::Status(db::Tx&, const common::v1::Event&)>;

struct ConsumerOptions {
  std::string producer;                     // "campaign"; the proto package is thidua.<producer>.v1
  std::map<std::string, Handler> handlers;  // by payload type; other types are passed over
  // Empties the projection when the feed's epoch has changed, before the snapshot is applied. Null:
  // refuse to go on and say so.
  std::function<absl::Status(db::Tx&)> reset;
  int page_size = 200;
  absl::Duration poll =
      absl::Milliseconds(200);            // how soon to look again when the feed is at its end
  const platform::Logger* log = nullptr;  // told when it begins to fail and works again
  platform::MetricsRegistry* metrics = nullptr;  // feed_consumer_lag{producer}
};

// Also answers readers that miss something which a person may have made just now.
class Consumer : public platform::BackgroundTask {
 public:
  // Reads and applies, ahead of the next poll, all that the producer had committed when this was
  // called; many at once are one reading. OK: it is applied, or as much was read so recently
  // (kCatchUpEvery) that nobody may ask again yet. UNAVAILABLE: the feed could not be read or
  // applied within `deadline` and kCatchUpLongest. For worker threads, outside transactions.
  virtual absl::Status CatchUp(absl::Time deadline) = 0;
};

// However many ask, the producer is asked once each kCatchUpEvery on average; kCatchUpBurst may ask
// without a pause.
constexpr absl::Duration kCatchUpEvery = absl::Seconds(1);
constexpr int kCatchUpBurst = 5;
constexpr absl::Duration kCatchUpLongest = absl::Seconds(2);

// `channel` goes to the producer's server. Runs until stopped. Replicas may run the same consumer
// on one schema: whoever locks the position first applies a page.
std::unique_ptr<Consumer> NewConsumer(ConsumerOptions options, db::Pool& pool,
                                      platform::PeerChannel channel, const platform::Clock& clock);

// Decodes an event's payload.
template <class Payload>
absl::StatusOr<Payload> PayloadOf(const common::v1::Event& event);

}  // namespace thidua::feed

#include "platform/feed/payload.inc.h"
