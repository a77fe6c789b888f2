// What notify can be told besides what every service is told (platform/service_options.h).
#pragma once

#include "notify/channels/smtp.h"
#include "notify/deliveries/sender.h"
#include "platform/service_options.h"

namespace thidua::notify {

struct Options {
  platform::ServiceOptions service;
  channels::SmtpOptions smtp;  // an empty url: mails stay queued and nothing sends them
  deliveries::SenderOptions sender;
};

// Reads the command line and the environment. Prints all problems at once and exits 2 when
// something is wrong.
Options ParseOptionsOrExit(int argc, char** argv);

}  // namespace thidua::notify
