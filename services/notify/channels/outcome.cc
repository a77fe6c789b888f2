#include "notify/channels/outcome.h"

namespace thidua::notify::channels {

Outcome Classify(const Conversation& c) {
  if (c.completed) return Outcome::kSent;
  if (c.body_handed_over && !c.answered_after_body) return Outcome::kUnknown;
  const bool about_this_mail = c.last_command == "RCPT" || c.last_command == "DATA";
  if (c.last_code >= 500 && c.last_code <= 599 && about_this_mail) return Outcome::kPermanent;
  // Taken over, and then the conversation broke (for example at QUIT).
  if (c.answered_after_body && c.last_code >= 200 && c.last_code <= 299) return Outcome::kSent;
  return Outcome::kTransient;
}

}  // namespace thidua::notify::channels
