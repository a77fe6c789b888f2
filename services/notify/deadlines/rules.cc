#include "notify/deadlines/rules.h"

#include <algorithm>
#include <array>

namespace thidua::notify::deadlines {
namespace {

// UTC+7 all year, and no table of time zones needed for it.
constexpr int kVietnamOffsetHours = 7;
constexpr int kFireHour = 8;

constexpr std::array<Kind, 6> kKinds = {Kind::kMilestone, Kind::kAwardFiling, Kind::kPeriodicReport,
                                        Kind::kSelfScore, Kind::kAppraisal,   Kind::kExplanation};

bool MayBeLate(Kind kind) { return kind != Kind::kMilestone && kind != Kind::kExplanation; }

}  // namespace

std::string_view NameOf(Kind kind) {
  switch (kind) {
    case Kind::kMilestone:
      return "MILESTONE";
    case Kind::kAwardFiling:
      return "AWARD_FILING";
    case Kind::kPeriodicReport:
      return "PERIODIC_REPORT";
    case Kind::kSelfScore:
      return "SELF_SCORE";
    case Kind::kAppraisal:
      return "APPRAISAL";
    case Kind::kExplanation:
      return "EXPLANATION";
  }
  return "";
}

std::optional<Kind> KindFromName(std::string_view name) {
  for (const Kind kind : kKinds) {
    if (NameOf(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string_view ProducerOf(Kind kind) {
  switch (kind) {
    case Kind::kMilestone:
    case Kind::kPeriodicReport:
      return "campaign";
    case Kind::kAwardFiling:
      return "awards";
    case Kind::kSelfScore:
    case Kind::kAppraisal:
    case Kind::kExplanation:
      return "scoring";
  }
  return "";
}

std::vector<Kind> KindsOf(std::string_view producer) {
  std::vector<Kind> kinds;
  for (const Kind kind : kKinds) {
    if (ProducerOf(kind) == producer) kinds.push_back(kind);
  }
  return kinds;
}

std::vector<Slot> Schedule(Kind kind, std::optional<absl::CivilDay> start, absl::CivilDay due) {
  std::vector<Slot> slots;
  if (start.has_value() && *start < due) slots.push_back({"S-7", *start - 7});
  slots.push_back({"T-7", due - 7});
  slots.push_back({"T-3", due - 3});
  slots.push_back({"T-1", due - 1});
  slots.push_back({"T", due});
  if (MayBeLate(kind)) slots.push_back({"T+1", due + 1});
  return slots;
}

absl::Time FireInstant(absl::CivilDay day) {
  return absl::FromCivil(absl::CivilHour(day) + kFireHour,
                         absl::FixedTimeZone(kVietnamOffsetHours * 3600));
}

bool IsPastWhenSet(absl::CivilDay day, absl::CivilDay set_on) { return day <= set_on; }

Firing Decide(const std::vector<Slot>& pending_and_due) {
  Firing firing;
  for (size_t i = 0; i < pending_and_due.size(); ++i) firing.supersede.push_back(i);
  std::stable_sort(firing.supersede.begin(), firing.supersede.end(), [&](size_t a, size_t b) {
    return pending_and_due[a].day < pending_and_due[b].day;
  });
  if (firing.supersede.empty()) return firing;
  firing.fire = firing.supersede.back();
  firing.supersede.pop_back();
  return firing;
}

Phase PhaseOn(absl::CivilDay today, Kind kind, std::optional<absl::CivilDay> start,
              absl::CivilDay due) {
  if (today > due) return MayBeLate(kind) ? Phase::kOverdue : Phase::kPassed;
  if (today == due) return Phase::kToday;
  if (start.has_value() && today < *start) return Phase::kOpens;
  return Phase::kDue;
}

int DaysToTell(Phase phase, absl::CivilDay today, std::optional<absl::CivilDay> start,
               absl::CivilDay due) {
  switch (phase) {
    case Phase::kOpens:
      return static_cast<int>(start.value_or(due) - today);
    case Phase::kDue:
    case Phase::kToday:
      return static_cast<int>(due - today);
    case Phase::kPassed:
    case Phase::kOverdue:
      return static_cast<int>(today - due);
  }
  return 0;
}

bool IsSelfScored(std::string_view state) { return !state.empty() && state != "DRAFT"; }

bool IsAppraised(const std::vector<std::string>& states) {
  return !states.empty() && std::all_of(states.begin(), states.end(), [](const std::string& state) {
    return IsSelfScored(state) && state != "SUBMITTED";
  });
}

Explaining ExplainingIn(std::string_view state, std::optional<int> explainable) {
  if (!IsAppraised({std::string(state)})) return Explaining::kNotYet;
  return state == "APPRAISED" && explainable.value_or(1) > 0 ? Explaining::kOpen
                                                             : Explaining::kDone;
}

Filing FilingIn(std::string_view state) {
  for (const std::string_view early : {"", "NOMINATED", "NOT_SELECTED", "SHORTLISTED"}) {
    if (state == early) return Filing::kNotYet;
  }
  for (const std::string_view waiting : {"INVITED", "ACCEPTED", "MISSED", "RETURNED"}) {
    if (state == waiting) return Filing::kOpen;
  }
  return Filing::kDone;
}

bool ReopensWhenReturned(absl::CivilDay due, absl::CivilDay returned_on) {
  return returned_on <= due;
}

bool RemindsThoughPast(absl::CivilDay day, absl::CivilDay due) { return day > due; }

bool TellsOfExplaining(absl::CivilDay due, absl::CivilDay today) { return today <= due; }

}  // namespace thidua::notify::deadlines
