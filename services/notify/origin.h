// What notify does of itself, without a call: feeds read, reminders fired, mails sent.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/clock.h"
#include "platform/feed/append.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::notify {

// Who does it, and when.
inline feed::Origin OriginAt(absl::Time machine_now, absl::CivilDay business_today) {
  feed::Origin origin;
  origin.actor = "service:notify";
  origin.machine_now = machine_now;
  origin.business_today = business_today;
  return origin;
}

// The business date of what an event or an item of a snapshot tells of. Every producer states it.
inline absl::StatusOr<absl::CivilDay> DayOf(const common::v1::Event& event) {
  return platform::ParseDate(event.business_date(), "business_date");
}

// Whether it is an item of a snapshot, which tells how something stands, and no event.
inline bool IsSnapshotItem(const common::v1::Event& event) { return event.id().empty(); }

// Until when a transaction of its own may take; wall-clock time, as the pool counts it.
inline absl::Time TransactionDeadline() {
  return platform::SystemClock().Now() + absl::Seconds(30);
}

}  // namespace thidua::notify
