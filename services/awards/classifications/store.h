// The register of yearly classifications in the database.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awards/classifications/rules.h"
#include "platform/call.h"
#include "platform/db/session.h"
#include "platform/paging.h"

namespace thidua::awards::classifications {

struct ClassificationRow {
  std::string id;
  Record said;
  std::string unit_id;
  std::string recorder;
  absl::CivilDay record_date;
  absl::Time created_at;
  int64_t row_version = 1;
};

struct ClassificationFilter {
  std::string unit_id;
  std::string person_id;
  int year = 0;
};

absl::Status InsertClassification(db::Tx& tx, const ClassificationRow& row);
absl::Status ReplaceClassification(db::Tx& tx, const ClassificationRow& row);
absl::StatusOr<std::optional<ClassificationRow>> LockClassification(db::Tx& tx,
                                                                    const std::string& person_id,
                                                                    int year);
absl::StatusOr<std::optional<ClassificationRow>> ReadClassification(db::Session& session,
                                                                    const std::string& person_id,
                                                                    int year);
// Oldest first; one more than the page's size when there is more. "" and 0 mean all.
absl::StatusOr<std::vector<ClassificationRow>> ListClassifications(
    db::Session& session, const platform::VisibleUnits& visible, const ClassificationFilter& filter,
    const platform::Page& page);

}  // namespace thidua::awards::classifications
