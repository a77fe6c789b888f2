// Changes of plans inside a transaction: judge, store, tell the feed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "campaign/plans/record.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "thidua/campaign/v1/plan_service.pb.h"

namespace thidua::campaign::plans {

// `document` as sent, validated.
absl::StatusOr<Record> CreatePlan(db::Tx& tx, const platform::Call& call, v1::Plan document);
absl::StatusOr<Record> UpdatePlan(db::Tx& tx, const platform::Call& call,
                                  const v1::UpdatePlanRequest& request);
absl::StatusOr<Record> ResolveFinding(db::Tx& tx, const platform::Call& call,
                                      const v1::ResolveFindingRequest& request);
absl::StatusOr<Record> IssuePlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                 const std::string& etag);
absl::StatusOr<Record> LaunchPlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                  const std::string& etag, const std::vector<Participant>& roster,
                                  std::optional<int> person_count);
absl::StatusOr<Record> ClosePlan(db::Tx& tx, const platform::Call& call, const std::string& id,
                                 const std::string& etag, const std::string& reason);
absl::StatusOr<Record> SetTheme(db::Tx& tx, const platform::Call& call, const std::string& id,
                                const std::string& etag, const v1::Theme& theme);

}  // namespace thidua::campaign::plans
