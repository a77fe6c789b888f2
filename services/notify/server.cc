#include "notify/server.h"

#include <string>
#include <utility>

#include "notify/deadlines/service.h"
#include "notify/deadlines/worker.h"
#include "notify/deliveries/service.h"
#include "notify/feeds.h"
#include "notify/inbox/service.h"
#include "notify/origin.h"
#include "notify/snapshot.h"
#include "notify/templates/service.h"
#include "notify/templates/writer.h"
#include "platform/feed/consumer.h"
#include "platform/feed/sequencer.h"
#include "platform/feed/services.h"
#include "platform/status_macros.h"
#include "thidua/notify/v1/audit_service.grpc.pb.h"
#include "thidua/notify/v1/feed_service.grpc.pb.h"

namespace thidua::notify {
namespace {

void AddConsumer(platform::ServerHost& host, db::Pool& pool, feed::ConsumerOptions options,
                 platform::PeerChannel peer) {
  if (peer.channel == nullptr) return;
  options.log = &host.log();
  options.metrics = &host.metrics();
  host.AddTask(feed::NewConsumer(std::move(options), pool, std::move(peer), host.clock()));
}

}  // namespace

absl::Status AddNotify(platform::ServerHost& host, Parts parts) {
  db::Pool& pool = *parts.pool;
  // The production profile has no movable time; what a test left in the schema is then not read
  // either.
  const bool movable = host.options().profile != "production";
  if (movable) RETURN_IF_ERROR(units::LoadBusinessTime(pool, host.business_clock()));
  RETURN_IF_ERROR(pool.ReadOnly(TransactionDeadline(), templates::CheckTemplates));

  platform::Admission& admission = host.admission();
  admission.SetUnitTree(parts.projection);
  host.Add(std::make_unique<inbox::InboxService>(admission, pool));
  host.Add(std::make_unique<deadlines::DeadlineService>(admission, pool));
  host.Add(std::make_unique<deliveries::DeliveryService>(admission, pool));
  host.Add(std::make_unique<templates::TemplateService>(admission, pool));
  host.Add(feed::NewFeedService<v1::FeedService>(admission, pool, {WriteSnapshot}));
  host.Add(feed::NewAuditService<v1::AuditService>(admission, pool));

  feed::SequencerOptions sequencer;
  sequencer.holder = parts.sender.holder;
  sequencer.tree_head_file = parts.tree_head_file;
  host.AddTask(feed::NewSequencer(sequencer, pool, parts.key, host.clock(), host.metrics()));
  platform::BusinessClock* const business = movable ? &host.business_clock() : nullptr;
  AddConsumer(host, pool, CampaignFeed(host.clock(), business), parts.campaign);
  AddConsumer(host, pool, ScoringFeed(host.clock()), parts.scoring);
  AddConsumer(host, pool, AwardsFeed(host.clock()), parts.awards);
  host.AddTask(std::make_unique<deadlines::ReminderWorker>(deadlines::ReminderWorkerOptions{}, pool,
                                                           host.clock(), host.business_clock(),
                                                           host.metrics(), host.log()));
  if (parts.mail != nullptr) {
    host.AddTask(std::make_unique<deliveries::Sender>(parts.sender, std::move(parts.mail), pool,
                                                      host.clock(), host.business_clock(),
                                                      host.metrics(), host.log()));
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify
