// What every change of a nomination begins and ends with.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/rules_states.h"
#include "awards/nominations/store.h"
#include "awards/nominations/store_inputs.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"

namespace thidua::awards::nominations {

// The nomination as it stands; NOMINATION_NOT_FOUND for who may know.
absl::StatusOr<NominationRow> Find(db::Pool& pool, const platform::Call& call,
                                   const std::string& id);
struct NominationAndPlan {
  NominationRow nomination;
  Plan plan;
};
// The same with its plan, for who holds the right at the unit that issued the plan.
absl::StatusOr<NominationAndPlan> FindForIssuer(db::Pool& pool, const platform::Call& call,
                                                const std::string& id);
// The nomination, for who holds the right at its unit or at the unit that coordinates its plan.
absl::StatusOr<NominationRow> FindForReader(db::Pool& pool, const platform::Call& call,
                                            const std::string& id);
// The nomination, locked.
absl::StatusOr<NominationRow> Lock(db::Tx& tx, const std::string& id);

// Makes the move on a day: the new state and the next version, or the refusal.
absl::Status Make(Move move, absl::CivilDay today, NominationRow& nomination);

// R-AWD-21 and R-AWD-42 for the caller.
absl::Status RequireNotFiler(const platform::Call& call, const NominationRow& nomination,
                             const std::vector<FilingRow>& filings);
// R-AWD-29 for the caller; reads who confirmed and who judged before a reopening. `filings` are all
// of the nomination.
absl::Status RequireNotJudge(db::Tx& tx, const platform::Call& call,
                             const NominationRow& nomination,
                             const std::vector<FilingRow>& filings);

// What most events of a nomination begin with.
template <class Payload>
Payload About(const NominationRow& nomination) {
  Payload payload;
  payload.set_nomination_id(nomination.id);
  payload.set_plan_id(nomination.plan_id);
  payload.set_unit_id(nomination.unit_id);
  return payload;
}

// One event of the nomination as it stands now.
absl::Status AppendEvent(db::Tx& tx, const platform::Call& call, const NominationRow& nomination,
                         const google::protobuf::Message& payload, const std::string& reason = "");

}  // namespace thidua::awards::nominations
