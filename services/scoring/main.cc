// thidua-scoring: criteria, dossiers, assessments, rankings. A wiring diagram; see server.cc for
// the parts.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "platform/client.h"
#include "platform/db/serve.h"
#include "platform/files/store.h"
#include "platform/server_host.h"
#include "platform/service_options.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "platform/units/projection.h"
#include "scoring/server.h"

namespace thidua::scoring {
namespace {

absl::Status Run(const platform::ServiceOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(options.host));
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool, db::Pool::Create(options.database));
  db::AddDatabase(*host, *pool, db::SeriesOfService(options.migrations_root, "scoring"));
  units::Projection projection(*pool);
  ASSIGN_OR_RETURN(const std::unique_ptr<files::BlobStore> blobs,
                   files::OpenLocalBlobs(options.data_directory + "/files"));

  Parts parts;
  parts.pool = pool.get();
  parts.projection = &projection;
  parts.blobs = blobs.get();
  ASSIGN_OR_RETURN(parts.key, platform::SigningKey::Load(options.key_file));
  parts.tree_head_file = options.data_directory + "/tree_heads.jsonl";
  const auto tokens = platform::NewServiceTokenSource("scoring", parts.key, host->clock());
  ASSIGN_OR_RETURN(parts.campaign, platform::ConnectOptional(options.campaign_peer, tokens));
  ASSIGN_OR_RETURN(parts.awards, platform::ConnectOptional(options.awards_peer, tokens));
  host->FollowKeys(platform::JwksOfCampaign(parts.campaign),
                   options.data_directory + "/campaign.jwks");
  RETURN_IF_ERROR(AddScoring(*host, std::move(parts)));
  RETURN_IF_ERROR(host->Start());
  return host->RunUntilSignal();
}

}  // namespace
}  // namespace thidua::scoring

int main(int argc, char** argv) {
  const absl::Status status =
      thidua::scoring::Run(thidua::platform::ParseServiceOptionsOrExit("scoring", argc, argv));
  if (status.ok()) return 0;
  std::fprintf(stderr, "thidua-scoring: %s\n", std::string(status.message()).c_str());
  return 1;
}
