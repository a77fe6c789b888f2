// What decisions put into awards' feed.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "awards/decisions/store.h"
#include "platform/db/session.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::awards::decisions {

// Of an issued decision.
v1::DecisionIssued IssuedEvent(const DecisionRow& row);

// DecisionIssued of every issued decision.
absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::awards::decisions
