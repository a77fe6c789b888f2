// All SQL of the projection of periodic reports.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "scoring/assessments/report_rules.h"

namespace thidua::scoring::assessments {

struct ReportRow {
  std::string record_id;
  std::string plan_id;
  std::string unit_id;
  std::string period;
  Report report;
};

class ReportStore {
 public:
  static absl::Status Upsert(db::Tx& tx, const ReportRow& row);
  // Of a unit; of one plan when plan_id is not empty.
  static absl::StatusOr<std::vector<ReportRow>> Of(db::Session& session, const std::string& unit_id,
                                                   const std::string& plan_id);
  static absl::Status DeleteAll(db::Tx& tx);
};

}  // namespace thidua::scoring::assessments
