#include "campaign/pending/rules_pending.h"

#include <algorithm>
#include <tuple>

namespace thidua::campaign::pending {

std::string_view PermissionFor(Kind kind) {
  switch (kind) {
    case Kind::kAcknowledgePlan:
    case Kind::kDoTask:
    case Kind::kFileReport:
      return "campaign.reports.write";
    case Kind::kSupplementIssue:
      return "campaign.issues.write";
    case Kind::kForwardIssue:
      return "campaign.issues.forward";
    case Kind::kDecideIssue:
      return "campaign.issues.decide";
    case Kind::kPublishExemplar:
      return "campaign.exemplars.publish";
    case Kind::kHoldConference:
      return "campaign.plans.write";
  }
  return "";
}

bool IsOwedByUnit(Kind kind) {
  return kind == Kind::kAcknowledgePlan || kind == Kind::kDoTask || kind == Kind::kFileReport ||
         kind == Kind::kSupplementIssue;
}

bool Before(const Place& a, const Place& b) {
  const absl::CivilDay last = absl::CivilDay::max();
  return std::make_tuple(a.due.value_or(last), a.kind, std::string_view(a.id)) <
         std::make_tuple(b.due.value_or(last), b.kind, std::string_view(b.id));
}

std::string RestOf(const Place& place) {
  return std::to_string(static_cast<int>(place.kind)) + ":" + place.id;
}

std::optional<Place> PlaceFrom(const std::optional<absl::CivilDay>& due, std::string_view rest) {
  if (rest.size() < 2 || rest[1] != ':') return std::nullopt;
  for (const Kind kind : kKinds) {
    if (rest[0] == static_cast<char>('0' + static_cast<int>(kind)))
      return Place{due, kind, std::string(rest.substr(2))};
  }
  return std::nullopt;
}

std::string IdAfter(const Place& after, Kind kind) {
  if (kind == after.kind) return after.id;
  return kind > after.kind ? "" : kPastAll;
}

std::vector<std::string> OwnUnits(const std::vector<Reach>& reach,
                                  const std::vector<std::string>& role_units) {
  std::vector<std::string> own;
  for (const Reach& one : reach) {
    const bool mine = std::any_of(one.heirs.begin(), one.heirs.end(), [&](const std::string& heir) {
      return std::find(role_units.begin(), role_units.end(), heir) != role_units.end();
    });
    if (mine) own.push_back(one.unit_id);
  }
  return own;
}

}  // namespace thidua::campaign::pending
