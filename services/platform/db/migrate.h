// Forward-only, checksummed migrations: files NNNN_name.sql of a folder, one statement each or
// several separated by ";" at the end of a line. Applied by the DDL user under a lock row.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/pool.h"

namespace thidua::db {

// A folder of migrations under a name of its own ("platform", "campaign").
struct MigrationSeries {
  std::string name;
  std::string directory;
};

struct MigrationReport {
  std::vector<std::string> applied;  // "platform/0001_feed", in order
  int already_applied = 0;
};

// Applies what is missing, series by series. Refuses when an applied file has changed
// (MIGRATION_CHANGED), is gone, or a number is used twice. A migration that was cut off in the
// middle is told by name (MIGRATION_INCOMPLETE).
absl::StatusOr<MigrationReport> Migrate(Pool& pool, const std::vector<MigrationSeries>& series);

// OK when every file of the folders is applied; FAILED_PRECONDITION SCHEMA_BEHIND otherwise. For
// readiness.
absl::Status CheckSchema(Pool& pool, const std::vector<MigrationSeries>& series);

}  // namespace thidua::db
