// notify on a ServerHost: its services and its background work. Test and binary use the same
// function.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "notify/channels/channel.h"
#include "notify/channels/sms_channel.h"
#include "notify/deliveries/carrier.h"
#include "notify/deliveries/sender.h"
#include "notify/meetings/rules.h"
#include "platform/client.h"
#include "platform/db/pool.h"
#include "platform/server_host.h"
#include "platform/units/projection.h"

namespace thidua::notify {

// What notify is made of besides the host.
struct Parts {
  db::Pool* pool = nullptr;                   // required; outlives the host
  units::Projection* projection = nullptr;    // required; outlives the host
  std::shared_ptr<platform::SigningKey> key;  // signs tree heads
  std::string tree_head_file;
  platform::PeerChannel campaign;  // feeds; a peer without a channel is not read
  platform::PeerChannel scoring;
  platform::PeerChannel awards;
  deliveries::SenderOptions sender;  // of each channel
  deliveries::MailSender mail_from;
  std::unique_ptr<channels::Channel> mail;  // null: mails stay queued
  deliveries::SmsSender sms_from;
  std::unique_ptr<channels::SmsChannel> sms;  // null: SMS stay queued
  meetings::Plan meeting_reminders = *meetings::ParsePlan(meetings::kDefaultPlan);
};

// Adds everything to the host; at its start the stored templates are checked and business time is
// restored. Before host.Start().
absl::Status AddNotify(platform::ServerHost& host, Parts parts);

}  // namespace thidua::notify
