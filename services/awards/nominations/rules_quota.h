// Places for awards.
//
// R-AWD-46  A plan without a quota has no limit, which is not zero; a quota of 0 places is none.
// R-AWD-47  A quota counts the awards of its subject and form in one year of the plan: in all, at
//           each unit (people at the unit that put them up), or as a percentage of the participants
//           of the launch, rounded as the plan says.
// R-AWD-48  More than the places is refused, and so is a quota that cannot be counted because the
//           participants are not known, unless who issues gives a reason that is kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

struct Quota {
  std::string subject;     // COLLECTIVE, INDIVIDUAL, "" for both together
  std::string award_form;  // "" for all
  std::string kind;        // TOTAL, PER_UNIT, PERCENT_OF_PARTICIPANTS
  int places = 0;
  std::string percent;   // decimal
  std::string rounding;  // DOWN, UP, HALF_UP
  std::string text;
};

// Those who took part when the plan was launched; people may be unknown.
struct Participants {
  int units = 0;
  std::optional<int> people;
};

// An award that was given, or is about to be.
struct CountedAward {
  std::string unit_id;
  bool individual = false;
  std::string award_form;
};

struct QuotaCount {
  std::optional<int> places;        // nothing when it cannot be counted
  std::optional<int> participants;  // PERCENT_OF_PARTICIPANTS only
  int used = 0;                     // PER_UNIT: of the unit that has most
  std::vector<std::string> units_over;
  bool exceeded = false;
};
QuotaCount CountQuota(const Quota& quota, const Participants& participants,
                      const std::vector<CountedAward>& awards);

// `percent` of `whole`, in whole places; nothing when the percentage or rounding cannot be read.
std::optional<int> PlacesOf(const std::string& percent, const std::string& rounding, int whole);

struct QuotaVerdict {
  bool override_used = false;  // the reason was needed
  MaybeRefusal refusal;
};
QuotaVerdict CheckQuotas(const std::vector<Quota>& quotas, const Participants& participants,
                         const std::vector<CountedAward>& awards, const std::string& reason);

}  // namespace thidua::awards::nominations
