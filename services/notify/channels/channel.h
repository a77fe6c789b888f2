// A way to send mail. One implementation speaks SMTP; tests put their own in its place to break it
// on purpose.
#pragma once

#include <string>

#include "notify/channels/mail.h"
#include "notify/channels/outcome.h"

namespace thidua::notify::channels {

struct SendResult {
  Outcome outcome = Outcome::kTransient;
  std::string
      detail;  // what the server or the connection said; no address, no text; at most 500 bytes
};

class Channel {
 public:
  virtual ~Channel() = default;
  // Sends one mail; blocks for a bounded time (SmtpOptions). Called by one thread at a time.
  virtual SendResult Send(const Mail& mail) = 0;
};

}  // namespace thidua::notify::channels
