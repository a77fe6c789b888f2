// The files of a migration series, read and split into statements. Internal to platform/db.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/migrate.h"

namespace thidua::db {

struct MigrationFile {
  std::string series;
  uint32_t version = 0;
  std::string name;    // "0001_events"
  std::string sha256;  // of the file's bytes, hexadecimal
  std::vector<std::string> statements;
  std::string full_name() const { return series + "/" + name; }
};

// By version. MIGRATION_NAME_MALFORMED for another *.sql file, MIGRATION_NUMBER_TWICE,
// MIGRATION_UNREADABLE, MIGRATION_EMPTY.
absl::StatusOr<std::vector<MigrationFile>> ReadSeries(const MigrationSeries& series);

// Statements end with ";" at the end of a line, outside quotes and comments; the last may go
// without. Text that is only comments is no statement.
std::vector<std::string> SplitStatements(std::string_view sql);

}  // namespace thidua::db
