// What scoring takes from awards' feed.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "platform/feed/consumer.h"

namespace thidua::scoring::initiatives {

// InitiativeChanged.
std::map<std::string, feed::Handler> AwardsHandlers();
// For feed::ConsumerOptions::reset.
absl::Status Reset(db::Tx& tx);

}  // namespace thidua::scoring::initiatives
