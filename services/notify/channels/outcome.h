// How an attempt to send ended, judged from what was seen on the wire.
#pragma once

#include <string>

#include "notify/deliveries/rules.h"

namespace thidua::notify::channels {

using deliveries::NameOf;
using deliveries::Outcome;

// What was seen of one SMTP conversation.
struct Conversation {
  bool completed = false;  // the client library reports success
  std::string
      last_command;  // verb of the last command, upper case: "", "EHLO", "MAIL", "RCPT", "DATA"
  bool body_handed_over =
      false;          // all bytes of the message, with the ending dot, were given to the connection
  int last_code = 0;  // code of the server's last answer; 0 when there was none
  bool answered_after_body = false;  // the server answered after body_handed_over
};

// R-NOT-40 4xx, no connection and a broken conversation may be tried again; 5xx to the recipient or
// to the message is final; 5xx to anything before (greeting, EHLO, AUTH, MAIL) is about us or the
// server, not about this mail, and may be tried again. When the whole message was handed over and
// no answer came, the outcome is not known.
Outcome Classify(const Conversation& conversation);

}  // namespace thidua::notify::channels
