// Which feeds notify reads, and which area does what with each event.
#pragma once

#include "platform/clock.h"
#include "platform/feed/consumer.h"

namespace thidua::notify {

// `clock` stamps what is made; `business` is moved by BusinessTimeSet (null in the production
// profile). Both must outlive the consumers.
feed::ConsumerOptions CampaignFeed(const platform::Clock& clock, platform::BusinessClock* business);
feed::ConsumerOptions AwardsFeed(const platform::Clock& clock);
feed::ConsumerOptions ScoringFeed(const platform::Clock& clock);

}  // namespace thidua::notify
