#include "scoring/dossiers/timeliness.h"

#include <algorithm>

#include "platform/status_macros.h"
#include "scoring/dossiers/store.h"

namespace thidua::scoring::dossiers {
namespace {

void CountOpen(const State& state, absl::CivilDay as_of, Counts& counts) {
  switch (Classify(state, as_of)) {
    case Timeliness::kRunning:
      ++counts.running;
      break;
    case Timeliness::kOverdue:
      ++counts.overdue;
      break;
    case Timeliness::kSuspended:
      ++counts.suspended;
      break;
    case Timeliness::kUnclassifiable:
      ++counts.open_without_due_date;
      break;
    default:
      break;
  }
}

bool FinishedBy(const State& state, absl::CivilDay day) {
  return IsFinished(state.status) && *state.finished <= day;
}

// What the summary would say if nothing after as_of were known.
absl::Status CountClosedFromRows(db::Session& session, const std::string& unit_id,
                                 const Window& window, std::map<Channel, Counts>& counts) {
  return Store::ScanUnit(session, unit_id, window.as_of, [&](const State& state) {
    const bool finished = FinishedBy(state, window.as_of);
    State known = state;
    if (IsFinished(state.status) && !finished) {  // still open then
      known.status = Status::kProcessing;
      known.finished.reset();
    }
    Summary one;
    Count(known, 1, one);
    for (const auto& [key, counters] : one) {
      const absl::CivilMonth month = std::get<1>(key);
      if (month < absl::CivilMonth(window.first) || month > absl::CivilMonth(window.last)) continue;
      counts[std::get<3>(key)].closed += counters;
    }
  });
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  closed += other.closed;
  running += other.running;
  overdue += other.overdue;
  suspended += other.suspended;
  open_without_due_date += other.open_without_due_date;
  return *this;
}

absl::StatusOr<std::map<Channel, Counts>> ReadTimeliness(db::Session& session,
                                                         const std::string& unit_id,
                                                         const Window& window,
                                                         absl::CivilDay today) {
  std::map<Channel, Counts> counts;
  if (window.as_of >= std::min(window.last, today)) {
    // Everything held of these months had happened by as_of.
    ASSIGN_OR_RETURN(const auto closed,
                     Store::SummaryOf(session, unit_id, absl::CivilMonth(window.first),
                                      absl::CivilMonth(window.last)));
    for (const auto& [channel, counters] : closed) counts[channel].closed = counters;
  } else {
    RETURN_IF_ERROR(CountClosedFromRows(session, unit_id, window, counts));
  }
  RETURN_IF_ERROR(Store::ScanOpen(
      session, unit_id, window.last, window.as_of,
      [&](const State& state) { CountOpen(state, window.as_of, counts[state.channel]); }));
  return counts;
}

Counts Total(const std::map<Channel, Counts>& by_channel) {
  Counts total;
  for (const auto& entry : by_channel) total += entry.second;
  return total;
}

}  // namespace thidua::scoring::dossiers
