// All SQL of periodic reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/call.h"
#include "platform/db/session.h"

namespace thidua::campaign::records {

struct ReportRow {
  std::string report_id;
  std::string plan_id;
  std::string unit_id;
  std::string period;
  std::optional<absl::CivilDay> due_date;
  std::optional<absl::CivilDay> filed_date;  // of the first filing
  std::string summary;
  std::vector<std::string> files;  // "files/<id>"; of the last filing
  int filing_count = 0;
  int64_t row_version = 1;
};

// What records asks of a plan.
struct PlanFacts {
  std::string issuer_id;
  std::string state;  // DRAFT, ISSUED, LAUNCHED, CLOSED
  std::optional<absl::CivilDay> start_date;
  std::optional<absl::CivilDay> end_date;
};

struct ReportFilter {
  std::string plan_id;  // empty: all; the same below
  std::string unit_id;
  std::string period;
  std::optional<bool> filed;
  std::string after;  // report id
  int limit = 50;
};

// Locks the plan, so that periods of one plan are opened one after another.
absl::StatusOr<std::optional<PlanFacts>> LockPlan(db::Tx& tx, const std::string& plan_id);
// Unit ids of the plan's roster, sorted.
absl::StatusOr<std::vector<std::string>> Roster(db::Session& session, const std::string& plan_id);

absl::Status InsertReport(db::Tx& tx, const ReportRow& row, absl::Time now);
// Writes due date, filing, summary, files and version.
absl::Status UpdateReport(db::Tx& tx, const ReportRow& row, absl::Time now);
absl::StatusOr<std::optional<ReportRow>> FindReport(db::Session& session,
                                                    const std::string& report_id);
absl::StatusOr<std::optional<ReportRow>> LockReport(db::Tx& tx, const std::string& report_id);
// Reports of a period whose due date may still be set: those not filed, and those filed without
// one. Locked, by id.
absl::StatusOr<std::vector<ReportRow>> LockDatableReports(db::Tx& tx, const std::string& plan_id,
                                                          const std::string& period);
absl::StatusOr<std::vector<ReportRow>> ListReports(db::Session& session, const ReportFilter& filter,
                                                   const platform::VisibleUnits& visible);
// Every report, by id, for the snapshot.
absl::Status EachReport(db::Session& session,
                        absl::FunctionRef<absl::Status(const ReportRow&)> each);

}  // namespace thidua::campaign::records
