// Nominations and their filings in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/rules_states.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::nominations {

struct NominationRow {
  std::string id;
  std::string plan_id;
  std::string unit_id;
  std::string coordinator_unit_id;
  std::string publication_id;
  std::string publication_sha256;
  int year = 0;
  int rank = 0;
  std::string band;
  std::string award_form;
  State state = State::kShortlisted;
  std::optional<absl::CivilDay> filing_deadline;
  std::string appraiser;
  std::optional<absl::CivilDay> appraise_date;
  std::string appraise_note;
  std::string unknown_standards_reason;
  std::string decision_id;
  std::string certificate_id;
  absl::Time created_at;
  int64_t row_version = 1;
  // The person awarded; "" when it is the unit itself.
  std::string person_id;
  std::string person_name;
  std::string person_position;
  std::string summary;
  std::string nominator;
  std::string selector;
  std::string not_selected_reason;
  std::optional<absl::CivilDay> state_date;
  std::optional<absl::CivilDay> reopened_until;
  std::string answerer;
  std::optional<absl::CivilDay> answer_date;
  std::string decline_reason;
  // With state kIneligible only; who rejected before a reopening is in that.
  std::string rejecter;
  std::optional<absl::CivilDay> reject_date;
  std::string reject_reason;
  int reject_check = 0;

  bool individual() const { return !person_id.empty(); }
  // The last day given for a first filing.
  std::optional<absl::CivilDay> open_until() const {
    return reopened_until ? reopened_until : filing_deadline;
  }
  // R-AWD-39
  State StateOn(absl::CivilDay today) const {
    return nominations::StateOn(state, open_until(), today);
  }
};

struct ReopeningRow {
  int number = 1;
  std::string reopener;
  absl::CivilDay date;
  std::string reason;
  State from = State::kMissed;
  std::optional<absl::CivilDay> until;
  std::string earlier_reason;
  std::string earlier_judge;  // who had rejected or passed over; "" when nobody judged
};

struct Document {
  std::string kind;
  std::string file_id;
};

struct FilingRow {
  int number = 1;
  std::string filer;
  absl::CivilDay file_date;
  bool late = false;
  int original_sets = 0;
  std::vector<Document> documents;
  std::string return_reason;
  std::string returner;
  std::optional<absl::CivilDay> return_date;
};

struct NominationFilter {
  std::string plan_id;
  std::string unit_id;
  std::optional<State> state;  // where it stands on `today`
  absl::CivilDay today;
  std::optional<bool> individual;
};

absl::Status InsertNomination(db::Tx& tx, const NominationRow& row);
// Writes all that may change.
absl::Status UpdateNomination(db::Tx& tx, const NominationRow& row);
absl::StatusOr<std::optional<NominationRow>> LockNomination(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<NominationRow>> ReadNomination(db::Session& session,
                                                            const std::string& id);
// The unit's or person's nomination for the plan, year and form.
absl::StatusOr<std::optional<NominationRow>> FindNomination(db::Session& session,
                                                            const NominationRow& like);
// Oldest first; one more than the page's size when there is more.
absl::StatusOr<std::vector<NominationRow>> ListNominations(db::Session& session,
                                                           const platform::VisibleUnits& visible,
                                                           const NominationFilter& filter,
                                                           const platform::Page& page);

// Gives the reopening its number, the next of the nomination (whose lock the caller holds).
absl::Status InsertReopening(db::Tx& tx, const std::string& nomination_id, ReopeningRow& row);
// First one first.
absl::StatusOr<std::vector<ReopeningRow>> ReadReopenings(db::Session& session,
                                                         const std::string& nomination_id);

absl::Status InsertFiling(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing);
absl::Status SetReturned(db::Tx& tx, const std::string& nomination_id, const FilingRow& filing);
// First one first.
absl::StatusOr<std::vector<FilingRow>> ReadFilings(db::Session& session,
                                                   const std::string& nomination_id);

}  // namespace thidua::awards::nominations
