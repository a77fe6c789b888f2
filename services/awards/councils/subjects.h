// What a council votes on: a nomination for an award or an initiative. Ballots know of it only what
// stands here.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/store.h"
#include "awards/councils/store_ballots.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::awards::councils {

// Exactly one of the two.
struct Subject {
  std::string nomination_id;
  std::string initiative_id;
};

// What a ballot on it needs to know.
struct Votable {
  std::string award_form;               // the voting rule is chosen by it; "" for initiatives
  std::vector<std::string> person_ids;  // who have no vote on it: authors, the one nominated
};
// Locks it and checks that this council may vote on it now: its kind and unit, and the state it is
// in.
absl::StatusOr<Votable> LockForBallot(db::Tx& tx, const Subject& subject,
                                      const CouncilRow& council);

// Whom it is about, as Votable tells: the one nominated, or the authors.
absl::StatusOr<std::vector<std::string>> PeopleOf(db::Session& session, const BallotRow& ballot);

// What follows for it from a ballot that was opened, was closed, was given up.
absl::Status AfterOpening(db::Tx& tx, const platform::Call& call, const BallotRow& ballot);
absl::Status AfterClosing(db::Tx& tx, const platform::Call& call, const BallotRow& ballot,
                          bool carried);
absl::Status AfterCancelling(db::Tx& tx, const platform::Call& call, const BallotRow& ballot);

}  // namespace thidua::awards::councils
