#include "awards/initiatives/moves.h"

#include <optional>
#include <utility>

#include "awards/errors.h"
#include "awards/initiatives/events.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/missing.h"
#include "platform/status_macros.h"
#include "thidua/awards/v1/events.pb.h"

namespace thidua::awards::initiatives {
absl::StatusOr<InitiativeRow> FindAndRequire(db::Pool& pool, const platform::Call& call,
                                             const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, platform::IdFromName(name, "initiatives", "name"));
  std::optional<InitiativeRow> row;
  RETURN_IF_ERROR(pool.ReadOnly(call.deadline(), [&](db::Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(row, ReadInitiative(session, id));
    return absl::OkStatus();
  }));
  if (!row) return platform::NotFoundFor(call, ResourceNotFound("INITIATIVE", name));
  RETURN_IF_ERROR(call.Require(row->unit_id));
  return *std::move(row);
}

absl::StatusOr<InitiativeRow> Lock(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<InitiativeRow> row, LockInitiative(tx, id));
  if (!row) return ResourceNotFound("INITIATIVE", platform::NameOf("initiatives", id));
  return *std::move(row);
}

absl::Status Review(db::Tx& tx, const platform::Call& call, Move move, const std::string& ballot_id,
                    InitiativeRow row) {
  const InitiativeRow before = row;
  const MoveResult result = Apply(row.state, move);
  RETURN_IF_ERROR(ErrorOf(result.refusal));
  row.state = result.state;
  row.ballot_id = move == Move::kCancelBallot ? "" : ballot_id;
  ++row.row_version;
  RETURN_IF_ERROR(SetReview(tx, row));
  return AppendChanged(tx, call, row, &before);
}

absl::Status AppendChanged(db::Tx& tx, const platform::Call& call, const InitiativeRow& row,
                           const InitiativeRow* before) {
  const v1::InitiativeChanged changed = ChangedEvent(row);
  v1::InitiativeChanged earlier;
  if (before != nullptr) earlier = ChangedEvent(*before);
  feed::Draft draft;
  draft.aggregate_type = "initiative";
  draft.aggregate_id = row.id;
  draft.aggregate_version = row.row_version;
  draft.unit_id = row.unit_id;
  draft.payload = &changed;
  if (before != nullptr) draft.before = &earlier;
  return feed::Append(tx, call, draft);
}

}  // namespace thidua::awards::initiatives
