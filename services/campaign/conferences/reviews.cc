#include "campaign/conferences/reviews.h"

#include "platform/clock.h"

namespace thidua::campaign::conferences {
namespace {

std::optional<absl::CivilDay> DayOf(const std::string& text) {
  const absl::StatusOr<absl::CivilDay> day = platform::ParseDate(text, "");
  return day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

}  // namespace

std::vector<Review> ReviewsOf(const v1::Plan& plan) {
  std::vector<Review> reviews;
  for (const v1::Milestone& one : plan.milestones()) {
    if (one.kind() != v1::MILESTONE_KIND_INTERIM_REVIEW &&
        one.kind() != v1::MILESTONE_KIND_FINAL_REVIEW)
      continue;
    reviews.push_back(
        {one.id(), one.kind(), one.title(), {DayOf(one.start_date()), DayOf(one.end_date())}});
  }
  return reviews;
}

std::optional<Review> FindReview(const v1::Plan& plan, const std::string& milestone_id) {
  for (Review& one : ReviewsOf(plan)) {
    if (one.milestone_id == milestone_id) return std::move(one);
  }
  return std::nullopt;
}

}  // namespace thidua::campaign::conferences
