#include "awards/councils/ballot_changes.h"

#include <optional>
#include <utility>

#include "awards/errors.h"
#include "platform/feed/append.h"
#include "platform/ids.h"
#include "platform/status_macros.h"

namespace thidua::awards::councils {

absl::Status BallotNotFound(const std::string& id) {
  return ResourceNotFound("BALLOT", platform::NameOf("ballots", id));
}

absl::StatusOr<BallotRow> LockOpenBallot(db::Tx& tx, const std::string& id) {
  ASSIGN_OR_RETURN(std::optional<BallotRow> ballot, LockBallot(tx, id));
  if (!ballot) return BallotNotFound(id);
  RETURN_IF_ERROR(ErrorOf(CheckOpen(ballot->state)));
  return *std::move(ballot);
}

absl::Status AppendBallotEvent(db::Tx& tx, const platform::Call& call, const BallotRow& ballot,
                               const google::protobuf::Message& payload,
                               const std::string& reason) {
  feed::Draft draft;
  draft.aggregate_type = "ballot";
  draft.aggregate_id = ballot.id;
  draft.aggregate_version = ballot.row_version;
  draft.unit_id = ballot.unit_id;
  draft.payload = &payload;
  draft.reason = reason;
  return feed::Append(tx, call, draft);
}

}  // namespace thidua::awards::councils
