// What rankings write into the feed's snapshot.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "platform/db/session.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::scoring::rankings {

// The current publications as RankingPublished events, for readers that start anew.
absl::Status WriteSnapshot(db::Session& session,
                           absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::scoring::rankings
