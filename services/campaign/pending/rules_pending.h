// What waits for somebody: in which order, and for whom.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"

namespace thidua::campaign::pending {

// In the order of a list of what is due on one day.
enum class Kind {
  kAcknowledgePlan = 1,
  kDoTask,
  kFileReport,
  kSupplementIssue,
  kForwardIssue,
  kDecideIssue,
  kPublishExemplar,
  kHoldConference
};
inline constexpr Kind kKinds[] = {Kind::kAcknowledgePlan, Kind::kDoTask,        Kind::kFileReport,
                                  Kind::kSupplementIssue, Kind::kForwardIssue,  Kind::kDecideIssue,
                                  Kind::kPublishExemplar, Kind::kHoldConference};

// What the caller has to be allowed where it is done.
std::string_view PermissionFor(Kind kind);
// Whether a unit owes it as one that takes part. Such work is its own officers', not those's above.
bool IsOwedByUnit(Kind kind);

// R-WRK-01 By due date, what has none last; on one day by kind and then by id.
struct Place {
  std::optional<absl::CivilDay> due;
  Kind kind = Kind::kAcknowledgePlan;
  std::string id;
};
bool Before(const Place& a, const Place& b);

// "<kind>:<id>": what tells apart what is due on one day, and back.
std::string RestOf(const Place& place);
std::optional<Place> PlaceFrom(const std::optional<absl::CivilDay>& due, std::string_view rest);

// R-WRK-02 The rows of a kind that come after a place: those due later, and on its own day those
// with a greater id than this; every id is greater than "", none is greater than kPastAll.
inline constexpr char kPastAll[] = "~";
std::string IdAfter(const Place& after, Kind kind);

// R-WRK-03 Of the units at which a caller may act, those that are the caller's own: where the
// caller holds a role, and those whose place such a unit has taken. `heirs` tells who answers for a
// unit today.
struct Reach {
  std::string unit_id;
  std::vector<std::string> heirs;
};
std::vector<std::string> OwnUnits(const std::vector<Reach>& reach,
                                  const std::vector<std::string>& role_units);

}  // namespace thidua::campaign::pending
