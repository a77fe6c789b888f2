// thidua-awards: councils, nominations, initiatives, decisions, certificates. A wiring diagram; see
// server.cc for the parts.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "absl/flags/flag.h"
#include "awards/server.h"
#include "platform/client.h"
#include "platform/db/serve.h"
#include "platform/files/store.h"
#include "platform/server_host.h"
#include "platform/service_options.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "platform/units/projection.h"

ABSL_FLAG(std::string, public_base_url, "https://localhost:7443",
          "address at which citizens reach the pages; stands in the QR code of certificates");

namespace thidua::awards {
namespace {

absl::Status Run(const platform::ServiceOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(options.host));
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool, db::Pool::Create(options.database));
  db::AddDatabase(*host, *pool, db::SeriesOfService(options.migrations_root, "awards"));
  units::Projection projection(*pool);
  ASSIGN_OR_RETURN(const std::unique_ptr<files::BlobStore> blobs,
                   files::OpenLocalBlobs(options.data_directory + "/files"));

  Parts parts;
  parts.pool = pool.get();
  parts.projection = &projection;
  parts.blobs = blobs.get();
  ASSIGN_OR_RETURN(parts.key, platform::SigningKey::Load(options.key_file));
  parts.tree_head_file = options.data_directory + "/tree_heads.jsonl";
  parts.public_base_url = absl::GetFlag(FLAGS_public_base_url);
  const auto tokens = platform::NewServiceTokenSource("awards", parts.key, host->clock());
  ASSIGN_OR_RETURN(parts.campaign, platform::ConnectOptional(options.campaign_peer, tokens));
  ASSIGN_OR_RETURN(parts.scoring, platform::ConnectOptional(options.scoring_peer, tokens));
  host->FollowKeys(platform::JwksOfCampaign(parts.campaign),
                   options.data_directory + "/campaign.jwks");
  RETURN_IF_ERROR(AddAwards(*host, std::move(parts)));
  RETURN_IF_ERROR(host->Start());
  return host->RunUntilSignal();
}

}  // namespace
}  // namespace thidua::awards

int main(int argc, char** argv) {
  const absl::Status status =
      thidua::awards::Run(thidua::platform::ParseServiceOptionsOrExit("awards", argc, argv));
  if (status.ok()) return 0;
  std::fprintf(stderr, "thidua-awards: %s\n", std::string(status.message()).c_str());
  return 1;
}
