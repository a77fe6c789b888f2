// Requests about councils as values, or the field that is wrong. Pure.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "awards/councils/store.h"
#include "thidua/awards/v1/council_service.pb.h"

namespace thidua::awards::councils {

// All but id, created_at and row_version. A member's unit_id is "" when the request leaves it out.
absl::StatusOr<CouncilRow> CouncilOf(const v1::Council& council);

absl::StatusOr<Choice> ChoiceOf(v1::VoteChoice choice);

struct Minutes {
  absl::CivilDay meeting_date;
  std::string place;
  std::set<std::string> present;  // person ids
  std::string file_id;            // "" for none
  std::string note;
};
absl::StatusOr<Minutes> MinutesOf(const v1::BallotMinutes& minutes);

}  // namespace thidua::awards::councils
