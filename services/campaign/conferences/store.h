// All SQL of conferences.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::campaign::conferences {

struct Conference {
  std::string id;
  std::string plan_id;
  std::string milestone_id;
  absl::CivilDay held;
  std::string place;
  std::string chair;
  int attendee_count = 0;
  std::string conclusions;
  std::vector<std::string> files;  // "files/<id>"
  int64_t row_version = 1;
};

// CONFERENCE_RECORDED (ALREADY_EXISTS). row_version becomes 1.
absl::Status InsertConference(db::Tx& tx, const Conference& conference, absl::Time now);
// All but plan and milestone; CONFERENCE_RECORDED. row_version as it stands in `conference`.
absl::Status ReplaceConference(db::Tx& tx, const Conference& conference, absl::Time now);
// Without a lock: a conference never changes its plan.
absl::StatusOr<std::optional<std::string>> PlanOfConference(db::Session& session,
                                                            const std::string& id);
// After the plan is locked.
absl::StatusOr<std::optional<Conference>> LockConference(db::Tx& tx, const std::string& id);
// By id.
absl::StatusOr<std::vector<Conference>> ListConferences(db::Session& session,
                                                        const std::string& plan_id,
                                                        const std::string& after, int limit);

// Of every conference of a plan, by day.
struct Held {
  std::string id;
  std::string milestone_id;
  absl::CivilDay date;
  int attendee_count = 0;
};
absl::StatusOr<std::vector<Held>> HeldFor(db::Session& session, const std::string& plan_id);

}  // namespace thidua::campaign::conferences
