// Checks of standards and people's confirmations in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/nominations/rules_standards.h"
#include "platform/db/session.h"

namespace thidua::awards::nominations {

enum class Stage { kSubmission, kAppraisal, kDecision };
std::string_view NameOf(Stage stage);

struct CheckRow {
  int number = 1;
  Stage stage = Stage::kAppraisal;
  absl::CivilDay as_of;
  std::vector<Finding> findings;
};

struct ConfirmationRow {
  Confirmation said;
  int sequence = 1;  // within the nomination
  std::string confirmer;
  std::string file_id;
};

// Gives the check its number, the next of the nomination (whose lock the caller holds).
absl::Status InsertCheck(db::Tx& tx, const std::string& nomination_id, CheckRow& check);
absl::StatusOr<std::optional<CheckRow>> NewestCheck(db::Session& session,
                                                    const std::string& nomination_id);
// Newest first, those with a number below `before` (0: all), one more than `size` when there is
// more.
absl::StatusOr<std::vector<CheckRow>> ListChecks(db::Session& session,
                                                 const std::string& nomination_id, int before,
                                                 int size);

// Gives the confirmation its sequence, the next of the nomination (whose lock the caller holds).
absl::Status InsertConfirmation(db::Tx& tx, const std::string& nomination_id,
                                ConfirmationRow& confirmation);
// All of them, in the order they were recorded.
absl::StatusOr<std::vector<ConfirmationRow>> ReadConfirmations(db::Session& session,
                                                               const std::string& nomination_id);
// Newest first, those with a sequence below `before` (0: all), one more than `size` when there is
// more.
absl::StatusOr<std::vector<ConfirmationRow>> ListConfirmations(db::Session& session,
                                                               const std::string& nomination_id,
                                                               int before, int size);

}  // namespace thidua::awards::nominations
