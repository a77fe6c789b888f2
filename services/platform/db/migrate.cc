#include "platform/db/migrate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/db/migration_files.h"
#include "platform/status.h"
#include "platform/status_macros.h"

namespace thidua::db {
namespace {

// What schema_migrations says of one file. applied_at is NULL from before its first statement until
// after its last.
struct Applied {
  std::string name;
  std::string sha256;
  uint32_t statements_done = 0;
  bool complete = false;
};
using AppliedBySeries = std::map<std::pair<std::string, uint32_t>, Applied>;

constexpr absl::Duration kCheckTime = absl::Seconds(2);

constexpr const char* kTables[] = {
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "  series VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    "  version INT UNSIGNED NOT NULL,"
    "  name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    "  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    "  statements_done INT UNSIGNED NOT NULL,"
    "  started_at DATETIME(6) NOT NULL,"
    "  applied_at DATETIME(6) NULL,"
    "  took_ms BIGINT UNSIGNED NULL,"
    "  PRIMARY KEY (series, version)"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
    "CREATE TABLE IF NOT EXISTS schema_migrations_lock ("
    "  id TINYINT UNSIGNED NOT NULL,"
    "  PRIMARY KEY (id)"
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin",
};

absl::Status Refuse(std::string_view reason, const std::string& name, platform::Text text) {
  text.vi = absl::StrCat(name, ": ", text.vi);
  text.en = absl::StrCat(name, ": ", text.en);
  return platform::FailedPrecondition(reason, std::move(text), {{"migration", name}});
}

absl::Status Run(Pool& pool, std::string_view sql, std::vector<Value> values = {}) {
  return pool.Autocommit(absl::InfiniteFuture(), [&](Session& session) {
    return session.ExecuteValues(sql, values).status();
  });
}

absl::StatusOr<std::vector<MigrationFile>> ReadAll(const std::vector<MigrationSeries>& series) {
  std::vector<MigrationFile> all;
  for (const MigrationSeries& one : series) {
    ASSIGN_OR_RETURN(std::vector<MigrationFile> files, ReadSeries(one));
    std::move(files.begin(), files.end(), std::back_inserter(all));
  }
  return all;
}

// Empty when the schema has never been migrated.
absl::StatusOr<AppliedBySeries> ReadApplied(Pool& pool, absl::Time deadline) {
  AppliedBySeries applied;
  absl::Status status = pool.ReadOnly(deadline, [&](Session& session) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<int64_t> tables,
                     session.QueryAll<int64_t>(
                         [](const Row& row) { return row.Get<int64_t>(0); },
                         "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() "
                         "AND TABLE_NAME = 'schema_migrations'"));
    if (tables.empty()) return absl::OkStatus();
    return session.Query(
        [&](const Row& row) {
          applied[{row.Get<std::string>(0), row.Get<uint32_t>(1)}] = {
              row.Get<std::string>(2), row.Get<std::string>(3), row.Get<uint32_t>(4),
              row.Get<bool>(5)};
          return absl::OkStatus();
        },
        "SELECT series, version, name, sha256, statements_done, applied_at IS NOT NULL FROM "
        "schema_migrations");
  });
  if (!status.ok()) return status;
  return applied;
}

// The files that are missing in the schema, or the refusal.
absl::StatusOr<std::vector<MigrationFile>> Missing(const std::vector<MigrationSeries>& series,
                                                   std::vector<MigrationFile> files,
                                                   const AppliedBySeries& applied) {
  std::map<std::pair<std::string, uint32_t>, const MigrationFile*> by_number;
  for (const MigrationFile& file : files) by_number[{file.series, file.version}] = &file;
  std::map<std::string, uint32_t> newest;
  for (const auto& entry : applied) {
    const std::pair<std::string, uint32_t>& number = entry.first;
    const Applied& row = entry.second;
    if (std::none_of(series.begin(), series.end(),
                     [&](const MigrationSeries& s) { return s.name == number.first; })) {
      continue;
    }
    const std::string name = absl::StrCat(number.first, "/", row.name);
    newest[number.first] = std::max(newest[number.first], number.second);
    const auto found = by_number.find(number);
    if (found == by_number.end() || found->second->name != row.name) {
      return Refuse("MIGRATION_GONE", name,
                    {"đã chạy nhưng tệp không còn", "is applied, but its file is gone"});
    }
    if (found->second->sha256 != row.sha256) {
      return Refuse("MIGRATION_CHANGED", name,
                    {"đã chạy rồi mà nội dung tệp lại thay đổi",
                     "was applied with other content; add a new migration instead"});
    }
    if (!row.complete) {
      return Refuse("MIGRATION_INCOMPLETE", name,
                    {absl::StrCat("bị ngắt giữa chừng sau ", row.statements_done, " trong ",
                                  found->second->statements.size(), " câu lệnh"),
                     absl::StrCat("was cut off after ", row.statements_done, " of ",
                                  found->second->statements.size(),
                                  " statements; look at the schema, then resolve it as applied or "
                                  "undone")});
    }
  }
  std::vector<MigrationFile> missing;
  for (MigrationFile& file : files) {
    if (applied.count({file.series, file.version}) > 0) continue;
    if (const auto last = newest.find(file.series);
        last != newest.end() && file.version < last->second) {
      return Refuse("MIGRATION_OUT_OF_ORDER", file.full_name(),
                    {"có số nhỏ hơn một tệp đã chạy", "is older than one that is applied already"});
    }
    missing.push_back(std::move(file));
  }
  return missing;
}

// DDL commits by itself, so what is done is written down around each statement.
absl::Status Apply(Pool& pool, const MigrationFile& file, absl::Duration* took) {
  const absl::Time start = absl::Now();
  RETURN_IF_ERROR(Run(pool,
                      "INSERT INTO schema_migrations (series, version, name, sha256, "
                      "statements_done, started_at) VALUES (?, ?, ?, ?, 0, ?)",
                      {ToValue(file.series), ToValue(file.version), ToValue(file.name),
                       ToValue(file.sha256), ToValue(start)}));
  for (size_t i = 0; i < file.statements.size(); ++i) {
    const absl::Status status = Run(pool, file.statements[i]);
    if (!status.ok()) {
      // The server has answered that it did nothing.
      if (i == 0 && !absl::IsUnavailable(status)) {
        RETURN_IF_ERROR(Run(pool, "DELETE FROM schema_migrations WHERE series = ? AND version = ?",
                            {ToValue(file.series), ToValue(file.version)}));
      }
      const std::string where = absl::StrCat(i + 1, "/", file.statements.size());
      const std::string why(status.message());
      return Refuse("MIGRATION_FAILED", file.full_name(),
                    {absl::StrCat("câu lệnh ", where, " không chạy được: ", why),
                     absl::StrCat("statement ", where, " failed: ", why)});
    }
    RETURN_IF_ERROR(Run(
        pool, "UPDATE schema_migrations SET statements_done = ? WHERE series = ? AND version = ?",
        {ToValue(i + 1), ToValue(file.series), ToValue(file.version)}));
  }
  const absl::Time end = absl::Now();
  *took = end - start;
  return Run(
      pool,
      "UPDATE schema_migrations SET applied_at = ?, took_ms = ? WHERE series = ? AND version = ?",
      {ToValue(end), ToValue(absl::ToInt64Milliseconds(*took)), ToValue(file.series),
       ToValue(file.version)});
}

// Runs `work` while no other migration runs on the schema.
absl::Status Locked(Pool& pool, absl::FunctionRef<absl::Status()> work) {
  if (pool.stats().limit < 2) {
    return platform::Internal("migrations need a pool of at least two connections");
  }
  for (const char* sql : kTables) RETURN_IF_ERROR(Run(pool, sql));
  // IGNORE: an existing row is not locked, so this does not wait.
  RETURN_IF_ERROR(Run(pool,
                      "INSERT IGNORE INTO schema_migrations_lock (id) SELECT 1 FROM DUAL "
                      "WHERE NOT EXISTS (SELECT 1 FROM schema_migrations_lock)"));
  bool locked = false;
  absl::Status status = pool.InTransaction(absl::InfiniteFuture(), [&](Tx& tx) -> absl::Status {
    // Stands still for as long as the work takes; the connection stays without that limit.
    RETURN_IF_ERROR(tx.Execute("SET SESSION idle_readonly_transaction_timeout = 0").status());
    RETURN_IF_ERROR(tx.Query([](const Row&) { return absl::OkStatus(); },
                             "SELECT id FROM schema_migrations_lock WHERE id = 1 FOR UPDATE"));
    locked = true;
    return work();
  });
  if (!locked && platform::ReasonOf(status) == "TX_CONFLICT") {
    return platform::Unavailable("MIGRATION_LOCKED",
                                 {"Một lần nâng cấp lược đồ khác đang chạy.",
                                  "Another migration of this schema is running."},
                                 absl::Seconds(10));
  }
  return status;
}

}  // namespace

absl::StatusOr<MigrationReport> Migrate(Pool& pool, const std::vector<MigrationSeries>& series,
                                        const MigrationProgress& progress) {
  ASSIGN_OR_RETURN(const std::vector<MigrationFile> files, ReadAll(series));
  MigrationReport report;
  RETURN_IF_ERROR(Locked(pool, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const AppliedBySeries applied, ReadApplied(pool, absl::InfiniteFuture()));
    ASSIGN_OR_RETURN(const std::vector<MigrationFile> missing, Missing(series, files, applied));
    report.already_applied = static_cast<int>(files.size() - missing.size());
    for (const MigrationFile& file : missing) {
      absl::Duration took;
      RETURN_IF_ERROR(Apply(pool, file, &took));
      report.applied.push_back(file.full_name());
      if (progress) progress(file.full_name(), took);
    }
    return absl::OkStatus();
  }));
  return report;
}

absl::StatusOr<std::vector<std::string>> PendingMigrations(
    Pool& pool, const std::vector<MigrationSeries>& series) {
  ASSIGN_OR_RETURN(std::vector<MigrationFile> files, ReadAll(series));
  ASSIGN_OR_RETURN(const AppliedBySeries applied, ReadApplied(pool, absl::InfiniteFuture()));
  ASSIGN_OR_RETURN(const std::vector<MigrationFile> missing,
                   Missing(series, std::move(files), applied));
  std::vector<std::string> names;
  names.reserve(missing.size());
  for (const MigrationFile& file : missing) names.push_back(file.full_name());
  return names;
}

absl::Status ResolveMigration(Pool& pool, const std::vector<MigrationSeries>& series,
                              const std::string& name, Resolution resolution) {
  ASSIGN_OR_RETURN(const std::vector<MigrationFile> files, ReadAll(series));
  const auto file = std::find_if(files.begin(), files.end(),
                                 [&](const MigrationFile& f) { return f.full_name() == name; });
  return Locked(pool, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const AppliedBySeries applied, ReadApplied(pool, absl::InfiniteFuture()));
    const auto row =
        file == files.end() ? applied.end() : applied.find({file->series, file->version});
    if (row == applied.end() || row->second.complete) {
      return Refuse("MIGRATION_NOT_INCOMPLETE", name,
                    {"không phải là tệp bị ngắt giữa chừng", "is not one that was cut off"});
    }
    if (resolution == Resolution::kUndone) {
      return Run(pool, "DELETE FROM schema_migrations WHERE series = ? AND version = ?",
                 {ToValue(file->series), ToValue(file->version)});
    }
    return Run(pool,
               "UPDATE schema_migrations SET applied_at = ?, took_ms = 0, statements_done = ? "
               "WHERE series = ? AND version = ?",
               {ToValue(absl::Now()), ToValue(file->statements.size()), ToValue(file->series),
                ToValue(file->version)});
  });
}

std::vector<MigrationSeries> SeriesUnder(const std::string& root,
                                         const std::vector<std::string>& names) {
  std::vector<MigrationSeries> series;
  series.reserve(names.size());
  for (const std::string& name : names) {
    const char* parent = name == "units" ? "/platform/" : "/";
    series.push_back({name, absl::StrCat(root, parent, name, "/migrations")});
  }
  return series;
}

std::vector<MigrationSeries> SeriesOfService(const std::string& root, const std::string& service) {
  if (service == "campaign") return SeriesUnder(root, {"platform", service});
  return SeriesUnder(root, {"platform", "units", service});
}

absl::Status CheckSchema(Pool& pool, const std::vector<MigrationSeries>& series) {
  ASSIGN_OR_RETURN(const std::vector<MigrationFile> files, ReadAll(series));
  ASSIGN_OR_RETURN(const AppliedBySeries applied, ReadApplied(pool, absl::Now() + kCheckTime));
  for (const MigrationFile& file : files) {
    const auto row = applied.find({file.series, file.version});
    if (row != applied.end() && row->second.complete && row->second.sha256 == file.sha256) continue;
    return Refuse("SCHEMA_BEHIND", file.full_name(),
                  {"chưa chạy trên lược đồ này; hãy chạy thidua-migrate",
                   "is not applied to this schema; run thidua-migrate"});
  }
  return absl::OkStatus();
}

}  // namespace thidua::db
