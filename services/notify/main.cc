// thidua-notify: notices, reminders, inboxes and mails. A wiring diagram; see server.cc for the
// parts.
#include <cstdio>
#include <string>

#include "notify/channels/smtp.h"
#include "notify/options.h"
#include "notify/server.h"
#include "platform/client.h"
#include "platform/db/migrate.h"
#include "platform/db/pool.h"
#include "platform/executor.h"
#include "platform/server_host.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "platform/units/projection.h"

namespace thidua::notify {
namespace {

absl::Status Connect(const std::string& address, std::shared_ptr<platform::TokenSource> tokens,
                     platform::PeerChannel* peer) {
  if (address.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*peer, platform::ConnectLoopback(address, std::move(tokens)));
  return absl::OkStatus();
}

absl::Status Run(Options options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(options.service.host));
  const platform::WorkerScope may_block;
  options.service.database.require_worker_thread = true;
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool,
                   db::Pool::Create(options.service.database));
  const std::string& root = options.service.migrations_root;
  const std::vector<db::MigrationSeries> series = {{"platform", root + "/platform/migrations"},
                                                   {"units", root + "/platform/units/migrations"},
                                                   {"notify", root + "/notify/migrations"}};
  RETURN_IF_ERROR(db::CheckSchema(*pool, series));
  units::Projection projection(*pool);

  Parts parts;
  parts.pool = pool.get();
  parts.projection = &projection;
  ASSIGN_OR_RETURN(parts.key, platform::SigningKey::Load(options.service.key_file));
  parts.tree_head_file = options.service.data_directory + "/tree_heads.jsonl";
  const auto tokens = platform::NewServiceTokenSource("notify", parts.key, host->clock());
  RETURN_IF_ERROR(Connect(options.service.campaign_peer, tokens, &parts.campaign));
  RETURN_IF_ERROR(Connect(options.service.scoring_peer, tokens, &parts.scoring));
  RETURN_IF_ERROR(Connect(options.service.awards_peer, tokens, &parts.awards));
  parts.sender = options.sender;
  if (!options.smtp.url.empty()) {
    ASSIGN_OR_RETURN(parts.mail, channels::NewSmtpChannel(options.smtp));
  }
  RETURN_IF_ERROR(AddNotify(*host, std::move(parts)));
  host->AddReadiness("database", [&](absl::Time deadline) { return pool->Ping(deadline); });
  host->AddReadiness("schema", [&](absl::Time) { return db::CheckSchema(*pool, series); });
  RETURN_IF_ERROR(host->Start());
  host->RunUntilSignal();
  return absl::OkStatus();
}

}  // namespace
}  // namespace thidua::notify

int main(int argc, char** argv) {
  const absl::Status status = thidua::notify::Run(thidua::notify::ParseOptionsOrExit(argc, argv));
  if (status.ok()) return 0;
  std::fprintf(stderr, "thidua-notify: %s\n", std::string(status.message()).c_str());
  return 1;
}
