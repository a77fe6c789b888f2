// What notify does of itself, without a call: feeds read, reminders fired, mails sent.
#pragma once

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/feed/append.h"

namespace thidua::notify {

// Who did it, and when.
inline feed::Origin OriginAt(absl::Time machine_now, absl::CivilDay business_today) {
  feed::Origin origin;
  origin.actor = "service:notify";
  origin.machine_now = machine_now;
  origin.business_today = business_today;
  return origin;
}

// Until when a transaction of its own may take; wall-clock time, as the pool counts it.
inline absl::Time TransactionDeadline() {
  return platform::SystemClock().Now() + absl::Seconds(30);
}

}  // namespace thidua::notify
