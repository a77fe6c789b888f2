#include "campaign/server.h"

#include <utility>
#include <vector>

#include "campaign/access/service.h"
#include "campaign/clock/service.h"
#include "campaign/clock/snapshot.h"
#include "campaign/conferences/service.h"
#include "campaign/directory/service.h"
#include "campaign/directory/snapshot.h"
#include "campaign/exemplars/service.h"
#include "campaign/issues/service.h"
#include "campaign/issues/snapshot.h"
#include "campaign/pending/service.h"
#include "campaign/plans/service.h"
#include "campaign/plans/snapshot.h"
#include "campaign/records/service.h"
#include "campaign/records/snapshot.h"
#include "platform/db/business_time.h"
#include "platform/feed/serve.h"
#include "platform/files/service.h"
#include "thidua/campaign/v1/audit_service.grpc.pb.h"
#include "thidua/campaign/v1/feed_service.grpc.pb.h"
#include "thidua/campaign/v1/files_service.grpc.pb.h"

namespace thidua::campaign {

absl::Status AddCampaign(platform::ServerHost& host, Parts parts) {
  platform::Admission& admission = host.admission();
  db::Pool& pool = *parts.pool;
  const bool adjustable = host.options().profile != "production";
  admission.SetUnitTree(parts.tree);
  if (adjustable) db::FollowBusinessTime(host, pool);

  host.Add(std::make_unique<directory::DirectoryService>(admission, pool, *parts.tree));
  host.Add(std::make_unique<access::AccessService>(admission, pool, host.tokens(), parts.access_key,
                                                   parts.key));
  host.Add(std::make_unique<plans::PlanService>(admission, pool, *parts.tree));
  host.Add(std::make_unique<records::RecordService>(admission, pool, *parts.tree));
  host.Add(std::make_unique<issues::IssueService>(admission, pool));
  host.Add(std::make_unique<conferences::ConferenceService>(admission, pool));
  host.Add(std::make_unique<exemplars::ExemplarService>(admission, pool, *parts.tree));
  host.Add(std::make_unique<pending::WorkService>(admission, pool, *parts.tree));
  host.Add(std::make_unique<clock::ClockService>(admission, pool, adjustable));

  // Units before what names them; business time first, so that readers judge dates rightly.
  std::vector<feed::SnapshotSource> snapshot;
  if (adjustable) snapshot.push_back(clock::BusinessTimeSnapshot(host.clock()));
  snapshot.push_back(directory::UnitSnapshot(host.business_clock()));
  snapshot.push_back(directory::PersonSnapshot(host.business_clock()));
  snapshot.push_back(plans::LaunchSnapshot());
  snapshot.push_back(plans::TaskSnapshot(host.business_clock()));
  snapshot.push_back(records::ReportSnapshot(host.business_clock()));
  snapshot.push_back(issues::IssueSnapshot(host.business_clock()));
  feed::ServeFeed<v1::FeedService, v1::AuditService>(
      host, pool, {std::move(parts.key), std::move(parts.tree_head_file)}, std::move(snapshot));
  host.Add(files::NewFilesService<v1::FilesService>(admission, pool, *parts.blobs));
  return absl::OkStatus();
}

}  // namespace thidua::campaign
