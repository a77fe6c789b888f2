// What nominations take from others' feeds, and what a new reader of awards' feed needs of them.
#pragma once

#include <map>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "platform/feed/consumer.h"

namespace thidua::awards::nominations {

// PlanLaunched, PeriodicReportRecorded, PlanTaskRecorded, PlanTaskCompleted.
std::map<std::string, feed::Handler> CampaignHandlers();
// RankingPublished.
std::map<std::string, feed::Handler> ScoringHandlers();

// NominationInvited of every unit that has to file or had a last day for it, and how it stands.
absl::Status EmitSnapshot(db::Session& session,
                          absl::FunctionRef<absl::Status(const common::v1::Event&)> emit);

}  // namespace thidua::awards::nominations
