// Who gets a notice. Pure.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"

namespace thidua::notify::inbox {

// The post a person holds, as campaign tells it.
struct Post {
  std::string unit_id;
  absl::CivilDay valid_from;
  std::optional<absl::CivilDay> valid_to;  // last day; none while it holds
};

// R-NOT-50 a notice to a unit reaches everyone whose post there covers the notice's date, first and
// last day included.
bool PostCovers(const Post& post, absl::CivilDay notice_date);

// How long back a person learned of later is told.
inline constexpr int kBackfillDays = 30;

// R-NOT-51 a person we learn of after the notice (feeds arrive in any order; people are entered
// late) still gets it when the post covers its date and the notice is at most kBackfillDays older
// than the day of learning. Older ones are history, not news.
//
// R-NOT-52 a notice to people by their names reaches them whatever their post, and within the same
// days when they become known later.
bool IsBackfilled(const Post& post, absl::CivilDay notice_date, absl::CivilDay learned_on);

}  // namespace thidua::notify::inbox
