// What can be done with a ballot: one function a move, inside the write's transaction. Each locks
// what it changes, judges, writes and appends its event.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/store_ballots.h"
#include "awards/councils/subjects.h"
#include "awards/councils/validate.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::awards::councils {

using platform::Call;

absl::Status BallotNotFound(const std::string& id);

// Opens a ballot of a council on what it may vote on. `concerned`: the unit it is about and the
// units below it today, whose members have no vote. BALLOT_OPEN when there is one already.
struct Opening {
  std::string council_id;
  Subject subject;
  std::vector<std::string> concerned;
};
absl::StatusOr<BallotRow> Open(db::Tx& tx, const Call& call, const Opening& opening);

// The moves below are refused with BALLOT_STATE when the ballot is no longer open.

// A vote of a member, cast or written; the member's newest counts.
struct VoteTaken {
  bool replaced = false;  // the member had voted before
  int votes_cast = 0;     // members who have voted by now
};
absl::StatusOr<VoteTaken> TakeVote(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                   VoteRow vote);

struct BallotAndVotes {
  BallotRow ballot;
  std::vector<VoteRow> votes;
};
// Counts the votes and ends the ballot, and with it the way of what was voted on or the council's
// part in it; QUORUM_NOT_MET leaves it open. `etag` may be empty.
absl::StatusOr<BallotAndVotes> Close(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                     const std::string& etag, const Minutes& minutes);
// Gives the ballot up; what was to be voted on is where it was before.
absl::StatusOr<BallotAndVotes> Cancel(db::Tx& tx, const Call& call, const std::string& ballot_id,
                                      const std::string& reason);

}  // namespace thidua::awards::councils
