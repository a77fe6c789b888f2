// What every change of a ballot begins and ends with.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/store_ballots.h"
#include "google/protobuf/message.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::awards::councils {

absl::Status BallotNotFound(const std::string& id);

// The ballot, locked; refused with BALLOT_STATE when it is no longer open.
absl::StatusOr<BallotRow> LockOpenBallot(db::Tx& tx, const std::string& id);

// One event of the ballot as it stands now.
absl::Status AppendBallotEvent(db::Tx& tx, const platform::Call& call, const BallotRow& ballot,
                               const google::protobuf::Message& payload,
                               const std::string& reason = "");

}  // namespace thidua::awards::councils
