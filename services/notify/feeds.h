// Which feeds notify reads, and which area does what with each event.
#pragma once

#include "notify/meetings/rules.h"
#include "platform/clock.h"
#include "platform/feed/consumer.h"

namespace thidua::notify {

// Both must outlive the consumers.
struct Clocks {
  const platform::Clock& machine;           // stamps what is made
  const platform::BusinessClock& business;  // the day on which a snapshot is read
};

// `moved` is moved by BusinessTimeSet; null in the production profile.
feed::ConsumerOptions CampaignFeed(const Clocks& clocks, platform::BusinessClock* moved);
// `plan`: when people are reminded of meetings.
feed::ConsumerOptions AwardsFeed(const Clocks& clocks, const meetings::Plan& plan);
feed::ConsumerOptions ScoringFeed(const Clocks& clocks);

}  // namespace thidua::notify
