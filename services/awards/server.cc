#include "awards/server.h"

#include <map>
#include <utility>

#include "awards/certificates/events.h"
#include "awards/certificates/issue.h"
#include "awards/certificates/service.h"
#include "awards/classifications/service.h"
#include "awards/councils/events.h"
#include "awards/councils/moves_meetings.h"
#include "awards/councils/service.h"
#include "awards/councils/store.h"
#include "awards/decisions/events.h"
#include "awards/decisions/service.h"
#include "awards/initiatives/events.h"
#include "awards/initiatives/service.h"
#include "awards/nominations/events.h"
#include "awards/nominations/service.h"
#include "awards/nominations/store_inputs.h"
#include "awards/print/page.h"
#include "platform/db/business_time.h"
#include "platform/feed/serve.h"
#include "platform/files/service.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/audit_service.grpc.pb.h"
#include "thidua/awards/v1/feed_service.grpc.pb.h"
#include "thidua/awards/v1/files_service.grpc.pb.h"

namespace thidua::awards {
namespace {

// Units, business time, plans and their tasks, periodic reports and the posts of people come from
// campaign.
feed::ConsumerOptions ReadingCampaign(bool movable) {
  feed::ConsumerOptions options;
  options.producer = "campaign";
  options.handlers = units::ProjectionHandlers(movable);
  options.handlers.merge(councils::CampaignHandlers());
  options.handlers.merge(nominations::CampaignHandlers());
  options.reset = [](db::Tx& tx) -> absl::Status {
    RETURN_IF_ERROR(units::ResetProjection(tx));
    RETURN_IF_ERROR(councils::ClearPosts(tx));
    return nominations::ClearCampaignInputs(tx);
  };
  return options;
}

// Published rankings come from scoring.
feed::ConsumerOptions ReadingScoring() {
  feed::ConsumerOptions options;
  options.producer = "scoring";
  options.handlers = nominations::ScoringHandlers();
  options.reset = nominations::ClearScoringInputs;
  return options;
}

}  // namespace

absl::Status AddAwards(platform::ServerHost& host, Parts parts) {
  RETURN_IF_ERROR(print::CheckFont());
  ASSIGN_OR_RETURN(std::string base_url, certificates::ReadBaseUrl(parts.public_base_url));
  platform::Admission& admission = host.admission();
  admission.SetUnitTree(parts.projection);
  db::Pool& pool = *parts.pool;
  const bool movable = host.options().profile != "production";
  if (movable) db::FollowBusinessTime(host, pool);
  host.Add(std::make_unique<councils::Service>(admission, pool, *parts.projection));
  host.Add(std::make_unique<nominations::Service>(admission, pool, *parts.projection));
  host.Add(std::make_unique<initiatives::Service>(admission, pool));
  host.Add(std::make_unique<classifications::Service>(admission, pool));
  host.Add(std::make_unique<decisions::Service>(
      admission, pool, certificates::Issuer(std::move(base_url), *parts.blobs), *parts.blobs));
  host.Add(std::make_unique<certificates::Service>(admission, pool, *parts.blobs));
  feed::ServeFeed<v1::FeedService, v1::AuditService>(
      host, pool, {std::move(parts.key), std::move(parts.tree_head_file)},
      {nominations::EmitSnapshot, councils::EmitMeetings, decisions::EmitSnapshot,
       certificates::EmitSnapshot, initiatives::EmitSnapshot});
  host.Add(files::NewFilesService<v1::FilesService>(admission, pool, *parts.blobs));

  feed::ReadFeed(host, pool, ReadingCampaign(movable), std::move(parts.campaign));
  feed::ReadFeed(host, pool, ReadingScoring(), std::move(parts.scoring));
  return absl::OkStatus();
}

}  // namespace thidua::awards
