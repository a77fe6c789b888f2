// What waits, in the database.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awards/nominations/rules_work.h"
#include "awards/nominations/store.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::awards::nominations {

struct WorkRow {
  NominationRow nomination;
  std::string ballot_id;    // the open ballot; "" for none
  std::string decision_id;  // the draft; "" for none
};

// Nominations that wait for somebody, by id after `after`, at most `limit`. plan_id "" means all.
absl::StatusOr<std::vector<WorkRow>> ReadWork(db::Session& session,
                                              const platform::VisibleUnits& visible,
                                              const std::string& plan_id, const std::string& after,
                                              int limit);

}  // namespace thidua::awards::nominations
