// All SQL of criteria sets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace thidua::scoring::criteria {

// A row. `definition` is canonical JSON (codec.h).
struct SetRow {
  std::string id;
  std::string unit_id;
  std::string block;
  std::string block_title;  // "" when nobody named it
  int32_t year = 0;
  int32_t version = 0;
  std::string state;  // DRAFT, PUBLISHED, SUPERSEDED
  std::string title;
  std::optional<absl::CivilDay> valid_from;
  std::optional<absl::CivilDay> valid_to;
  std::string basis_number;
  std::optional<absl::CivilDay> basis_issue_date;
  std::string basis_issuer;
  std::string basis_subject;
  std::string source_note;
  std::string definition;
  std::string content_sha256;
  std::optional<std::string> superseded_by;
  std::optional<absl::CivilDay> publish_date;
  absl::Time created_at;
  int64_t row_version = 1;
};

class Store {
 public:
  static absl::StatusOr<std::optional<SetRow>> Get(db::Session& session, const std::string& id);
  // Locks the row until the end of the transaction.
  static absl::StatusOr<std::optional<SetRow>> Lock(db::Tx& tx, const std::string& id);
  // The greatest version of unit, block and year; 0 when there is none. Locks what it reads.
  static absl::StatusOr<int32_t> LastVersion(db::Tx& tx, const std::string& unit_id,
                                             const std::string& block, int32_t year);
  // The published one of unit, block and year, locked.
  static absl::StatusOr<std::optional<SetRow>> LockPublished(db::Tx& tx, const std::string& unit_id,
                                                             const std::string& block,
                                                             int32_t year);
  static absl::Status Insert(db::Tx& tx, const SetRow& row);
  // Writes everything but unit, block, year, version and creation; row_version becomes the row's.
  static absl::Status Update(db::Tx& tx, const SetRow& row);

  struct Filter {
    std::string unit_id;  // "" = any
    std::string block;    // "" = any
    int32_t year = 0;     // 0 = any
    bool all_drafts = false;
    std::vector<std::string> draft_units;  // drafts only of these
    std::string before_id;                 // "" = from the newest
    int limit = 51;
  };
  // Newest first.
  static absl::StatusOr<std::vector<SetRow>> List(db::Session& session, const Filter& filter);
};

}  // namespace thidua::scoring::criteria
