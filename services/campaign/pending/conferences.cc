#include "campaign/pending/conferences.h"

#include <algorithm>
#include <string>
#include <utility>

#include "campaign/conferences/reviews.h"
#include "campaign/conferences/store.h"
#include "campaign/plans/record.h"
#include "campaign/plans/store.h"
#include "platform/status_macros.h"

namespace thidua::campaign::pending {
namespace {

using conferences::ReviewState;

bool Shown(const Item& item, const WorkFilter& filter) {
  if (filter.overdue_on && !(item.place.due && *item.place.due < *filter.overdue_on)) return false;
  return !filter.after || Before(*filter.after, item.place);
}

absl::Status AddOf(db::Session& session, const plans::Record& plan, const WorkFilter& filter,
                   absl::CivilDay today, std::vector<Item>* items) {
  ASSIGN_OR_RETURN(const std::vector<conferences::Held> held,
                   conferences::HeldFor(session, plan.row.id));
  for (const conferences::Review& review : conferences::ReviewsOf(plan.document)) {
    std::vector<absl::CivilDay> days;
    for (const conferences::Held& one : held) {
      if (one.milestone_id == review.milestone_id) days.push_back(one.date);
    }
    const ReviewState state = conferences::StateOf(review.days, days, today);
    if (state != ReviewState::kOpen && state != ReviewState::kOverdue) continue;
    Item item;
    item.place = {review.days.last, Kind::kHoldConference, plan.row.id + "." + review.milestone_id};
    item.unit_id = plan.row.issuer_id;
    item.plan_id = plan.row.id;
    item.plan_number = plan.document.number() + "/" + plan.document.symbol();
    item.title = review.title;
    if (Shown(item, filter)) items->push_back(std::move(item));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Item>> ReadConferencesToHold(db::Session& session,
                                                        const WorkFilter& filter,
                                                        absl::CivilDay today) {
  std::vector<Item> items;
  if (!filter.units.all && filter.units.ids.empty()) return items;
  // A movement may be closed before its final review is held.
  for (const plans::State state : {plans::State::kLaunched, plans::State::kClosed}) {
    plans::PlanFilter of_state;
    of_state.state = std::string(plans::TextOf(state));
    std::string after;
    constexpr int kBatch = 50;
    while (true) {
      ASSIGN_OR_RETURN(std::vector<plans::PlanRow> rows,
                       plans::ListPlans(session, of_state, after, kBatch));
      const bool last = rows.size() < kBatch;
      if (!last) after = rows.back().id;
      for (plans::PlanRow& row : rows) {
        if (!filter.plan_id.empty() && row.id != filter.plan_id) continue;
        ASSIGN_OR_RETURN(const plans::Record plan, plans::RecordOf(std::move(row)));
        if (!filter.units.Contains(plan.row.issuer_id) &&
            !filter.units.Contains(plans::CoordinatorOf(plan)))
          continue;
        RETURN_IF_ERROR(AddOf(session, plan, filter, today, &items));
      }
      if (last) break;
    }
  }
  std::sort(items.begin(), items.end(),
            [](const Item& a, const Item& b) { return Before(a.place, b.place); });
  return items;
}

}  // namespace thidua::campaign::pending
