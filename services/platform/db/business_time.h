// Business time where it can be moved: every service has the offset in its own schema, campaign by
// SetBusinessTime, the others by what they apply of campaign's feed.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"
#include "platform/server_host.h"

namespace thidua::db {

// How far business time lies from machine time, as stored.
absl::StatusOr<absl::Duration> ReadBusinessOffset(Session& session);

// Not for the production profile, where time cannot be moved and nothing is asked. Before the host
// starts; the pool must live until the host has shut down.
//
// The table decides, not what a process remembers: the handler of each call, and of each message of
// a stream, begins by business time as committed when it was taken, at whichever replica, and
// whichever moved time or applied the move. So who has seen a move, or by a feed's stored position
// that it was applied, meets the new time at every replica. A call whose database does not tell is
// refused with the database's error (UNAVAILABLE, DEADLINE_EXCEEDED), also when its handler needs
// no database.
//
// What is returned does the same for work that no call asked for: done first, it makes
// host.business_clock() at least as new as the table was (PollingTask::SetBeforeRounds).
std::function<absl::Status()> FollowBusinessTime(platform::ServerHost& host, Pool& pool);

}  // namespace thidua::db
