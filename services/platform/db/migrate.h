// Forward-only, checksummed migrations: files NNNN_name.sql of a folder, one statement each or
// several separated by ";" at the end of a line. Applied by the DDL user under a lock row, which is
// held on a connection of its own since DDL ends transactions.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/pool.h"

namespace thidua::db {

// A folder of migrations under a name of its own ("platform", "campaign").
struct MigrationSeries {
  std::string name;
  std::string directory;
};

// The series of these names in the repository's layout: "platform" and "campaign" are
// <root>/<name>/migrations, "units" is <root>/platform/units/migrations.
std::vector<MigrationSeries> SeriesUnder(const std::string& root,
                                         const std::vector<std::string>& names);
// All series of a service's schema: the shared tables, the projection of units but for campaign,
// which owns the units, and the service's own.
std::vector<MigrationSeries> SeriesOfService(const std::string& root, const std::string& service);

struct MigrationReport {
  std::vector<std::string> applied;  // "platform/0001_feed", in order
  int already_applied = 0;
};

// Told of each migration once it is applied.
using MigrationProgress = std::function<void(const std::string& name, absl::Duration took)>;

// Applies what is missing, series by series. Refuses, before anything is applied, when an applied
// file has changed (MIGRATION_CHANGED) or is gone (MIGRATION_GONE), a number is used twice
// (MIGRATION_NUMBER_TWICE), a file is older than one applied already (MIGRATION_OUT_OF_ORDER), or a
// migration was cut off in the middle (MIGRATION_INCOMPLETE, by name; see ResolveMigration).
// Another migration at work is waited for as long as the pool's lock_wait, then MIGRATION_LOCKED. A
// statement that fails is MIGRATION_FAILED with its number and the server's message; when it was
// the first of its file nothing of the file is applied and the next run tries it again. The pool
// needs two connections and an io_timeout longer than the longest statement.
absl::StatusOr<MigrationReport> Migrate(Pool& pool, const std::vector<MigrationSeries>& series,
                                        const MigrationProgress& progress = nullptr);

// What Migrate would apply, in order; refuses what it would refuse. Changes nothing.
absl::StatusOr<std::vector<std::string>> PendingMigrations(
    Pool& pool, const std::vector<MigrationSeries>& series);

// After MIGRATION_INCOMPLETE, once a person has looked at the schema: kApplied says that all of the
// migration's effect is there, kUndone that nothing of it is and it shall be applied again.
enum class Resolution { kApplied, kUndone };
absl::Status ResolveMigration(Pool& pool, const std::vector<MigrationSeries>& series,
                              const std::string& name, Resolution resolution);

// OK when every file of the folders is applied as it stands; FAILED_PRECONDITION SCHEMA_BEHIND
// otherwise. For readiness; needs SELECT on schema_migrations only.
absl::Status CheckSchema(Pool& pool, const std::vector<MigrationSeries>& series);

}  // namespace thidua::db
