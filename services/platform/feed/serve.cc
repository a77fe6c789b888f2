#include "platform/feed/serve.h"

#include "platform/feed/sequencer.h"

namespace thidua::feed {

void AddSequencer(platform::ServerHost& host, db::Pool& pool, LogKeeping log) {
  SequencerOptions options;
  options.holder = host.NewHolder();
  options.tree_head_file = std::move(log.tree_head_file);
  options.log = &host.log();
  host.AddTask(
      NewSequencer(std::move(options), pool, std::move(log.key), host.clock(), host.metrics()));
}

Consumer* ReadFeed(platform::ServerHost& host, db::Pool& pool, ConsumerOptions options,
                   platform::PeerChannel peer) {
  if (peer.channel == nullptr) return nullptr;
  options.log = &host.log();
  options.metrics = &host.metrics();
  std::unique_ptr<Consumer> consumer =
      NewConsumer(std::move(options), pool, std::move(peer), host.clock());
  Consumer* const handle = consumer.get();
  host.AddTask(std::move(consumer));
  return handle;
}

}  // namespace thidua::feed
