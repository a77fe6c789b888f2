// Names of plans and nominations in requests.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/store_inputs.h"
#include "google/protobuf/repeated_field.h"
#include "platform/call.h"
#include "platform/db/pool.h"

namespace thidua::awards::nominations {

// PLAN_NOT_FOUND for a plan that was not launched.
absl::Status NoPlan(const std::string& id);
// The plan; what is not there is told only to who may know.
absl::StatusOr<Plan> FindPlan(db::Pool& pool, const platform::Call& call, const std::string& id);

// The ids of a list of names, each once, `least` to 200 of them.
absl::StatusOr<std::vector<std::string>> IdsOf(
    const google::protobuf::RepeatedPtrField<std::string>& names, const std::string& collection,
    const std::string& field, int least);

}  // namespace thidua::awards::nominations
