// The register of initiatives in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/initiatives/rules.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::initiatives {

struct Recognition {
  std::string authority;
  std::string document_number;
  absl::CivilDay date;
  std::string file_id;
  std::string recorder;
  std::string scope;  // LOCAL, PROVINCE, NATION; "" when not said
};

struct InitiativeRow {
  std::string id;
  std::string unit_id;
  std::string title;
  std::string kind;  // GENERAL or PROCEDURE_CUT
  int year = 0;
  std::string summary;
  std::string procedure;  // PROCEDURE_CUT only
  std::optional<ProcedureCut> cut;
  std::optional<Recognition> recognition;
  std::string registrar;
  std::vector<std::string> author_ids;  // people, in order
  std::vector<int> author_shares;       // in percent, in the same order; empty when not stated
  Benefit benefit;
  State state = State::kRegistered;
  std::string ballot_id;  // the ballot that counts; "" for none
  absl::Time created_at;
  int64_t row_version = 1;
};

absl::Status InsertInitiative(db::Tx& tx, const InitiativeRow& row);
// Writes the recognition and the state.
absl::Status SetRecognition(db::Tx& tx, const InitiativeRow& row);
// Writes state and ballot.
absl::Status SetReview(db::Tx& tx, const InitiativeRow& row);
absl::StatusOr<std::optional<InitiativeRow>> LockInitiative(db::Tx& tx, const std::string& id);
absl::StatusOr<std::optional<InitiativeRow>> ReadInitiative(db::Session& session,
                                                            const std::string& id);
// Oldest first; one more than the page's size when there is more. "" and 0 mean all; `state` by
// name.
absl::StatusOr<std::vector<InitiativeRow>> ListInitiatives(db::Session& session,
                                                           const platform::VisibleUnits& visible,
                                                           const std::string& unit_id, int year,
                                                           const std::string& state,
                                                           const platform::Page& page);
// All of a year of which a person is author or co-author.
absl::StatusOr<std::vector<InitiativeRow>> InitiativesBy(db::Session& session,
                                                         const std::string& person_id, int year);
// All of a unit in a year.
absl::StatusOr<std::vector<InitiativeRow>> InitiativesOf(db::Session& session,
                                                         const std::string& unit_id, int year);

}  // namespace thidua::awards::initiatives
