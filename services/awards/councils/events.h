// What councils take from campaign's feed: at which unit people have their post.
#pragma once

#include <map>
#include <string>

#include "platform/feed/consumer.h"

namespace thidua::awards::councils {

std::map<std::string, feed::Handler> CampaignHandlers();

}  // namespace thidua::awards::councils
