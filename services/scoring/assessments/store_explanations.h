// All SQL of explanations. Decides nothing.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/db/session.h"
#include "scoring/assessments/explanation_rules.h"
#include "scoring/assessments/store.h"

namespace thidua::scoring::assessments {

// An explanation with all that is kept of it.
struct ExplanationRow {
  Explained what;
  std::string text;
  std::vector<EvidenceRow> evidence;
  std::string actor;
  absl::Time created_at;
  absl::CivilDay business_date;
};

class ExplanationStore {
 public:
  // Oldest first, evidence included.
  static absl::StatusOr<std::vector<ExplanationRow>> Of(db::Session& session,
                                                        const std::string& assessment_id);
  static absl::Status Insert(db::Tx& tx, const std::string& assessment_id,
                             const std::vector<ExplanationRow>& rows);
};

}  // namespace thidua::scoring::assessments
