// Whether the services are at rest: nothing is under way that could change their state by itself.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "thiduactl/session.h"

namespace thidua::ctl {

// The last position of each service's feed, by service.
using FeedHeads = std::map<std::string, int64_t>;

// Waits until all events of now have their places and every service has read what it reads of
// them. FEEDS_BEHIND when that takes longer than `patience`. A service that reads another from the
// start and has not begun yet is behind.
absl::StatusOr<FeedHeads> CatchUpFeeds(Session& session, absl::Duration patience);

// Waits until the feeds are read, every reminder whose time has come is settled and no mail waits
// or is being sent, and says on stderr what it waits for. NOT_AT_REST, naming what is pending, when
// that takes longer than `patience`: the default outlasts the 60 s after which the mails of a
// killed sender are taken up again.
absl::StatusOr<FeedHeads> WaitUntilAtRest(Session& session,
                                          absl::Duration patience = absl::Seconds(120));

}  // namespace thidua::ctl
