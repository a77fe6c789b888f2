// Which units may be shortlisted, and what an invitation and a filing need.
//
// R-AWD-22  Only units in a band that the plan names are shortlisted; a plan that names none gives
// no
//           shortlist (the band is never guessed).
// R-AWD-23  Only units that take part in the plan are shortlisted.
// R-AWD-24  The award form is one the plan allows; without a choice it is the plan's only form.
// R-AWD-25  The ranking belongs to the plan and was not corrected by a later publication.
// R-AWD-26  A filing deadline is not in the past. One after the plan's period is allowed and
// pointed
//           out: rankings of a year come out only after it.
// R-AWD-27  A dossier holds every document of the plan's list once and no other, and as many sets
// of
//           originals as the plan asks for.
// R-AWD-28  A filing after the first deadline is marked late: one after a return is taken, a first
//           one only when the nomination was reopened (R-AWD-39, R-AWD-40).
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "awards/nominations/rules_quota.h"
#include "awards/rules_refusal.h"

namespace thidua::awards::nominations {

struct RankedUnit {
  std::string unit_id;
  int rank = 0;  // 0: not ranked
  int previous_rank = 0;
  std::string band;
};

struct PublishedRanking {
  std::string publication_id;
  std::string plan_id;  // "" when it stands alone
  std::string sha256;
  int year = 0;
  std::string corrected_by;  // publication that corrects it; "" for none
  std::vector<RankedUnit> units;
};

struct PlanTerms {
  std::string plan_id;
  std::optional<absl::CivilDay> start;
  std::optional<absl::CivilDay> end;
  std::vector<std::string> participants;
  std::vector<std::string> shortlist_bands;
  std::vector<std::string> award_forms;
  std::vector<std::string> required_documents;
  int original_sets = 0;  // 0: the plan does not say
  std::vector<Quota> quotas;
  Participants launched_with;
};

struct Selection {
  std::vector<RankedUnit> units;  // in order of rank, then unit id
  std::string award_form;
  MaybeRefusal refusal;
};

// R-AWD-24  An empty form becomes the plan's only one.
MaybeRefusal CheckForm(const PlanTerms& plan, std::string* award_form);

// `chosen` empty: every participant in the plan's bands.
Selection Select(const PlanTerms& plan, const PublishedRanking& ranking,
                 const std::string& award_form, const std::vector<std::string>& chosen);

// Whether a unit is still in a band of the plan, by the newest publication (for the decision).
MaybeRefusal CheckStillInBand(const PlanTerms& plan, const PublishedRanking& newest,
                              const std::string& unit_id);

MaybeRefusal CheckFilingDeadline(std::optional<absl::CivilDay> deadline, absl::CivilDay today);
bool DeadlineAfterPlanPeriod(const PlanTerms& plan, std::optional<absl::CivilDay> deadline,
                             absl::CivilDay today);

// A document of an award dossier, for people; one that we have no word for is written as it is.
std::string DocumentText(const std::string& kind);

// Documents by kind ("MINUTES"), in the order of the request.
MaybeRefusal CheckDocuments(const PlanTerms& plan, const std::vector<std::string>& kinds,
                            int original_sets);

bool IsLate(std::optional<absl::CivilDay> deadline, absl::CivilDay filed);

}  // namespace thidua::awards::nominations
