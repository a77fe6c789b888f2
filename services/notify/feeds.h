// Which feeds notify reads, and which area does what with each event.
#pragma once

#include "notify/meetings/rules.h"
#include "platform/clock.h"
#include "platform/feed/consumer.h"

namespace thidua::notify {

struct Clocks {
  const platform::Clock& machine;  // stamps what is made; must outlive the consumers
  // Whether business time, by which a snapshot is read, may be another: not in the production
  // profile. It stands in the tables, where a snapshot itself may just have put it.
  bool movable;
};

feed::ConsumerOptions CampaignFeed(const Clocks& clocks);
// `plan`: when people are reminded of meetings.
feed::ConsumerOptions AwardsFeed(const Clocks& clocks, const meetings::Plan& plan);
feed::ConsumerOptions ScoringFeed(const Clocks& clocks);

}  // namespace thidua::notify
