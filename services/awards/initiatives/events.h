// What the register tells awards' feed, and what a new reader of it needs.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "awards/initiatives/store.h"
#include "thidua/awards/v1/events.pb.h"
#include "thidua/common/v1/feed.pb.h"

namespace thidua::awards::initiatives {

v1::InitiativeChanged ChangedEvent(const InitiativeRow& row);

// InitiativeChanged of every recognised initiative.
absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::awards::initiatives
