#include "notify/server.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "notify/deadlines/service.h"
#include "notify/deadlines/worker.h"
#include "notify/deliveries/service.h"
#include "notify/feeds.h"
#include "notify/inbox/service.h"
#include "notify/meetings/worker.h"
#include "notify/origin.h"
#include "notify/snapshot.h"
#include "notify/templates/service.h"
#include "notify/templates/writer.h"
#include "platform/db/business_time.h"
#include "platform/feed/serve.h"
#include "platform/polling_task.h"
#include "thidua/notify/v1/audit_service.grpc.pb.h"
#include "thidua/notify/v1/feed_service.grpc.pb.h"

namespace thidua::notify {
absl::Status AddNotify(platform::ServerHost& host, Parts parts) {
  db::Pool& pool = *parts.pool;
  // The production profile has no movable time; what a test left in the schema is then not read
  // either.
  const bool movable = host.options().profile != "production";
  const std::function<absl::Status()> follow_time =
      movable ? db::FollowBusinessTime(host, pool) : nullptr;
  host.AddStartup("templates", [&pool](absl::Time deadline) {
    return pool.ReadOnly(deadline, templates::CheckTemplates);
  });

  platform::Admission& admission = host.admission();
  admission.SetUnitTree(parts.projection);
  host.Add(std::make_unique<inbox::InboxService>(admission, pool));
  host.Add(std::make_unique<deadlines::DeadlineService>(admission, pool));
  host.Add(std::make_unique<deliveries::DeliveryService>(admission, pool));
  host.Add(std::make_unique<templates::TemplateService>(admission, pool));
  feed::ServeFeed<v1::FeedService, v1::AuditService>(
      host, pool, {std::move(parts.key), std::move(parts.tree_head_file)}, {WriteSnapshot});

  const Clocks clocks{host.clock(), movable};
  feed::ReadFeed(host, pool, CampaignFeed(clocks), parts.campaign);
  feed::ReadFeed(host, pool, ScoringFeed(clocks), parts.scoring);
  feed::ReadFeed(host, pool, AwardsFeed(clocks, parts.meeting_reminders), parts.awards);
  const auto add = [&](std::unique_ptr<platform::PollingTask> task) {
    task->SetBeforeRounds(follow_time);
    host.AddTask(std::move(task));
  };
  add(std::make_unique<deadlines::ReminderWorker>(deadlines::ReminderWorkerOptions{}, pool,
                                                  host.clock(), host.business_clock(),
                                                  host.metrics(), host.log()));
  add(std::make_unique<meetings::Worker>(meetings::WorkerOptions{}, pool, host.clock(),
                                         host.business_clock(), host.metrics(), host.log()));
  parts.sender.holder = host.NewHolder();
  const auto send = [&](std::unique_ptr<deliveries::Carrier> carrier) {
    add(std::make_unique<deliveries::Sender>(parts.sender, std::move(carrier), pool, host.clock(),
                                             host.business_clock(), host.metrics(), host.log()));
  };
  if (parts.mail != nullptr) {
    send(deliveries::CarryMail(std::move(parts.mail_from), std::move(parts.mail)));
  }
  if (parts.sms != nullptr) {
    send(deliveries::CarrySms(std::move(parts.sms_from), std::move(parts.sms)));
  }
  return absl::OkStatus();
}

}  // namespace thidua::notify
