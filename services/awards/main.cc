// thidua-awards: councils, nominations, initiatives, decisions, certificates. A wiring diagram; see
// server.cc for the parts.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "awards/server.h"
#include "platform/client.h"
#include "platform/db/migrate.h"
#include "platform/db/pool.h"
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

absl::Status Connect(const std::string& address, std::shared_ptr<platform::TokenSource> tokens,
                     platform::PeerChannel* peer) {
  if (address.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*peer, platform::ConnectLoopback(address, std::move(tokens)));
  return absl::OkStatus();
}

absl::Status Run(platform::ServiceOptions options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(options.host));
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool, db::Pool::Create(options.database));
  const std::vector<db::MigrationSeries> series =
      db::SeriesOfService(options.migrations_root, "awards");
  RETURN_IF_ERROR(db::CheckSchema(*pool, series));
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
  RETURN_IF_ERROR(Connect(options.campaign_peer, tokens, &parts.campaign));
  RETURN_IF_ERROR(Connect(options.scoring_peer, tokens, &parts.scoring));
  RETURN_IF_ERROR(AddAwards(*host, std::move(parts)));
  host->AddReadiness("database", [&](absl::Time deadline) { return pool->Ping(deadline); });
  host->AddReadiness("schema", [&](absl::Time) { return db::CheckSchema(*pool, series); });
  RETURN_IF_ERROR(host->Start());
  host->RunUntilSignal();
  return absl::OkStatus();
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
