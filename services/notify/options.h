// What notify can be told besides what every service is told (platform/service_options.h).
#pragma once

#include "notify/channels/sms_channel.h"
#include "notify/channels/smtp.h"
#include "notify/deliveries/carrier.h"
#include "notify/deliveries/sender.h"
#include "notify/meetings/rules.h"
#include "platform/service_options.h"

namespace thidua::notify {

struct Options {
  platform::ServiceOptions service;
  channels::SmtpOptions smtp;   // an empty url: mails stay queued and nothing sends them
  channels::KannelOptions sms;  // an empty url: SMS stay queued and nothing sends them
  deliveries::SenderOptions sender;
  deliveries::MailSender mail_from;
  deliveries::SmsSender sms_from;
  meetings::Plan meeting_reminders;
};

// Reads the command line and the environment. Prints all problems at once and exits 2 when
// something is wrong.
Options ParseOptionsOrExit(int argc, char** argv);

}  // namespace thidua::notify
