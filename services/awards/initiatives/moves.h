// What changes an initiative beside its registration: a council's ballot, and the event of each.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/initiatives/store.h"
#include "platform/call.h"
#include "platform/db/pool.h"
#include "platform/db/session.h"

namespace thidua::awards::initiatives {

// The initiative, for who holds the rpc's permission at its unit; INITIATIVE_NOT_FOUND for who may
// know.
absl::StatusOr<InitiativeRow> FindAndRequire(db::Pool& pool, const platform::Call& call,
                                             const std::string& name);

// The initiative, locked.
absl::StatusOr<InitiativeRow> Lock(db::Tx& tx, const std::string& id);

// Makes the move of a ballot (R-AWD-93) on a locked initiative, writes it and appends its event.
absl::Status Review(db::Tx& tx, const platform::Call& call, Move move, const std::string& ballot_id,
                    InitiativeRow row);

// One event of the initiative as it stands now; `before` is null when it is new.
absl::Status AppendChanged(db::Tx& tx, const platform::Call& call, const InitiativeRow& row,
                           const InitiativeRow* before);

}  // namespace thidua::awards::initiatives
