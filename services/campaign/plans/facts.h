// From a plan document to what the rules look at, and back to the document's computed fields.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "campaign/plans/rules_facts.h"
#include "campaign/plans/rules_findings.h"
#include "thidua/campaign/v1/plan.pb.h"

namespace thidua::campaign::plans {

// What the rules need to know beside the document.
struct Surroundings {
  std::optional<absl::CivilDay> issuer_valid_to;
  std::map<std::string, Template> templates;  // by code
};

// Takes away what only the server fills and fills dates that follow from words (R-PLN-05,
// R-PLN-06). Doing it twice changes nothing. Decisions about findings stay.
void Normalise(v1::Plan* plan);

PlanFacts FactsOf(const v1::Plan& plan, const Surroundings& surroundings);

// `missing`, `findings` with stored decisions, `unset_parameters`.
void PutJudgement(const PlanFacts& facts, v1::Plan* plan);

// `years`, with the themes set for them (R-PLN-07).
void PutYears(const PlanFacts& facts, v1::Plan* plan);

// Findings as they stand: found now, with decisions taken, and decided ones that are no longer
// found.
std::vector<v1::Finding> StandingFindings(const PlanFacts& facts, const v1::Plan& plan);

// Day of issue when it is known to the day.
std::optional<absl::CivilDay> IssueDay(const v1::Plan& plan);

}  // namespace thidua::campaign::plans
