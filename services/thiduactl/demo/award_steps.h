// The parts of step 8, in their order.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "thiduactl/demo/award_acts.h"

namespace thidua::ctl::demo {

// The invited units whose way is told; all others of the best band let the time pass.
struct InvitedUnits {
  Candidate town;                // high rank; accepts, files, has it returned, files again
  Candidate leap;                // not high in rank, and far better than the year before
  Candidate failing;             // files, and fails a standard
  Candidate declines;            // says that it will not file
  std::vector<std::string> all;  // "nominations/<id>"
};
// The units of the best band are chosen and invited.
absl::StatusOr<InvitedUnits> ChooseAndInvite(Stage& stage);
absl::Status AnswerInvitations(Stage& stage, const InvitedUnits& units);
// Nothing came from them by the deadline.
absl::Status ShowMissed(Stage& stage, const InvitedUnits& units);

// People put up by their units.
struct InvitedPeople {
  Candidate first;    // gets the only place there is
  Candidate second;   // carried as well, and no place is left
  Candidate failing;  // classified too low
};
// Classifications are taken in, units put people up, the coordinator selects and invites.
absl::StatusOr<InvitedPeople> SelectPeople(Stage& stage);

// Opens the ballots, calls the meeting, moves it, and calls a second one off.
struct Ballots {
  std::vector<std::string> names;  // "ballots/<id>"
};
absl::StatusOr<Ballots> SummonCouncil(Stage& stage, const std::vector<Candidate>& candidates);
// Four of the five members meet and vote.
absl::Status VoteInCouncil(Stage& stage, const Ballots& ballots);

// The decision and, with it, the certificates; `refused` has no place left.
absl::Status Decide(Stage& stage, const std::vector<Candidate>& awarded, const Candidate& refused,
                    bool unknown);

}  // namespace thidua::ctl::demo
