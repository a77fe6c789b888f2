// Which feeds notify reads, and which area does what with each event.
#pragma once

#include "notify/meetings/rules.h"
#include "platform/clock.h"
#include "platform/feed/consumer.h"

namespace thidua::notify {

// `clock` stamps what is made; `business` is moved by BusinessTimeSet (null in the production
// profile). Both must outlive the consumers.
feed::ConsumerOptions CampaignFeed(const platform::Clock& clock, platform::BusinessClock* business);
// `plan`: when people are reminded of meetings.
feed::ConsumerOptions AwardsFeed(const platform::Clock& clock, const meetings::Plan& plan);
feed::ConsumerOptions ScoringFeed(const platform::Clock& clock);

}  // namespace thidua::notify
