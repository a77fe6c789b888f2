// Mail by SMTP (RFC 5321) over libcurl.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "notify/channels/channel.h"

namespace thidua::notify::channels {

struct SmtpOptions {
  std::string url;              // smtp://host:port or smtps://host:port
  std::string user;             // empty: no login
  std::string password;         // never logged
  std::string helo = "thidua";  // what we call ourselves in EHLO
  absl::Duration connect_timeout = absl::Seconds(5);
  // Each wait for the server. A conversation that hangs ends within twice this, which must be less
  // than a lease.
  absl::Duration send_timeout = absl::Seconds(15);
};

// Checks the URL: scheme smtp or smtps, a host, nothing else. smtp:// to another machine asks for
// STARTTLS and sends nothing without it; plaintext goes to loopback only. Server certificates are
// verified.
absl::StatusOr<std::unique_ptr<Channel>> NewSmtpChannel(SmtpOptions options);

}  // namespace thidua::notify::channels
