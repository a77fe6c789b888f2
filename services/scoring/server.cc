#include "scoring/server.h"

#include <map>
#include <utility>

#include "platform/db/business_time.h"
#include "platform/feed/serve.h"
#include "platform/files/service.h"
#include "platform/status_macros.h"
#include "scoring/assessments/events.h"
#include "scoring/assessments/service.h"
#include "scoring/criteria/service.h"
#include "scoring/dossiers/service.h"
#include "scoring/initiatives/events.h"
#include "scoring/rankings/events.h"
#include "scoring/rankings/service.h"
#include "scoring/registers/service.h"
#include "scoring/surveys/service.h"
#include "thidua/scoring/v1/audit_service.grpc.pb.h"
#include "thidua/scoring/v1/feed_service.grpc.pb.h"
#include "thidua/scoring/v1/files_service.grpc.pb.h"

namespace thidua::scoring {
namespace {

// Units, business time and periodic reports come from campaign.
feed::ConsumerOptions ReadingCampaign(bool movable) {
  feed::ConsumerOptions options;
  options.producer = "campaign";
  options.handlers = units::ProjectionHandlers(movable);
  options.handlers.merge(assessments::ReportHandlers());
  options.reset = [](db::Tx& tx) -> absl::Status {
    RETURN_IF_ERROR(units::ResetProjection(tx));
    return assessments::ResetReports(tx);
  };
  return options;
}

// Recognised initiatives come from awards, which in turn reads our rankings: each serves without
// the other and catches up when it is there.
feed::ConsumerOptions ReadingAwards() {
  feed::ConsumerOptions options;
  options.producer = "awards";
  options.handlers = initiatives::AwardsHandlers();
  options.reset = initiatives::Reset;
  return options;
}

}  // namespace

absl::Status AddScoring(platform::ServerHost& host, Parts parts) {
  platform::Admission& admission = host.admission();
  admission.SetUnitTree(parts.projection);
  db::Pool& pool = *parts.pool;
  const bool movable = host.options().profile != "production";
  if (movable) db::FollowBusinessTime(host, pool);
  feed::Consumer* const campaign =
      feed::ReadFeed(host, pool, ReadingCampaign(movable), std::move(parts.campaign));
  feed::ReadFeed(host, pool, ReadingAwards(), std::move(parts.awards));
  host.Add(std::make_unique<criteria::Service>(admission, pool));
  host.Add(std::make_unique<dossiers::Service>(admission, pool, campaign));
  host.Add(std::make_unique<assessments::Service>(admission, pool));
  host.Add(std::make_unique<rankings::Service>(admission, pool));
  host.Add(std::make_unique<surveys::Service>(admission, pool));
  host.Add(std::make_unique<registers::Service>(admission, pool));
  feed::ServeFeed<v1::FeedService, v1::AuditService>(
      host, pool, {std::move(parts.key), std::move(parts.tree_head_file)},
      {assessments::Snapshot(host.business_clock()), rankings::WriteSnapshot});
  host.Add(files::NewFilesService<v1::FilesService>(admission, pool, *parts.blobs,
                                                    assessments::Store::ReadersOfEvidence));
  return absl::OkStatus();
}

}  // namespace thidua::scoring
