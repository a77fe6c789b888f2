// All SQL of what waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "campaign/pending/rules_pending.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::pending {

struct Item {
  Place place;
  std::string unit_id;
  std::string plan_id;
  std::string plan_number;  // "35/KH-UBND"
  std::string code;         // of a task, or the period of a report
  std::string title;        // of a task, an issue, an exemplar or a milestone
};

// What is empty does not filter.
struct WorkFilter {
  platform::VisibleUnits units;  // whose turn it is
  std::string plan_id;
  std::optional<absl::CivilDay> overdue_on;
  std::optional<Place> after;
  int limit = 0;
};
// Of one kind, in its order. Conferences, which no table says, are not read here.
absl::StatusOr<std::vector<Item>> ReadWork(db::Session& session, Kind kind,
                                           const WorkFilter& filter);

}  // namespace thidua::campaign::pending
