// What a decision's document and prizes follow from, as the tables have it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awards/decisions/rules_document.h"
#include "awards/decisions/rules_prizes.h"
#include "platform/db/session.h"

namespace thidua::awards::decisions {

absl::StatusOr<PrizeFigures> ReadFigures(db::Session& session);
// What the issued decisions of a plan have paid, first one first. Whoever issues holds the plan's
// lock, so that nothing is added meanwhile.
absl::StatusOr<std::vector<PaidBefore>> PaidByPlan(db::Session& session,
                                                   const std::string& plan_id);
// The laws to cite on a day, in the order in which they are cited.
absl::StatusOr<std::vector<std::string>> LawsOn(db::Session& session, absl::CivilDay day);
// The meetings that carried the decision's nominations.
absl::StatusOr<std::vector<Meeting>> MeetingsOf(db::Session& session,
                                                const std::string& decision_id);

struct PlanWords {
  std::string number;
  std::string title;
  std::optional<absl::CivilDay> day;
  std::string unit_id;
  std::string coordinator_unit_id;  // "" when the plan names none
};
// A plan's words as campaign told them; a defect of ours when it is not there.
absl::StatusOr<PlanWords> PlanWordsOf(db::Session& session, const std::string& plan_id);

}  // namespace thidua::awards::decisions
