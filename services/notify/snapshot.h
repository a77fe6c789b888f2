// notify's present state as events, for ExportSnapshot.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "platform/db/session.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::notify {

// All deadlines as DeadlineChanged, then all notices as NoticeCreated.
absl::Status WriteSnapshot(db::Session& session,
                           absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::notify
