// The reviews that a plan sets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaign/conferences/rules_conferences.h"
#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::conferences {

struct Review {
  std::string milestone_id;
  v1::MilestoneKind kind = v1::MILESTONE_KIND_UNSPECIFIED;
  std::string title;
  ReviewDays days;
};

// Sơ kết and tổng kết, in the plan's order.
std::vector<Review> ReviewsOf(const v1::Plan& plan);
std::optional<Review> FindReview(const v1::Plan& plan, const std::string& milestone_id);

}  // namespace thidua::campaign::conferences
