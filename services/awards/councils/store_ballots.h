// Ballots in the database.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/councils/rules.h"
#include "awards/councils/rules_names.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::councils {

struct BallotRow {
  std::string id;
  std::string council_id;
  std::string unit_id;        // the council's
  std::string nomination_id;  // "" when it is on an initiative
  std::string initiative_id;  // "" when it is on a nomination
  BallotState state = BallotState::kOpen;
  VotingRule rule;
  std::vector<RosterMember> roster;
  std::set<std::string> present;  // person ids; meaningful when closed
  absl::CivilDay open_date;
  std::optional<absl::CivilDay> close_date;
  std::optional<absl::CivilDay> meeting_date;
  std::string place;
  std::string minutes_file_id;
  std::string note;
  std::string cancel_reason;
  int64_t row_version = 1;
};

struct VoteRow {
  Vote vote;
  int sequence = 1;  // within the member
  std::string file_id;
  std::string recorded_by;
  absl::Time recorded_at;
};

// ALREADY_EXISTS DUPLICATE_KEY "ballots_open_nomination" or "ballots_open_initiative" when there is
// an open ballot on the same.
absl::Status InsertBallot(db::Tx& tx, const BallotRow& ballot);
// Writes state, dates, minutes, presence and row_version.
absl::Status FinishBallot(db::Tx& tx, const BallotRow& ballot);
// Writes row_version only.
absl::Status TouchBallot(db::Tx& tx, const BallotRow& ballot);
absl::StatusOr<std::optional<BallotRow>> LockBallot(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<BallotRow>> ReadBallot(db::Session& session, const std::string& id);
// Oldest first; one more than the page's size when there is more. Empty filters mean all.
absl::StatusOr<std::vector<BallotRow>> ListBallots(
    db::Session& session, const platform::VisibleUnits& visible, const std::string& council_id,
    const std::string& nomination_id, const std::string& initiative_id, const platform::Page& page);

absl::Status InsertVote(db::Tx& tx, const std::string& ballot_id, const VoteRow& vote);
// All votes ever given, those of one member in the order they were given.
absl::StatusOr<std::vector<VoteRow>> ReadVotes(db::Session& session, const std::string& ballot_id);

// The day on which the ballot that carried a nomination was closed.
absl::StatusOr<std::optional<absl::CivilDay>> CarriedOn(db::Session& session,
                                                        const std::string& nomination_id);

}  // namespace thidua::awards::councils
