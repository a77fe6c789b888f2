// What meetings make of awards' events. Each is called in the transaction that stores the position
// of the event.
#pragma once

#include "absl/status/status.h"
#include "notify/meetings/rules.h"
#include "platform/db/session.h"
#include "platform/feed/append.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::notify::meetings {

// A meeting was called or changed: who is summoned is told at once, in the inbox and by mail, and
// the reminders are planned anew when it has another time. People who are summoned as before are
// told of another time, place or agenda; those who are no longer summoned are told that. Of a
// meeting that a snapshot tells of and that began before `business_now` nobody is told.
absl::Status OnMeetingSet(db::Tx& tx, const feed::Origin& origin, const common::v1::Event& event,
                          const awards::v1::CouncilMeeting& meeting, const Plan& plan,
                          absl::Time business_now);
// It was called off: everyone summoned is told, and no reminder fires any more. As above for what
// has begun.
absl::Status OnMeetingCancelled(db::Tx& tx, const feed::Origin& origin,
                                const common::v1::Event& event,
                                const awards::v1::CouncilMeetingCancelled& cancelled,
                                absl::Time business_now);

}  // namespace thidua::notify::meetings
