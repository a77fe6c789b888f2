// thidua-notify: notices, reminders, inboxes, mails and SMS. A wiring diagram; see server.cc for
// the parts.
#include <cstdio>
#include <string>

#include "notify/channels/sms_channel.h"
#include "notify/channels/smtp.h"
#include "notify/options.h"
#include "notify/server.h"
#include "platform/client.h"
#include "platform/db/serve.h"
#include "platform/server_host.h"
#include "platform/status_macros.h"
#include "platform/token.h"
#include "platform/units/projection.h"

namespace thidua::notify {
namespace {

absl::Status Run(const Options& options) {
  const platform::ServiceOptions& service = options.service;
  ASSIGN_OR_RETURN(const std::unique_ptr<platform::ServerHost> host,
                   platform::ServerHost::Create(service.host));
  ASSIGN_OR_RETURN(const std::unique_ptr<db::Pool> pool, db::Pool::Create(service.database));
  db::AddDatabase(*host, *pool, db::SeriesOfService(service.migrations_root, "notify"));
  units::Projection projection(*pool);

  Parts parts;
  parts.pool = pool.get();
  parts.projection = &projection;
  ASSIGN_OR_RETURN(parts.key, platform::SigningKey::Load(service.key_file));
  parts.tree_head_file = service.data_directory + "/tree_heads.jsonl";
  const auto tokens = platform::NewServiceTokenSource("notify", parts.key, host->clock());
  ASSIGN_OR_RETURN(parts.campaign, platform::ConnectOptional(service.campaign_peer, tokens));
  ASSIGN_OR_RETURN(parts.scoring, platform::ConnectOptional(service.scoring_peer, tokens));
  ASSIGN_OR_RETURN(parts.awards, platform::ConnectOptional(service.awards_peer, tokens));
  host->FollowKeys(platform::JwksOfCampaign(parts.campaign),
                   service.data_directory + "/campaign.jwks");
  parts.sender = options.sender;
  parts.mail_from = options.mail_from;
  parts.sms_from = options.sms_from;
  parts.meeting_reminders = options.meeting_reminders;
  if (!options.smtp.url.empty()) {
    ASSIGN_OR_RETURN(parts.mail, channels::NewSmtpChannel(options.smtp));
  }
  if (!options.sms.url.empty()) {
    ASSIGN_OR_RETURN(parts.sms, channels::NewKannelChannel(options.sms));
  }
  RETURN_IF_ERROR(AddNotify(*host, std::move(parts)));
  RETURN_IF_ERROR(host->Start());
  return host->RunUntilSignal();
}

}  // namespace
}  // namespace thidua::notify

int main(int argc, char** argv) {
  const absl::Status status = thidua::notify::Run(thidua::notify::ParseOptionsOrExit(argc, argv));
  if (status.ok()) return 0;
  std::fprintf(stderr, "thidua-notify: %s\n", std::string(status.message()).c_str());
  return 1;
}
