// The table launched_plans: what notices say of plans.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"

namespace thidua::notify::inbox {

struct LaunchedPlan {
  std::string id;
  std::string number;
  std::string title;
  std::string issuer_unit_id;
  std::string coordinator_unit_id;              // empty when the plan names none
  std::vector<std::string> required_documents;  // codes
  int32_t original_sets = 0;                    // 0 when the plan does not say
};

absl::Status PutPlan(db::Tx& tx, const LaunchedPlan& plan);
absl::StatusOr<std::optional<LaunchedPlan>> FindPlan(db::Session& session, const std::string& id);
absl::Status ClearPlans(db::Tx& tx);

}  // namespace thidua::notify::inbox
