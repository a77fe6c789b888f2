// The feed of a service and those it reads, put into its server process.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/db/pool.h"
#include "platform/feed/consumer.h"
#include "platform/feed/services.h"
#include "platform/server_host.h"
#include "platform/token.h"

namespace thidua::feed {

// How the service's own log is kept.
struct LogKeeping {
  std::shared_ptr<platform::SigningKey> key;  // required: signs tree heads
  std::string tree_head_file;                 // empty: no copies
};

// The sequencer alone.
void AddSequencer(platform::ServerHost& host, db::Pool& pool, LogKeeping log);

// FeedService, AuditService and the sequencer. `snapshot` as for NewFeedService.
template <class V1FeedService, class V1AuditService>
void ServeFeed(platform::ServerHost& host, db::Pool& pool, LogKeeping log,
               std::vector<SnapshotSource> snapshot) {
  host.Add(NewFeedService<V1FeedService>(host.admission(), pool, std::move(snapshot)));
  host.Add(NewAuditService<V1AuditService>(host.admission(), pool));
  AddSequencer(host, pool, std::move(log));
}

// Reads a peer's feed; log and metrics of the options are the host's. The consumer is the host's;
// nothing without a channel, and then null.
Consumer* ReadFeed(platform::ServerHost& host, db::Pool& pool, ConsumerOptions options,
                   platform::PeerChannel peer);

}  // namespace thidua::feed
